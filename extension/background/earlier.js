/** Which signals a conversation has shown before: names only, under a keyed hash, in memory. */

import { keyedName, randomHex } from "./proof.js";
import { Turns } from "./turns.js";

const CONVERSATIONS = 300; // the least recently seen is forgotten first
const SIGNALS = 80; // config.py Limits.earlier

/** @typedef {import("./service.js").Memory} Memory */
/** @typedef {{key: string, seen: Array<[string, string[]]>}} Kept */

export class Earlier {
  #turns = new Turns();

  /** @param {Memory} memory storage.session: a browser restart forgets everything */
  constructor(memory) {
    this.memory = memory;
  }

  /** @returns {Promise<Kept>} */
  async #kept() {
    const { earlier } = await this.memory.get("earlier");
    return /** @type {Kept | undefined} */ (earlier) ?? { key: randomHex(), seen: [] };
  }

  /** @param {string} site origin of the page
   *  @param {string | null} conversation
   *  @returns {Promise<string[]>} */
  async signals(site, conversation) {
    if (conversation === null) return [];
    return this.#turns.take(async () => {
      const { key, seen } = await this.#kept();
      const name = await keyedName(key, `${site}\n${conversation}`);
      return seen.find(([known]) => known === name)?.[1] ?? [];
    });
  }

  /** @param {string} site
   *  @param {string | null} conversation
   *  @param {string[]} signals
   *  @returns {Promise<void>} */
  remember(site, conversation, signals) {
    if (conversation === null || signals.length === 0) return Promise.resolve();
    return this.#turns.take(async () => {
      const { key, seen } = await this.#kept();
      const name = await keyedName(key, `${site}\n${conversation}`);
      const before = seen.find(([known]) => known === name)?.[1] ?? [];
      const all = [...new Set([...before, ...signals])].slice(0, SIGNALS);
      const others = seen.filter(([known]) => known !== name);
      await this.memory.set({ earlier: { key, seen: [...others, [name, all]].slice(-CONVERSATIONS) } });
    });
  }
}
