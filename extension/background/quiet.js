/** Where somebody said "it isn't like that": for a day no caution stands in that conversation, unless they are
 *  told what to answer. Under a keyed hash, in memory; a browser restart forgets it.
 */

import { isStill } from "./is_still.js";
import { keyedName, randomHex } from "./proof.js";
import { Turns } from "./turns.js";

const FOR_MS = 24 * 60 * 60 * 1000;
const CONVERSATIONS = 100; // the oldest is forgotten first
const MESSAGES = 50; // of one conversation
// Who has a child say "it isn't like that", or keep others from asking, is what a caution warns of.
const COACHING = new Set(["SECRECY", "DELETE_CHAT", "BRUSH_OFF", "NO_VOICE", "AGAINST_PARENTS", "CUT_CONTACT", "STAY_ON_CALL"]);

/** @typedef {import("../types").ConversationVerdict} ConversationVerdict */
/** @typedef {{name: string, until: number, known: string[]}} Waved *known*: messages that were seen then */

export class Quiet {
  #turns = new Turns();

  /** @param {import("./service.js").Memory} memory storage.session
   *  @param {() => number} [now] milliseconds */
  constructor(memory, now = Date.now) {
    this.memory = memory;
    this.now = now;
  }

  /** @returns {Promise<{key: string, waved: Waved[]}>} */
  async #kept() {
    const { quiet } = await this.memory.get("quiet");
    const { key, waved } = /** @type {{key: string, waved: Waved[]} | undefined} */ (quiet) ?? { key: randomHex(), waved: [] };
    return { key, waved: waved.filter(({ until }) => isStill(until - this.now(), FOR_MS)) };
  }

  /** Somebody waved a caution away.
   *  @param {string} site origin of the page
   *  @param {string} conversation
   *  @param {string[]} messages ids of those that it quoted */
  begin(site, conversation, messages) {
    return this.#turns.take(async () => {
      const { key, waved } = await this.#kept();
      const name = await keyedName(key, `${site}\n${conversation}`);
      const known = await Promise.all(messages.slice(-MESSAGES).map((id) => keyedName(key, `${name}\n${id}`)));
      const others = waved.filter((each) => each.name !== name);
      const all = [...others, { name, until: this.now() + FOR_MS, known }];
      await this.memory.set({ quiet: { key, waved: all.slice(-CONVERSATIONS) } });
    });
  }

  /** Whether *verdict* on this conversation is to be kept back.
   *  @param {string} site
   *  @param {string} conversation
   *  @param {Pick<ConversationVerdict, "level" | "reasons">} verdict
   *  @returns {Promise<boolean>} */
  async holds(site, conversation, { level, reasons }) {
    if (level !== "caution") return false;
    const { key, waved } = await this.#turns.take(() => this.#kept());
    if (waved.length === 0) return false;
    const name = await keyedName(key, `${site}\n${conversation}`);
    const known = waved.find((each) => each.name === name)?.known;
    if (!known) return false;
    const coaching = reasons.filter(({ signal }) => COACHING.has(signal));
    const ids = await Promise.all(coaching.map(({ message }) => keyedName(key, `${name}\n${message}`)));
    return ids.every((id) => known.includes(id));
  }
}
