/** The state of the service as a page shows it: loud unless it is on, with the way to mend it. */

import { ask } from "./ask.js";
import { api, part, say } from "./words.js";

/** @typedef {import("../types").Status} Status */

// A browser in a box (Snap, Flatpak) finds no native host: there a typed code connects.
const CODE_MAY_HELP = ["not_installed", "not_allowed", "broken"];

/** Show *status* in the page's #state panel. @param {Status | null} status  null: the worker is silent */
export function showState(status) {
  const state = status?.state ?? "off";
  const panel = part("state", HTMLElement);
  const shown = `${state} ${status?.rules?.state} ${status?.rules?.age_days}`;
  if (panel.dataset.shown === shown) return; // a screen reader would say it again
  panel.dataset.shown = shown;
  panel.dataset.state = state;
  panel.hidden = false;
  part("state-line", HTMLElement).textContent = say(`page_state_${state}`);

  const mend = part("state-mend", HTMLElement);
  const isWell = state === "on";
  mend.hidden = isWell && status?.rules?.state === "fresh";
  mend.textContent = isWell ? rulesLine(status) : mendLine(state);
  part("state-retry", HTMLButtonElement).hidden = isWell || state === "starting";
  part("state-code", HTMLAnchorElement).hidden = !CODE_MAY_HELP.includes(state);
}

/** A computer does not know us: Chromium's relatives hold back an id that nobody named there, and we say ours.
 *  @param {Exclude<import("../types").ServiceState, "on">} state */
function mendLine(state) {
  const { id } = api.runtime;
  if (state !== "not_allowed") return say(`page_mend_${state}`);
  return /^[a-p]{32}$/.test(id) ? say("page_mend_not_allowed", id) : say("page_mend_code_again");
}

/** @param {Status | null} status */
function rulesLine(status) {
  if (status?.rules?.state === "old") return say("page_rules_old", String(status.rules.age_days));
  return status?.rules?.state === "missing" ? say("page_rules_missing") : "";
}

/** Ask for the state now and every two seconds while the page is looked at.
 *  @param {(status: Status | null) => void} [onStatus] */
export function keepStateShown(onStatus = () => {}) {
  const look = async () => {
    if (document.hidden) return;
    const status = await ask({ type: "status" }, { timeoutMs: 1900 });
    showState(status);
    onStatus(status);
  };
  part("state-retry", HTMLButtonElement).addEventListener("click", async () => {
    showState({ state: "starting", rules: null, service: null });
    showState(await ask({ type: "reconnect" }, { timeoutMs: 8000 }));
  });
  void look();
  setInterval(look, 2000);
}
