/** Starts the watch on this page, asks the worker, and falls silent when the extension is gone. */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;
  const api = globalThis.browser ?? chrome;

  const HEARTBEAT_MS = 2000; // how soon the icon learns that the service is off, or back
  const ANSWER_MS = 25_000; // the first message check waits for the engine
  const IDLE_MS = 300; // a busy page may put us off this long
  const CAN_ANSWER = ["on", "update_needed", "broken"];

  const adapter = ours.adapters.find(({ matches }) => matches(location, document));
  const neutral = adapter?.name !== "practice"; // there nobody watches, and people want to see the card
  let hasStopped = false;

  /** @type {import("../globals").Ask} */
  async function ask(message) {
    if (hasStopped) return null;
    // After an update or removal of the extension this old script is on its own.
    if (!api.runtime?.id) {
      stop();
      return null;
    }
    /** @type {Promise<null>} */
    const late = new Promise((resolve) => setTimeout(resolve, ANSWER_MS, null));
    const noAnswer = () => null; // the worker is restarting; the next heartbeat tries again
    return Promise.race([api.runtime.sendMessage(message).then((answer) => answer ?? null, noAnswer), late]);
  }

  /** @param {import("../types").Verdict} verdict */
  function tell({ lure, level, reasons, help }) {
    void ask({ type: "open_tell", lure, level, reasons, help });
  }

  /** @type {(work: (deadline: IdleDeadline) => void) => void} */
  const idle = (work) => void requestIdleCallback(work, { timeout: IDLE_MS });
  const now = () => performance.now();
  const actions = { tell };
  const links = ours.links.watchLinks({ document, ask, neutral, actions, idle, Observer: IntersectionObserver, now });
  const conversation =
    adapter && adapter.name !== "generic"
      ? ours.watch.watchConversation({ document, adapter, ask, neutral, tell, later: (work) => idle(() => work()) })
      : null;

  const heartbeat = setInterval(async () => {
    if (document.visibilityState !== "visible" || !(conversation?.open() || links.waiting())) return;
    const status = await ask({ type: "status" });
    if (!status || !CAN_ANSWER.includes(status.state)) return;
    links.retry();
    conversation?.retry();
  }, HEARTBEAT_MS);

  function stop() {
    hasStopped = true;
    clearInterval(heartbeat);
    links.stop();
    conversation?.stop();
  }
})();
