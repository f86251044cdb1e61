/** The quick way out: a press or Escape closes the page, and with it everything that was written. */

import { api } from "./words.js";

/** Through the tabs: Firefox lets no page close a window that an extension opened. */
export async function leave() {
  const tab = await api.tabs.getCurrent();
  if (tab?.id !== undefined) await api.tabs.remove(tab.id);
}

/** @param {HTMLButtonElement[]} buttons */
export function leaveBy(...buttons) {
  for (const button of buttons) button.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) void leave(); // typing methods use the key as well
  });
}
