/** Questions of our pages to the worker, which may sleep, fail or not know the answer. */

import { api } from "./words.js";

/** Ask the worker.
 *  @template {import("../types").OwnPageMessage} M
 *  @param {M} message
 *  @param {{ timeoutMs: number }} limit
 *  @returns {Promise<import("../types").Answers[M["type"]] | null>} null when no answer came; never throws */
export async function ask(message, { timeoutMs }) {
  /** @type {Promise<null>} */
  const late = new Promise((resolve) => {
    setTimeout(() => resolve(null), timeoutMs);
  });
  const answer = api.runtime.sendMessage(message).catch(() => null); // no worker, or reloaded
  return (await Promise.race([answer, late])) ?? null;
}

/** Open the tell page; in a tab when the worker does not do it.
 *  @param {import("../types").TellContext} context */
export async function openTell({ lure, level, reasons, help }) {
  const answer = await ask({ type: "open_tell", lure, level, reasons, help }, { timeoutMs: 1500 });
  if (!answer?.opened) await api.tabs.create({ url: api.runtime.getURL("pages/tell.html") });
}
