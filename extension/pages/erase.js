/** "Erase everything": one calm question, the PIN where there is one, and the browser is as newly installed. */

import { getPinSet } from "../background/options.js";
import { ask } from "./ask.js";
import { askForPin, usePin } from "./pin.js";
import { api, part, say } from "./words.js";

const ANSWER_MS = 15_000; // of the worker, which gives the service 8 s and looks for it first

/** @returns {Promise<boolean>} whether they go on */
function confirmErasing() {
  const dialog = document.createElement("dialog");
  const [title, what] = [document.createElement("h2"), document.createElement("p")];
  const [go, close] = [document.createElement("button"), document.createElement("button")];
  Object.assign(title, { id: "erase-question", textContent: say("erase_question") });
  what.textContent = say("erase_what");
  Object.assign(go, { id: "erase-go", type: "button", textContent: say("erase_title") });
  Object.assign(close, { type: "button", className: "main", textContent: say("erase_keep") });
  dialog.className = "stack";
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.append(title, what, close, go);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let isSure = false;
    go.addEventListener("click", () => {
      isSure = true;
      dialog.close();
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(isSure);
    });
    dialog.showModal();
  });
}

/** Erasing loosens what a PIN guards. @returns {Promise<boolean>} */
async function mayErase() {
  const isSet = (await usePin({ do: "state" }))?.is_set ?? (await getPinSet(api));
  return !isSet || askForPin((pin) => usePin({ do: "check", pin }));
}

/** Let the page's #erase button do it. */
export function offerErasing() {
  const said = part("erased", HTMLElement);
  part("erase", HTMLButtonElement).addEventListener("click", async () => {
    said.textContent = "";
    if (!(await confirmErasing()) || !(await mayErase())) return;
    said.textContent = say("erase_busy");
    const answer = await ask({ type: "erase" }, { timeoutMs: ANSWER_MS });
    if (answer?.revoked) location.assign("welcome.html");
    else said.textContent = say(answer ? "erase_half" : "erase_failed");
  });
}
