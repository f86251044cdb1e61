/** Where a person types the code of `notalone pair`: for browsers that native messaging cannot reach. */

import { ask } from "./ask.js";
import { fillWords, part, say } from "./words.js";

const LOOK_MS = 120_000; // some fifty ports, and whoever holds one may keep us waiting 2 s

fillWords();

const field = part("code", HTMLInputElement);
const connect = part("connect", HTMLButtonElement);
const answer = part("answer", HTMLElement);

/** @param {import("../types").CodeAnswer["outcome"] | "looking"} outcome */
function show(outcome) {
  answer.hidden = false;
  answer.dataset.outcome = outcome;
  answer.textContent = say(`pair_answer_${outcome}`);
}

part("form", HTMLFormElement).addEventListener("submit", async (event) => {
  event.preventDefault();
  connect.disabled = true;
  show("looking");
  const outcome = (await ask({ type: "pair_by_code", code: field.value }, { timeoutMs: LOOK_MS }))?.outcome ?? "no_service";
  show(outcome);
  connect.disabled = false;
  if (outcome === "paired") field.value = ""; // it is of no more use to anybody
  if (outcome === "no_code") field.focus();
  else answer.focus();
});

field.addEventListener("input", () => {
  answer.hidden = true; // an answer never stands beside another code than its own
});
field.focus();
