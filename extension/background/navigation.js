/** A calm page in place of one that is on a list of reported addresses.
 *
 *  The content script says at document_start that it arrived; the address is the browser's word
 *  (sender.url), not the page's. No permission is needed for it. Whatever goes wrong, the page stays:
 *  browsing must never break because of us.
 */

import { isStill } from "./is_still.js";
import { isOff, siteOf } from "./options.js";

/** @typedef {import("../types").BlockedPage} BlockedPage */
/** @typedef {import("../types").Reason} Reason */
/** @typedef {{url?: string, frameId?: number, tab?: {id?: number, incognito?: boolean}}} Sender */
/** @typedef {{url: string, lure: string | null, reason: Reason, at: number}} Blocked  *at*: milliseconds since 1970 */

const PAGE = "pages/blocked.html";
const WAIT_MS = 10_000; // before the way through opens: time to breathe, not a punishment
const PASS_MS = 3_600_000; // for this site only, and not beyond this run of the browser
const MOST = 50; // tabs, sites
const LISTED = ["listed.blocked", "listed.feed"]; // reported now; "listed.expired" once was

/** The reason to keep a page from opening: it is reported itself, now, and for nothing else beside it.
 *  @param {import("../types").Verdict | undefined} verdict
 *  @param {string} url
 *  @returns {Reason | null} */
export function whyBlocked(verdict, url) {
  if (verdict?.level !== "danger" || verdict.watched || verdict.reasons.length === 0) return null;
  if (!verdict.reasons.every(({ rule }) => LISTED.includes(rule))) return null;
  const pathAt = url.indexOf("/", url.indexOf("//") + 2);
  const [reason] = verdict.reasons;
  return pathAt === -1 || reason.start < pathAt ? reason : null; // beyond: an address that this one carries
}

export class Navigation {
  /** @param {{
   *    api: typeof chrome,
   *    memory: import("./service.js").Memory,
   *    service: Pick<import("./service.js").Service, "check" | "pin">,
   *    options: () => Promise<import("../types").Options>,
   *    now?: () => number,
   *  }} parts  *memory* is storage.session: gone when the browser ends */
  constructor({ api, memory, service, options, now = Date.now }) {
    this.api = api;
    this.memory = memory;
    this.service = service;
    this.options = options;
    this.now = now;
  }

  /** A page begins to load. @param {Sender} sender @returns {Promise<{blocked: boolean}>} */
  async arrived({ url = "", frameId, tab }) {
    const site = siteOf(url);
    // In a private window a browser may refuse our page: there the badges and cards must do.
    if (frameId !== 0 || tab?.id === undefined || tab.incognito || !site) return { blocked: false };
    const { audience, ...options } = await this.options();
    if (isOff({ audience, ...options }, url) || (await this.#mayPass(site))) return { blocked: false };
    const answer = await this.service.check({ links: [{ id: "page", url: url.slice(0, 2048) }], audience });
    const verdict = answer.state === "on" ? answer.reply.links[0] : undefined;
    const reason = whyBlocked(verdict, url);
    if (!reason) return { blocked: false };
    await this.#keep("blocked", String(tab.id), { url, lure: verdict?.lure ?? null, reason, at: this.now() });
    return { blocked: true };
  }

  /** The same page is still there: a person who has gone on meanwhile is not called back.
   *  @param {Sender} sender */
  async leave({ url, tab }) {
    const blocked = await this.#blocked(tab?.id);
    if (tab?.id === undefined || !blocked || blocked.url !== url) return { done: false };
    await this.api.tabs.update(tab.id, { url: this.api.runtime.getURL(PAGE) });
    return { done: true };
  }

  /** What our page shows in this tab. @param {Sender} sender @returns {Promise<BlockedPage | null>} */
  async context({ tab }) {
    const blocked = await this.#blocked(tab?.id);
    if (!blocked) return null;
    const { audience } = await this.options();
    const leftMs = blocked.at + WAIT_MS - this.now();
    const waitMs = audience === "under_13" ? null : isStill(leftMs, WAIT_MS) ? leftMs : 0;
    return { site: siteOf(blocked.url) ?? "", lure: blocked.lure, reason: blocked.reason, waitMs };
  }

  /** Go to the page all the same: after the wait, or with the PIN where an adult is asked.
   *  @param {Sender} sender @param {string | null} [typed]
   *  @returns {Promise<import("../types").Answers["pass_blocked"]>} */
  async pass({ tab }, typed = null) {
    const blocked = await this.#blocked(tab?.id);
    const shown = await this.context({ tab });
    if (tab?.id === undefined || !blocked || !shown || shown.waitMs) return { done: false };
    if (shown.waitMs === null) {
      if (typed === null) return { done: false };
      const pin = await this.service.pin({ do: "check", pin: typed });
      if (!pin?.is_set || pin.outcome !== "ok") return { done: false, pin };
    }
    await this.#keep("passes", shown.site, this.now() + PASS_MS);
    await this.api.tabs.update(tab.id, { url: blocked.url });
    return { done: true };
  }

  /** @param {string} site */
  async #mayPass(site) {
    const until = (await this.#kept("passes")).find(([known]) => known === site)?.[1];
    return typeof until === "number" && isStill(until - this.now(), PASS_MS);
  }

  /** @param {number | undefined} tab @returns {Promise<Blocked | null>} */
  async #blocked(tab) {
    const found = (await this.#kept("blocked")).find(([known]) => known === String(tab));
    return /** @type {Blocked | undefined} */ (found?.[1]) ?? null;
  }

  /** @param {"blocked" | "passes"} what @returns {Promise<[string, unknown][]>} */
  async #kept(what) {
    return /** @type {[string, unknown][] | undefined} */ ((await this.memory.get(what))[what]) ?? [];
  }

  /** @param {"blocked" | "passes"} what @param {string} key @param {unknown} value */
  async #keep(what, key, value) {
    const others = (await this.#kept(what)).filter(([known]) => known !== key);
    await this.memory.set({ [what]: [...others, [key, value]].slice(-MOST) });
  }
}
