/** "Check this" in the menu of the right mouse button; the answer comes in a small window of our own. */

import { SIZE } from "./tell.js";
import { Turns } from "./turns.js";

const ID = "check";
const PAGE = "pages/popup.html?asked";
const MOST_CHARS = 4000; // of pages/popup.html's field

export class Menu {
  /** @type {string | null} lost when the worker sleeps; never written anywhere */
  #asked = null;
  #turns = new Turns();

  /** @param {typeof chrome} api */
  constructor(api) {
    this.api = api;
  }

  /** Put our line into the menu, or give it its words anew; one after the other, or it would stand there twice.
   *  @param {string} title */
  show(title) {
    return this.#turns.take(async () => {
      const { contextMenus } = this.api;
      if (!contextMenus) return; // Firefox for Android
      await contextMenus.removeAll();
      contextMenus.create({ id: ID, title, contexts: ["selection", "link"] });
    });
  }

  /** What was marked, or the address of the link; words that were marked count more.
   *  @param {Pick<chrome.contextMenus.OnClickData, "menuItemId" | "selectionText" | "linkUrl">} pressed */
  async open({ menuItemId, selectionText, linkUrl }) {
    const text = selectionText?.trim() || linkUrl;
    if (menuItemId !== ID || !text) return;
    this.#asked = text.slice(0, MOST_CHARS);
    const url = this.api.runtime.getURL(PAGE);
    if (this.api.windows) await this.api.windows.create({ url, type: "popup", ...SIZE });
    else await this.api.tabs.create({ url });
  }

  /** The text to look at, given once. */
  take() {
    const text = this.#asked;
    this.#asked = null;
    return text;
  }
}
