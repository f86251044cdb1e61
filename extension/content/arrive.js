/** Says at the very start of a page that it arrived; leaves it where it is on a list of reported addresses. */
"use strict";

(() => {
  const api = globalThis.browser ?? chrome;

  /** @param {import("../types").PageMessage} message */
  const ask = (message) => api.runtime.sendMessage(message).catch(() => null); // no worker: the page stays

  /** Not in the type checker's DOM yet. */
  const isPrerendered = () => "prerendering" in document && document.prerendering === true;

  let asked = "";

  async function arrive() {
    if (isPrerendered() || asked === location.pathname) return;
    asked = location.pathname;
    if (!api.runtime?.id) return; // updated or removed: this script is on its own
    const answer = await ask({ type: "arrived" });
    if (answer?.blocked) await ask({ type: "leave_page" });
  }

  void arrive();
  document.addEventListener("prerenderingchange", arrive, { once: true });
  // Out of the browser's memory, by "back" or "forward".
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) asked = "";
    void arrive();
  });
  // A page that goes on without loading anew; older Firefox tells nothing of it.
  globalThis.navigation?.addEventListener("currententrychange", arrive);
})();
