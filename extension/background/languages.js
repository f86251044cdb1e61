/** Our words in the language that somebody chose, where it is not the browser's. */

/** @typedef {import("../types").Options["language"]} Language */
/** @typedef {Record<string, {message: string}>} Messages  of one language, as _locales has them */

/** Read, not imported: Chromium does not wake a worker with a JSON module again (seen in 156).
 *  @param {typeof chrome} api @param {Exclude<Language, "browser">} language @returns {Promise<Messages>} */
async function messagesOf(api, language) {
  // eslint-disable-next-line no-restricted-globals -- our own file, from the extension's folder
  const file = await fetch(api.runtime.getURL(`_locales/${language}/messages.json`));
  return file.json();
}

/** @param {Messages} messages
 *  @param {string} key
 *  @param {string[]} put  what stands for $1, $2 …
 *  @returns {string} "" for an unknown key, as the browser does it */
export function fill(messages, key, put) {
  return (messages[key]?.message ?? "").replace(/\$(\d)/g, (_, place) => put[place - 1] ?? "");
}

/** @param {typeof chrome} api @param {Language} language @param {string} key of _locales */
export async function sayIn(api, language, key) {
  if (language === "browser") return api.i18n.getMessage(key);
  return fill(await messagesOf(api, language), key, []);
}

/** The words that stand on other people's pages; null where the browser's own are right.
 *  @param {typeof chrome} api @param {Language} language @returns {Promise<Record<string, string> | null>} */
export async function signWords(api, language) {
  if (language === "browser") return null;
  const ours = Object.entries(await messagesOf(api, language)).filter(([key]) => /^(card|compare|help|language)/.test(key));
  return Object.fromEntries(ours.map(([key, { message }]) => [key, message]));
}
