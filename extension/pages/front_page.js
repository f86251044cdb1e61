/** What the page in front says of itself; asked while the popup is open, kept nowhere. */

import { api } from "./words.js";

/** @returns {Promise<import("../types").PageState | null>} null where none of our scripts runs; never throws */
export async function frontPage() {
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) return null;
  const noAnswer = () => null; // the browser's own pages, the store, a page from before our update
  return (await api.tabs.sendMessage(tab.id, { type: "page_state" }).catch(noAnswer)) ?? null;
}
