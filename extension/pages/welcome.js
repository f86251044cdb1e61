/** The welcome page, opened once after installing: three short screens, and whether the service was found. */

import { noteFor } from "./note.js";
import { keepStateShown } from "./service_state.js";
import { fillWords, part, say } from "./words.js";

fillWords();
keepStateShown();

const screens = [...document.querySelectorAll(".screen")];
const back = part("back", HTMLButtonElement);
const next = part("next", HTMLButtonElement);
let at = 0;

for (const [i, screen] of screens.entries()) {
  const step = screen.querySelector(".step");
  if (step) step.textContent = say("welcome_step", String(i + 1), String(screens.length));
}

/** @param {number} place */
function go(place) {
  at = place;
  for (const [i, screen] of screens.entries()) screen.toggleAttribute("hidden", i !== at);
  back.hidden = at === 0;
  next.hidden = at === screens.length - 1;
  screens[at].querySelector("h2")?.focus(); // a screen reader begins there
}

back.addEventListener("click", () => go(at - 1));
next.addEventListener("click", () => go(at + 1));

// Only to be seen: whom somebody chose is written nowhere.
part("people", HTMLFieldSetElement).addEventListener("change", (event) => {
  const { value } = /** @type {HTMLInputElement} */ (event.target);
  const note = part("note", HTMLElement);
  note.hidden = false;
  note.textContent = noteFor({ person: value, voice: "short", family: "general" });
});
