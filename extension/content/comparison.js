/** Two names lined up, the borrowed one over the one that is opened, and what differs is marked. */
"use strict";

// A classic script for somebody's page, and imported by the modules of our own pages.
(() => {
  const ours = (globalThis.khongMotMinh ??= /** @type {import("../globals").KhongMotMinh} */ ({}));

  /** @typedef {import("../types").Comparison} Comparison */
  /** @typedef {import("../types").Reason} Reason */

  const LONGEST = 96; // letters without a space between them: about three lines

  /** *text* with its middle left out where it is one endless word, such as the name of a site: whose
   *  it is stands at its end.
   *  @param {string} text */
  function cutInTheMiddle(text) {
    if (text.length <= LONGEST || /\s/.test(text)) return text;
    return `${text.slice(0, LONGEST / 2)}…${text.slice(-LONGEST / 2)}`;
  }

  /** *text* as a name that reads from left to right whatever stands around it.
   *  @param {Document} document
   *  @param {string} text
   *  @param {[number, number][]} [differs] places in it, to be marked */
  function drawName(document, text, differs = []) {
    const name = document.createElement("bdi");
    name.dir = "ltr";
    let at = 0;
    for (const [start, end] of differs) {
      if (!(at <= start && start < end && end <= text.length)) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      name.append(text.slice(at, start), mark);
      at = end;
    }
    name.append(text.slice(at));
    return name;
  }

  /** A picture for the eyes only: the reason's sentence says the same to a screen reader, once.
   *  @param {Document} document
   *  @param {string} claim
   *  @param {Comparison} compare
   *  @param {(key: string) => string} say */
  function drawNames(document, claim, { like, actual, differs }, say) {
    const names = document.createElement("div");
    names.className = "names";
    names.setAttribute("aria-hidden", "true");
    /** @type {[string, HTMLElement][]} */
    const rows = [
      [claim, drawName(document, like)],
      ["compare_link", drawName(document, actual, differs)],
    ];
    for (const [key, name] of rows) {
      const row = document.createElement("div");
      const label = document.createElement("span");
      label.textContent = say(key);
      row.append(label, name);
      names.append(row);
    }
    return names;
  }

  /** The names of each of *reasons* that has any to line up; the same two are drawn only once.
   *  @param {Document} document
   *  @param {Reason[]} reasons
   *  @param {(key: string) => string} say gives the words of a key of _locales
   *  @returns {Map<Reason, HTMLElement>} */
  function drawComparisons(document, reasons, say) {
    const drawn = new Map();
    const known = new Set();
    for (const reason of reasons) {
      const { compare, rule } = reason;
      if (!compare || known.has(compare.actual)) continue;
      known.add(compare.actual);
      const claim = rule.startsWith("speaks_as.") ? "compare_spoken" : "compare_like";
      drawn.set(reason, drawNames(document, claim, compare, say));
    }
    return drawn;
  }

  ours.comparison = { drawComparisons, cutInTheMiddle };
})();
