/** The keyboard's way to help: opens the note at once and quietly, whatever the page does with our signs. */

import { readTellContext } from "./shapes.js";

const NAME = "open_note";

/** @param {{
 *    api: typeof chrome,
 *    tellWindow: Pick<import("./tell.js").TellWindow, "open">,
 *    noContext: import("../types").TellContext,
 *  }} parts
 *  @returns {(command: string, tab?: {id?: number}) => Promise<void>} for commands.onCommand */
export function makeShortcut({ api, tellWindow, noContext }) {
  /** What stands on the page in front, if we are there. @param {number | undefined} id */
  async function toldOn(id) {
    if (id === undefined) return null;
    /** @type {import("../types").PageState | null} */
    const state = await api.tabs.sendMessage(id, { type: "page_state" }).catch(() => null);
    return state?.told ? readTellContext({ ...state.told }) : null;
  }

  return async (command, tab) => {
    if (command === NAME) await tellWindow.open((await toldOn(tab?.id)) ?? noContext);
  };
}
