/** Whom to tell: the people whom the family has named come first, each in the place of the mere word, and in a
 *  small list the child adds somebody, hides one from this page, and shows them again. Nobody is told. */

import { getHelpers, getHidden, hideHelper, MOST, onHelpersChange } from "../background/helpers.js";
import { askForHelper } from "./helper_form.js";
import { nameElement, nameOf } from "./helper_name.js";
import { api, part, say } from "./words.js";

/** @typedef {import("../types").Helper} Helper */

/** A choice of the page's own words ("mother"), or of a named person. @param {Helper} helper */
function makeChip(helper) {
  const [label, input, name] = [document.createElement("label"), document.createElement("input"), document.createElement("span")];
  Object.assign(input, { type: "radio", name: "person", value: helper.id });
  name.append(nameElement(helper));
  label.className = "helper";
  label.append(input, name);
  return label;
}

/** Fill #people, and keep it as it is, whatever tab changes it.
 *  @param {(isPressed: boolean) => void} onChoice  after a press, and after the list has changed
 *  @returns {{chosen(): {person: string, helper: Helper | null}, load(): Promise<void>}}
 *    *person*: a word that the note knows; `load` shows whom the family has named */
export function showPeople(onChoice) {
  const people = part("people", HTMLFieldSetElement);
  const edit = part("edit-people", HTMLButtonElement);
  const panel = part("people-panel", HTMLElement);
  const list = part("people-list", HTMLUListElement);
  const add = part("people-add", HTMLButtonElement);
  /** @type {Helper[]} */ let helpers = [];
  /** @type {string[]} */ let hidden = [];
  let isChosen = false; // by a press; until then it is the first one

  /** @param {string} find @returns {HTMLInputElement[]} */
  const inputs = (find) => /** @type {HTMLInputElement[]} */ ([...people.querySelectorAll(`${find} input`)]);

  function chosen() {
    const value = inputs("label").find(({ checked }) => checked)?.value ?? "mother";
    const helper = helpers.find(({ id }) => id === value) ?? null;
    return { person: helper?.relation ?? value, helper };
  }

  /** Draw both lists anew; who was chosen stays chosen, and the keyboard stays where it was. */
  function draw() {
    const shown = helpers.filter(({ id }) => !hidden.includes(id));
    const before = isChosen ? inputs("label").find(({ checked }) => checked)?.value : undefined;
    for (const chip of people.querySelectorAll(".helper")) chip.remove();
    part("people-row", HTMLElement).prepend(...shown.map(makeChip));
    for (const { value, parentElement } of inputs("label:not(.helper)")) {
      const isNamed = value !== "other" && shown.some(({ relation }) => relation === value);
      parentElement?.toggleAttribute("hidden", isNamed);
    }
    const choices = inputs("label:not([hidden])");
    (choices.find(({ value }) => value === before) ?? choices[0]).checked = true;
    const focused = list.querySelector("button:focus")?.getAttribute("value");
    list.replaceChildren(...helpers.map(makeRow));
    [...list.querySelectorAll("button")].find(({ value }) => value === focused)?.focus(); // the one before is gone
    add.hidden = helpers.length >= MOST;
  }

  /** @param {Helper} helper */
  function makeRow(helper) {
    const [row, button] = [document.createElement("li"), document.createElement("button")];
    const isHidden = hidden.includes(helper.id);
    const what = isHidden ? "show" : "hide";
    Object.assign(button, { type: "button", value: helper.id });
    button.textContent = say(`people_${what}`);
    button.setAttribute("aria-label", say(`people_${what}_whom`, nameOf(helper)));
    button.addEventListener("click", () => hideHelper(api, helper.id, !isHidden)); // load() hears of it
    row.append(nameElement(helper), button);
    return row;
  }

  async function load() {
    [helpers, hidden] = await Promise.all([getHelpers(api), getHidden(api)]);
    draw();
    onChoice(false);
  }

  people.addEventListener("change", () => {
    isChosen = true;
    onChoice(true);
  });
  edit.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    edit.setAttribute("aria-expanded", String(!panel.hidden));
  });
  add.addEventListener("click", async () => {
    const helper = await askForHelper();
    if (!helper) return;
    await load();
    inputs("label").find(({ value }) => value === helper.id)?.click();
  });
  onHelpersChange(api, () => void load());
  return { chosen, load };
}
