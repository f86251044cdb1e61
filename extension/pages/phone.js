/** "Someone is on the phone with me": one question at a time, then one thing to do, and the family's own people
 *  to call. It asks nobody, needs no text and keeps nothing; only the tell page learns what kind of trap it may be. */

import { openTell } from "./ask.js";
import { showCalls } from "./calls.js";
import { leave, leaveBy } from "./leave.js";
import { nextStep, QUESTIONS } from "./phone_questions.js";
import { fillWords, part, say } from "./words.js";

fillWords();

/** @type {import("./phone_questions.js").Answer[]} */
const answers = [];
/** @type {string | null} */
let lure = null;

function show() {
  const step = nextStep(answers);
  part("asking", HTMLElement).hidden = !("ask" in step);
  part("answer", HTMLElement).hidden = "ask" in step;
  part("back", HTMLButtonElement).hidden = answers.length === 0;
  if ("ask" in step) {
    part("step", HTMLElement).textContent = say("phone_step", String(answers.length + 1), String(QUESTIONS.length));
    part("question", HTMLElement).textContent = say(`phone_ask_${step.ask}`);
    return;
  }
  lure = step.lure;
  part("answer", HTMLElement).dataset.outcome = step.outcome;
  part("todo", HTMLElement).textContent = say(`phone_do_${step.outcome}`);
  part("because", HTMLElement).textContent = say(`phone_why_${step.outcome}`);
}

/** The next heading is read out, and the next Tab goes on from there. */
function showAndSay() {
  show();
  part(part("asking", HTMLElement).hidden ? "todo" : "question", HTMLElement).focus();
}

/** @param {boolean} isYes */
function answer(isYes) {
  const step = nextStep(answers);
  if ("ask" in step) answers.push({ question: step.ask, isYes });
  showAndSay();
}

part("yes", HTMLButtonElement).addEventListener("click", () => answer(true));
part("no", HTMLButtonElement).addEventListener("click", () => answer(false));
part("back", HTMLButtonElement).addEventListener("click", () => {
  answers.pop();
  showAndSay();
});
part("tell", HTMLButtonElement).addEventListener("click", async () => {
  await openTell({ lure, level: "no_information", reasons: [], help: false });
  await leave(); // one window less for whoever looks on
});
leaveBy(part("leave", HTMLButtonElement));
show();
void showCalls();
