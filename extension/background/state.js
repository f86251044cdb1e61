/** The toolbar icon tells whether the service is there: by shape, by a mark, and in words. */

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
