/** Open the tell page in a small window of its own, and remember in memory why. */

/** @typedef {import("../types").TellContext} TellContext */

/** Of our small windows, in CSS pixels. */
export const SIZE = { width: 460, height: 720 };

export class TellWindow {
  /** @type {TellContext | null} lost when the worker sleeps; never written anywhere */
  context = null;

  /** @param {typeof chrome} api
   *  @param {import("./service.js").Memory} memory storage.session: a window outlives a worker that sleeps */
  constructor(api, memory) {
    this.api = api;
    this.memory = memory;
  }

  /** A window that is already open is only brought forward: a note may be half written there.
   *  @param {TellContext} context
   *  @returns {Promise<{opened: boolean}>} */
  async open(context) {
    this.context = context;
    if (await this.#raise()) return { opened: true };
    const url = this.api.runtime.getURL("pages/tell.html");
    if (!this.api.windows) {
      await this.api.tabs.create({ url }); // Firefox for Android has no windows
      return { opened: true };
    }
    const opened = await this.api.windows.create({ url, type: "popup", ...SIZE });
    await this.memory.set({ tell_window: opened?.id ?? null });
    return { opened: true };
  }

  /** @returns {Promise<boolean>} false when there is no such window any more */
  async #raise() {
    const { tell_window: known } = await this.memory.get("tell_window");
    if (typeof known !== "number") return false;
    const open = (await this.api.windows.getAll()).some(({ id }) => id === known);
    if (open) await this.api.windows.update(known, { focused: true });
    return open;
  }
}
