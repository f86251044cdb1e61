/** The words of our pages: every sentence comes from _locales, in the browser's language or the chosen one. */

import en from "../_locales/en/messages.json" with { type: "json" };
import vi from "../_locales/vi/messages.json" with { type: "json" };
import { fill } from "../background/languages.js";
import { getOptions } from "../background/options.js";

export const api = globalThis.browser ?? chrome;

/** @type {Record<"vi" | "en", import("../background/languages.js").Messages>} */
const WORDS = { vi, en };

let { language: chosen } = await getOptions(api);

/** @param {import("../types").Options["language"]} other */
export function speak(other) {
  chosen = other;
}

/** @param {string} key @param {string[]} put  what stands for $1, $2 … */
export function say(key, ...put) {
  return chosen === "browser" ? api.i18n.getMessage(key, put) : fill(WORDS[chosen], key, put);
}

/** The language of the texts that are shown; not the browser's, which may be a third one.
 *  @returns {"vi" | "en"} */
export function language() {
  return say("language") === "en" ? "en" : "vi";
}

/** @param {import("../types").Bilingual} both */
export function inOurLanguage(both) {
  return both[language()] || both.vi;
}

/** Fill every [data-i18n] (text) and [data-i18n-label], [data-i18n-placeholder] (attributes). */
export function fillWords() {
  document.documentElement.lang = language();
  for (const element of document.querySelectorAll("[data-i18n]")) {
    element.textContent = say(element.getAttribute("data-i18n") ?? "");
  }
  for (const element of document.querySelectorAll("[data-i18n-label]")) {
    element.setAttribute("aria-label", say(element.getAttribute("data-i18n-label") ?? ""));
  }
  for (const element of document.querySelectorAll("[data-i18n-placeholder]")) {
    element.setAttribute("placeholder", say(element.getAttribute("data-i18n-placeholder") ?? ""));
  }
}

/** The element of our own page with this id. @template {Element} T @param {string} id @param {new () => T} kind @returns {T} */
export function part(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`no ${kind.name} with id ${id}`);
  return element;
}
