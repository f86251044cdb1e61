/** One small form for a person who may be told; the options and the tell page both open it. */

import { keepHelper, MOST, RELATIONS } from "../background/helpers.js";
import { LONGEST, readChat, readMail, readName, readPhone, showPhone } from "../background/ways.js";
import { nameOf } from "./helper_name.js";
import { api, language, say } from "./words.js";

/** @typedef {import("../types").Helper} Helper */
/** @typedef {{label: HTMLElement, input: HTMLInputElement | HTMLSelectElement, wrong: HTMLElement}} Field */

/** Each field with what it takes; the keyboard of a tablet follows the mode. */
const TYPED = /** @type {const} */ ({
  name: { read: readName, longest: LONGEST.name, mode: "text" },
  you: { read: (/** @type {string} */ typed) => readName(typed, LONGEST.word), longest: LONGEST.word, mode: "text" },
  me: { read: (/** @type {string} */ typed) => readName(typed, LONGEST.word), longest: LONGEST.word, mode: "text" },
  phone: { read: readPhone, longest: LONGEST.phone, mode: "tel" },
  mail: { read: readMail, longest: LONGEST.mail, mode: "email" },
  chat: { read: readChat, longest: LONGEST.chat, mode: "url" },
});
const NAMES = /** @type {(keyof typeof TYPED)[]} */ (Object.keys(TYPED));

/** @param {string} name @param {HTMLInputElement | HTMLSelectElement} input @returns {Field} */
function makeField(name, input) {
  const label = document.createElement("label");
  const wrong = document.createElement("p");
  Object.assign(input, { id: `helper-${name}`, name, autocomplete: "off" });
  Object.assign(wrong, { id: `helper-${name}-wrong`, className: "small wrong" });
  wrong.setAttribute("role", "status");
  input.setAttribute("aria-describedby", wrong.id);
  Object.assign(label, { htmlFor: input.id, textContent: say(`helper_${name}`) });
  return { label, input, wrong };
}

/** @param {keyof typeof TYPED} name @param {string} value */
function makeTyped(name, value) {
  const input = document.createElement("input");
  const { longest, mode } = TYPED[name];
  Object.assign(input, { type: "text", inputMode: mode, maxLength: longest, spellcheck: false, value });
  if (["you", "me", "phone", "chat"].includes(name)) input.placeholder = say(`helper_${name}_hint`);
  return makeField(name, input);
}

/** @param {string} chosen */
function makeRelations(chosen) {
  const select = document.createElement("select");
  for (const relation of RELATIONS) select.append(new Option(say(`tell_person_${relation}`), relation, false, relation === chosen));
  return makeField("relation", select);
}

/** Let somebody name a person, or change what is known of one, until it can be kept.
 *  @param {Helper} [before]
 *  @returns {Promise<Helper | null>} null: they gave up */
export function askForHelper(before) {
  const dialog = document.createElement("dialog");
  const form = document.createElement("form");
  const title = document.createElement("h2");
  const about = document.createElement("p");
  const [save, close] = [document.createElement("button"), document.createElement("button")];
  /** @type {Helper} */
  const first = before ?? { id: crypto.randomUUID(), name: "", relation: "mother", you: "", me: "", phone: "", mail: "", chat: "" };
  const relation = makeRelations(first.relation);
  const fields = NAMES.map((name) => ({ name, ...makeTyped(name, name === "phone" ? showPhone(first.phone) : first[name]) }));
  Object.assign(title, { id: "helper-title", textContent: say(before ? "helper_change_title" : "helper_add_title") });
  Object.assign(about, { className: "small soft", textContent: say("helper_about") });
  Object.assign(save, { className: "main", textContent: say("helper_save") });
  Object.assign(close, { type: "button", textContent: say("pin_close") });
  Object.assign(dialog, { className: "form" });
  dialog.setAttribute("aria-labelledby", title.id);
  form.noValidate = true;
  form.append(title, about);
  for (const { label, input, wrong } of [fields[0], relation, ...fields.slice(1)]) {
    const box = document.createElement("div");
    box.append(label, input, wrong);
    form.append(box);
  }
  form.append(save, close);
  dialog.append(form);
  document.body.append(dialog);

  /** The words for "you" and "me" are asked for only where none are known. @param {string} name */
  const isAsked = (name) => !["you", "me"].includes(name) || (relation.input.value === "other" && (name === "you" || language() === "vi"));
  const showAsked = () => {
    for (const { name, input } of fields) input.parentElement?.toggleAttribute("hidden", !isAsked(name));
  };

  /** What was typed; null, with a line beside each field that must be mended. @returns {Helper | null} */
  function read() {
    const helper = { ...first, relation: /** @type {Helper["relation"]} */ (relation.input.value) };
    const unasked = { value: "", wrong: "" };
    let firstWrong = null;
    for (const { name, input, wrong } of fields) {
      // In English nobody is asked for "me"; what was known in Vietnamese stays.
      if (helper.relation === "other" && !isAsked(name)) continue;
      const { value, wrong: why } = isAsked(name) ? TYPED[name].read(input.value) : unasked;
      helper[name] = value;
      tell(input, wrong, why && say(["you", "me"].includes(name) ? "helper_wrong_word" : `helper_wrong_${why}`));
      if (why) firstWrong ??= input;
    }
    firstWrong?.focus();
    return firstWrong ? null : helper;
  }

  /** @param {Element} input @param {HTMLElement} wrong @param {string} why */
  function tell(input, wrong, why) {
    wrong.textContent = why;
    input.setAttribute("aria-invalid", String(why !== ""));
  }

  return new Promise((resolve) => {
    /** @type {Helper | null} */
    let kept = null;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const helper = read();
      if (!helper) return;
      const answer = await keepHelper(api, helper, before);
      const [{ input, wrong }] = fields;
      if (answer.outcome === "twice") tell(input, wrong, say("helper_wrong_twice", nameOf(answer.like)));
      if (answer.outcome === "full") tell(input, wrong, say("helper_wrong_full", String(MOST)));
      if (answer.outcome !== "kept") return input.focus();
      kept = helper;
      dialog.close();
    });
    relation.input.addEventListener("change", showAsked);
    for (const { input, wrong } of fields) input.addEventListener("input", () => tell(input, wrong, "")); // it is being mended
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(kept);
    });
    showAsked();
    dialog.showModal();
  });
}
