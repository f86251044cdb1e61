/** What a helper is called where a child reads it: "Mẹ Lan". */

import { showPhone } from "../background/ways.js";
import { say } from "./words.js";

/** @typedef {import("../types").Helper} Helper */

/** @param {Helper} helper */
export function nameOf({ name, relation, you }) {
  const called = relation === "other" ? say("helper_called_other", firstLarge(you), name).trim() : say(`helper_called_${relation}`, name);
  const words = relation === "other" ? [you] : [say(`helper_called_${relation}`, "").trim(), say(`tell_person_${relation}`)];
  const isInName = words.some((word) => `${name} `.toLowerCase().startsWith(`${word} `.toLowerCase()));
  return isInName ? name : called; // "Mẹ Mẹ Lan" is nobody
}

/** @param {string} text */
function firstLarge(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Their name as it stands on a page: whatever script it is in, it turns nothing round it. @param {Helper} helper */
export function nameElement(helper) {
  const element = document.createElement("bdi");
  element.textContent = nameOf(helper);
  return element;
}

/** The ways that are known, in one line. @param {Helper} helper */
export function waysOf({ phone, mail, chat }) {
  return [showPhone(phone), mail, chat.replace(/^https:\/\//, "").replace(/\/$/, "")].filter((way) => way !== "").join(" · ");
}
