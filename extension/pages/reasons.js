/** Reasons as a list: the quoted words first, then what they do, then which rule says so. */

import { inOurLanguage, say } from "./words.js";

/** @param {HTMLUListElement} list @param {import("../types").Reason[]} reasons */
export function showReasons(list, reasons) {
  list.replaceChildren(
    ...reasons.map((reason) => {
      const item = document.createElement("li");
      const why = document.createElement("p");
      why.textContent = inOurLanguage(reason.why);
      const rule = document.createElement("p");
      rule.className = "rule";
      rule.textContent = [say("reason_rule", reason.rule), reason.added].filter(Boolean).join(" · ");
      if (reason.quote) {
        const quote = document.createElement("q");
        quote.textContent = reason.quote;
        item.append(quote);
      }
      item.append(why, rule);
      return item;
    }),
  );
}
