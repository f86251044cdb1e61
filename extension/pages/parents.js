/** For parents whose child does not answer while somebody asks for money: calm steps, on paper if they like. */

import { leaveBy } from "./leave.js";
import { fillWords, part } from "./words.js";

fillWords();
leaveBy(part("leave", HTMLButtonElement));
part("print", HTMLButtonElement).addEventListener("click", () => window.print());
