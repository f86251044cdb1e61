/** The options page: every press is kept at once, and applies at once on the open pages. */

import { changeOptions, getOptions, onOptionsChange, siteOf } from "../background/options.js";
import { offerErasing } from "./erase.js";
import { keepHelpersShown, showHelpers } from "./helper_list.js";
import { ageLine } from "./lists_age.js";
import { askForPin, FORM, mayChange, resetLine, usePin, whyNot } from "./pin.js";
import { keepStateShown } from "./service_state.js";
import { api, fillWords, part, say, speak } from "./words.js";

/** @typedef {import("../types").Options} Options */

const choices = part("choices", HTMLFormElement);
const site = part("site", HTMLInputElement);
let shown = await getOptions(api);

/** @param {Options} options */
function show(options) {
  shown = options;
  speak(options.language);
  fillWords();
  for (const name of /** @type {const} */ (["strictness", "audience", "language"])) {
    for (const choice of choices.querySelectorAll(`input[name="${name}"]`)) {
      const radio = /** @type {HTMLInputElement} */ (choice);
      radio.checked = radio.value === options[name];
    }
  }
  part("no-sites", HTMLElement).hidden = options.sites_off.length > 0;
  part("sites", HTMLUListElement).replaceChildren(...options.sites_off.map(makeRow));
  void showHelpers();
}

/** How old the lists and the signs are. @param {import("../types").Status | null} status */
function showAges(status) {
  const ages = part("ages", HTMLElement);
  ages.textContent = status?.state === "on" ? ageLine(status.rules) : "";
  ages.hidden = !ages.textContent;
}

/** @param {string} host */
function makeRow(host) {
  const row = document.createElement("li");
  const name = document.createElement("bdi");
  name.textContent = host;
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "×";
  again.setAttribute("aria-label", say("options_site_on", host));
  again.title = say("options_site_on", host);
  again.addEventListener("click", async () => {
    await keep({ sites_off: shown.sites_off.filter((off) => off !== host) });
    site.focus(); // the pressed button is gone
  });
  row.append(name, again);
  return row;
}

/** @param {Partial<Options>} change */
async function keep(change) {
  part("kept", HTMLElement).textContent = "";
  if (!(await mayChange(shown, change))) {
    show(shown); // what was pressed goes back
    return;
  }
  show(await changeOptions(api, change));
  part("kept", HTMLElement).textContent = say("options_kept");
}

choices.addEventListener("change", (event) => {
  const { name, value } = /** @type {HTMLInputElement} */ (event.target);
  void keep({ [name]: value });
});

part("add", HTMLFormElement).addEventListener("submit", async (event) => {
  event.preventDefault();
  const typed = site.value.trim();
  const host = typed && siteOf(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  const isName = Boolean(host && (host.includes(".") || host === "localhost"));
  part("kept", HTMLElement).textContent = "";
  part("site-wrong", HTMLElement).textContent = isName ? "" : say("options_site_wrong");
  site.setAttribute("aria-invalid", String(!isName));
  if (!host || !isName) return site.focus();
  site.value = "";
  await keep({ sites_off: [...new Set([...shown.sites_off, host])] });
});

/** @param {import("../types").PinReply | null} reply  null: the service does not answer */
function showPin(reply) {
  part("pin-unreachable", HTMLElement).hidden = reply !== null;
  part("pin-new", HTMLElement).hidden = reply?.is_set !== false;
  part("pin-there", HTMLElement).hidden = !reply?.is_set;
  part("pin-reset-line", HTMLElement).textContent = resetLine(reply);
  part("pin-reset", HTMLElement).hidden = !resetLine(reply);
}

/** Do what needs the PIN, then show how it stands. @param {"check" | "remove"} what */
async function withPin(what) {
  /** @type {import("../types").PinReply | null} */ let last = null;
  const isDone = await askForPin(async (pin) => (last = await usePin({ do: what, pin })));
  if (isDone) showPin(last);
}

part("pin-new", HTMLFormElement).addEventListener("submit", async (event) => {
  event.preventDefault();
  const [first, again] = [part("pin-first", HTMLInputElement), part("pin-again", HTMLInputElement)];
  const wrong = part("pin-wrong", HTMLElement);
  wrong.textContent = FORM.test(first.value) ? "" : say("pin_form");
  if (!wrong.textContent && first.value !== again.value) wrong.textContent = say("pin_differs");
  if (wrong.textContent) return first.focus();
  const reply = await usePin({ do: "set", new: first.value });
  if (reply?.outcome !== "ok") {
    wrong.textContent = whyNot(reply);
    return;
  }
  first.value = again.value = "";
  showPin(reply);
  part("kept", HTMLElement).textContent = say("options_kept");
});
part("pin-remove", HTMLButtonElement).addEventListener("click", () => withPin("remove"));
part("pin-stay", HTMLButtonElement).addEventListener("click", () => withPin("check"));
void usePin({ do: "state" }).then(showPin);

keepStateShown(showAges);
keepHelpersShown();
offerErasing();
onOptionsChange(api, async () => show(await getOptions(api))); // changed in the popup, or in another tab
show(shown);
