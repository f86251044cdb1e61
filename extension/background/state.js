/** The toolbar icon tells whether the service is there: by shape, by a mark, and in words; and on a tab's
 *  own icon a dot tells that a sign stands on its page, where a page cannot cover it.
 */

/** @typedef {import("../types").ServiceState} ServiceState */

/** @param {typeof chrome} api
 *  @param {ServiceState} state
 *  @param {(key: string) => Promise<string>} say */
export async function showState(api, state, say) {
  const shape = state === "on" ? "on" : "off";
  const mark = { on: "", starting: "…" }[/** @type {string} */ (state)] ?? "!";
  const title = await say(`state_${state}`);
  await Promise.all([
    api.action.setIcon({ path: { 16: `/icons/${shape}-16.png`, 32: `/icons/${shape}-32.png` } }),
    api.action.setTitle({ title }),
    api.action.setBadgeText({ text: mark }),
    api.action.setBadgeBackgroundColor({ color: "#5c5470" }),
  ]);
}

/** A dot without a word: whoever looks over the shoulder learns nothing. The browser forgets it with the page.
 *  @param {typeof chrome} api
 *  @param {number} tabId
 *  @param {boolean} isHere
 *  @param {(key: string) => Promise<string>} say */
export async function showSign(api, tabId, isHere, say) {
  const gone = () => {}; // the tab was closed meanwhile
  const [text, title] = isHere ? ["•", await say("state_note")] : await Promise.all([api.action.getBadgeText({}), api.action.getTitle({})]);
  await Promise.all([api.action.setBadgeText({ tabId, text }), api.action.setTitle({ tabId, title })]).catch(gone);
}
