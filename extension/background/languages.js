/** Our words in the language that somebody chose, where it is not the browser's. */

import en from "../_locales/en/messages.json" with { type: "json" };
import vi from "../_locales/vi/messages.json" with { type: "json" };

/** @typedef {import("../types").Options["language"]} Language */
/** @type {Record<"vi" | "en", Record<string, {message: string}>>} */
const WORDS = { vi, en };

/** @param {typeof chrome} api
 *  @param {Language} language
 *  @param {string} key of _locales
 *  @param {string[]} put  what stands for $1, $2 …
 *  @returns {string} "" for an unknown key, as the browser does it */
export function sayIn(api, language, key, put = []) {
  if (language === "browser") return api.i18n.getMessage(key, put);
  return (WORDS[language][key]?.message ?? "").replace(/\$(\d)/g, (_, place) => put[place - 1] ?? "");
}

/** The words that stand on other people's pages; null where the browser's own are right.
 *  @param {Language} language @returns {Record<string, string> | null} */
export function signWords(language) {
  if (language === "browser") return null;
  const ours = Object.entries(WORDS[language]).filter(([key]) => /^(card|compare|help|language)/.test(key));
  return Object.fromEntries(ours.map(([key, { message }]) => [key, message]));
}
