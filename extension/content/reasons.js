/** The reasons of a warning as a person reads them: the message's own words, marked; source and date. */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;
  const { make, say, inMyLanguage } = ours.sign;
  const { drawComparisons, cutInTheMiddle } = ours.comparison;

  /** @typedef {import("../types").Reason} Reason */

  const AROUND_CHARS = 48; // of the message, on each side of the marked words
  const QUOTE_CHARS = 200;
  const WORD_CHARS = 100; // more, so that an address is not cut before its end

  /** The message's own words, with what matched marked, as «…»; the rest is cut at spaces.
   *  @param {Document} document
   *  @param {string} text
   *  @param {Reason[]} reasons about this text */
  function quoteWords(document, text, reasons) {
    const quote = make(document, "blockquote");
    const spans = reasons
      .map(({ start, end }) => ({ start, end }))
      .filter(({ start, end }) => 0 <= start && start < end && end <= text.length)
      .sort((one, other) => one.start - other.start);
    if (spans.length === 0) return quote;
    const first = spans[0].start;
    const rest = text.slice(first + QUOTE_CHARS).search(/\s|$/);
    const longest = QUOTE_CHARS + (rest <= WORD_CHARS ? rest : 0);
    const last = Math.min(Math.max(...spans.map(({ end }) => end)), first + longest);
    const from = Math.max(0, text.lastIndexOf(" ", Math.max(0, first - AROUND_CHARS)) + 1);
    const space = text.indexOf(" ", last + AROUND_CHARS);
    const until = space === -1 || space > last + 2 * AROUND_CHARS ? Math.min(text.length, last + AROUND_CHARS) : space;
    let at = first - from > 2 * AROUND_CHARS ? first : from;
    quote.append(at > 0 ? "«…" : "«");
    for (const { start, end } of spans) {
      if (start >= until || end <= at) continue;
      quote.append(text.slice(at, Math.max(at, start)));
      quote.append(make(document, "mark", "", cutInTheMiddle(text.slice(Math.max(at, start), Math.min(end, until)))));
      at = Math.min(end, until);
    }
    quote.append(text.slice(at, until), until < text.length ? "…»" : "»");
    return quote;
  }

  /** @param {Document} document @param {string} source an address or a name */
  function sourceLine(document, source) {
    if (!/^https?:\/\//.test(source) || !URL.canParse(source)) return document.createTextNode(source);
    const link = /** @type {HTMLAnchorElement} */ (make(document, "a", "", new URL(source).hostname));
    link.href = source;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  }

  /** Day first, as in Vietnam, in both languages. @param {string} added ISO date */
  function dateOf(added) {
    return new Date(added).toLocaleDateString(say("language") === "en" ? "en-GB" : "vi", { timeZone: "UTC" });
  }

  /** Where a reason is from and since when. The rule's name says nothing to a child: it waits in the
   *  tooltip for whoever mends the rule.
   *  @param {Document} document @param {Reason} reason */
  function originLine(document, { rule, source, added }) {
    const line = make(document, "span", "small");
    line.title = rule;
    if (source) line.append(`${say("card_source")}: `, sourceLine(document, source));
    if (source && added) line.append(" · ");
    if (added) line.append(`${say("card_added")} ${dateOf(added)}`);
    return line;
  }

  /** Every reason: what it does, the names it speaks of, the quoted words, its source and date.
   *  @param {Document} document @param {Reason[]} reasons */
  function listReasons(document, reasons) {
    const list = make(document, "ol", "reasons");
    const pictures = drawComparisons(document, reasons, say);
    for (const reason of reasons) {
      const why = inMyLanguage(reason.why);
      const item = make(document, "li", "", why);
      const names = pictures.get(reason);
      if (names) item.append(names);
      const isSaid = names && why.includes(reason.quote);
      if (reason.quote && !isSaid) item.append(make(document, "q", "", `«${cutInTheMiddle(reason.quote)}»`));
      item.append(originLine(document, reason));
      list.append(item);
    }
    return list;
  }

  ours.reasons = { quoteWords, listReasons };
})();
