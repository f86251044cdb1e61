/** A word to the content scripts of every open page. */

/** @param {typeof chrome} api @param {{type: string}} message */
export async function tellTabs(api, message) {
  const notThere = () => {}; // the browser's own pages, the store, a page from before our update
  const tabs = await api.tabs.query({});
  await Promise.all(tabs.map(({ id }) => id !== undefined && api.tabs.sendMessage(id, message).catch(notThere)));
}
