/** In place of a page that is on a list: why, the way back, somebody to tell; last a slow way through. */

import { ask, openTell } from "./ask.js";
import { leave } from "./leave.js";
import { askForPin, usePin } from "./pin.js";
import { originLine } from "./reasons.js";
import { api, fillWords, inOurLanguage, part, say } from "./words.js";

const LISTED_AND_OURS = 2; // the newest two steps of the tab's history

fillWords();

const page = await ask({ type: "blocked_page" }, { timeoutMs: 2500 });
const heading = part("heading", HTMLElement);
heading.textContent = say(page ? "blocked_title" : "blocked_over");
heading.focus();

const pass = part("pass", HTMLButtonElement);

if (page) {
  part("why", HTMLElement).hidden = false;
  part("calm", HTMLElement).hidden = false;
  part("site", HTMLElement).textContent = page.site;
  part("reason", HTMLElement).textContent = inOurLanguage(page.reason.why);
  part("why", HTMLElement).append(originLine(page.reason));
  part("adult", HTMLElement).hidden = page.waitMs !== null;
  part("through", HTMLDetailsElement).hidden = page.waitMs === null;
  if (page.waitMs !== null) void countDown(page.waitMs);
  else void offerPin();
}

/** Where the family has a PIN, a parent beside the child may go on with it. */
async function offerPin() {
  const reply = await usePin({ do: "state" });
  part("pin", HTMLButtonElement).hidden = !reply?.is_set;
}

/** @param {string} pin @returns {Promise<import("../types").PinReply | null>} */
async function passWith(pin) {
  const answer = await ask({ type: "pass_blocked", pin }, { timeoutMs: 9000 });
  return answer?.done ? { outcome: "ok", is_set: true, wait_s: 0, reset_in_s: null } : (answer?.pin ?? null);
}

/** The button takes a press once the time is over; nothing hurries, nothing blinks.
 *  @param {number} waitMs */
async function countDown(waitMs) {
  const wait = part("wait", HTMLElement);
  if (waitMs > 0) {
    wait.textContent = say("blocked_wait", String(Math.ceil(waitMs / 1000)));
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  wait.textContent = say("blocked_ready");
  pass.setAttribute("aria-disabled", "false");
}

/** To where one came from; a tab that was opened for this page alone is closed. */
async function goBack() {
  if (history.length > LISTED_AND_OURS) {
    history.go(-LISTED_AND_OURS);
    return;
  }
  const others = await api.tabs.query({ currentWindow: true });
  if (others.length <= 1) await api.tabs.create({}); // closing the last one would close the browser
  await leave();
}

part("back", HTMLButtonElement).addEventListener("click", goBack);
part("tell", HTMLButtonElement).addEventListener("click", () =>
  openTell({ lure: page?.lure ?? null, level: page ? "danger" : "no_information", reasons: page ? [page.reason] : [], help: false }),
);
part("pin", HTMLButtonElement).addEventListener("click", () => askForPin(passWith));
pass.addEventListener("click", async () => {
  if (pass.getAttribute("aria-disabled") === "false") await ask({ type: "pass_blocked" }, { timeoutMs: 2500 });
});
