/** The welcome page, opened once after installing: what it does, what it sees, and whether the service was found. */

import { keepStateShown } from "./service_state.js";
import { fillWords } from "./words.js";

fillWords();
keepStateShown();
