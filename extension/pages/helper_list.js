/** The options' list of people who may be told: named, changed and taken away by whoever uses the browser.
 *  Whether a child hides one of them from its own page is not shown here. */

import { getHelpers, MOST, onHelpersChange, removeHelper } from "../background/helpers.js";
import { askForHelper } from "./helper_form.js";
import { nameElement, nameOf, waysOf } from "./helper_name.js";
import { api, part, say } from "./words.js";

/** @typedef {import("../types").Helper} Helper */

/** @param {Helper} helper */
function makeRow(helper) {
  const row = document.createElement("li");
  const who = document.createElement("div");
  const name = document.createElement("b");
  const ways = document.createElement("bdi");
  name.append(nameElement(helper));
  ways.className = "small soft";
  ways.textContent = waysOf(helper) || say("helper_no_way");
  who.append(name, ways);
  row.append(
    who,
    makeButton("helper_change", helper, () => askForHelper(helper)),
    makeButton("helper_remove", helper, async () => {
      await removeHelper(api, helper.id);
      part("helper-add", HTMLButtonElement).focus(); // the pressed button is gone
    }),
  );
  return row;
}

/** @param {string} key @param {Helper} helper @param {() => unknown} act */
function makeButton(key, helper, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say(key);
  button.setAttribute("aria-label", say(`${key}_whom`, nameOf(helper)));
  button.addEventListener("click", act);
  return button;
}

/** The list as it is now, in the page's language. */
export async function showHelpers() {
  const helpers = await getHelpers(api);
  part("helpers", HTMLUListElement).replaceChildren(...helpers.map(makeRow));
  part("no-helpers", HTMLElement).hidden = helpers.length > 0;
  part("helpers-full", HTMLElement).hidden = helpers.length < MOST;
  part("helper-add", HTMLButtonElement).hidden = helpers.length >= MOST;
}

/** Keep the list as it is, whatever tab changes it; options.js shows it, in each language anew. */
export function keepHelpersShown() {
  part("helper-add", HTMLButtonElement).addEventListener("click", () => askForHelper());
  onHelpersChange(api, () => void showHelpers());
}
