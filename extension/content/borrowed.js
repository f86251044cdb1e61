/** An address that borrows a name or was reported, and the calm card that says so. */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;

  /** @typedef {import("../types").Verdict} Verdict */

  const CARRIED = /https?(:|%3a)/i; // another address within this one: it is not the page's own
  const URL_CHARS = 2048; // service/notalone/config.py Limits.url_chars

  /** An address of the web, without what it carries in its parameters or for another site.
   *  @param {{protocol: string, origin: string, pathname: string}} location  or a URL
   *  @returns {string | null} null: not of the web */
  function addressOf({ protocol, origin, pathname }) {
    if (protocol !== "http:" && protocol !== "https:") return null;
    return `${origin}${pathname.split(CARRIED)[0]}`.slice(0, URL_CHARS);
  }

  /** What borrows a name or was reported, and nothing else.
   *  @param {Verdict | undefined} said @param {import("../types").Level} least  below it nothing is said
   *  @returns {Verdict | null} */
  function worthSaying(said, least) {
    const reasons = said?.reasons.filter(({ rule, compare }) => compare || rule.startsWith("listed.")) ?? [];
    return said && [least, "danger"].includes(said.level) && reasons.length > 0 ? { ...said, reasons } : null;
  }

  /** @param {Document} page @param {import("../globals").CardKind} kind @param {Verdict} about
   *  @param {{neutral: boolean, tell: (verdict: Verdict) => void}} how
   *  @returns {import("../globals").Sign} */
  function makeCard(page, kind, about, { neutral, tell }) {
    if (neutral && about.watched) return ours.warning.makeChip(page, about, { tell });
    const inBoth = (/** @type {string} */ key) => ({ vi: ours.sign.say(key), en: ours.sign.say(key) });
    const words = { title: inBoth(`card_field_${kind}`), first_action: inBoth(`card_field_${kind}_do`) };
    return ours.warning.makeCard(page, { ...about, ...words }, null, { tell: () => tell(about) });
  }

  ours.borrowed = { addressOf, worthSaying, makeCard };
})();
