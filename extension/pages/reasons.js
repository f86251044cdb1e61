/** Reasons as a list: the quoted words first, then what they do, then where that is from. */

import "../content/comparison.js"; // a classic script: it adds itself to khongMotMinh
import { inOurLanguage, language, say } from "./words.js";

/** @typedef {import("../types").Reason} Reason */

/** @param {HTMLUListElement} list @param {Reason[]} reasons */
export function showReasons(list, reasons) {
  const { drawComparisons, cutInTheMiddle } = globalThis.khongMotMinh.comparison;
  const pictures = drawComparisons(document, reasons, say);
  list.replaceChildren(
    ...reasons.map((reason) => {
      const item = document.createElement("li");
      const names = pictures.get(reason);
      const isSaid = names && inOurLanguage(reason.why).includes(reason.quote);
      if (reason.quote && !isSaid) {
        const quote = document.createElement("q");
        quote.textContent = cutInTheMiddle(reason.quote);
        item.append(quote);
      }
      const why = document.createElement("p");
      why.textContent = inOurLanguage(reason.why);
      item.append(why, ...(names ? [names] : []), originLine(reason));
      return item;
    }),
  );
}

/** The source's host and the date. The rule's name says nothing to a child: it waits in the tooltip
 *  for whoever mends the rule. @param {Reason} reason */
export function originLine({ rule, source, added }) {
  const line = document.createElement("p");
  line.className = "rule";
  line.title = rule;
  if (source) line.append(`${say("card_source")}: `, sourceName(source));
  if (source && added) line.append(" · ");
  if (added) line.append(`${say("card_added")} ${dateOf(added)}`);
  return line;
}

/** A link for an address on the web, else the words as they are. @param {string} source */
function sourceName(source) {
  if (!/^https?:\/\//.test(source) || !URL.canParse(source)) return source;
  const link = document.createElement("a");
  link.textContent = new URL(source).hostname;
  link.href = source;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

/** Day first, as in Vietnam, in both languages. @param {string} added ISO date */
function dateOf(added) {
  return new Date(added).toLocaleDateString(language() === "en" ? "en-GB" : "vi", { timeZone: "UTC" });
}
