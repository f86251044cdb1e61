/** Addresses inside a pasted text, also those typed without https://. */

const ADDRESS = /(?:https?:\/\/[^\s<>"'“”«»]+)|(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[a-z]{2,24}(?![\p{L}\p{N}])(?:[/?#][^\s<>"'“”«»]*)?/giu;
const MOST = 20; // a pasted message holds one or two
const LONGEST = 2048; // code units; the service takes no longer address

/** @param {string} text @returns {string[]} each once, ready for the service */
export function linksIn(text) {
  const found = Array.from(text.matchAll(ADDRESS), ([match]) => match.replace(/[.,;:!?)\]}…]+$/u, ""));
  const whole = found.map((link) => (/^https?:/i.test(link) ? link : `http://${link}`));
  return [...new Set(whole)].filter((link) => link.length <= LONGEST).slice(0, MOST);
}
