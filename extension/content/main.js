/** Starts the watch on this page, asks the worker, and falls silent when the extension is gone. */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;
  const api = globalThis.browser ?? chrome;

  /** @typedef {import("../types").Adapter} Adapter */
  /** @typedef {import("../types").Scope} Scope */
  /** @typedef {import("../globals").ConversationWatch} ConversationWatch */

  const HEARTBEAT_MS = 2000; // how soon the icon learns that the service is off, or back
  const ANSWER_MS = 25_000; // the first message check waits for the engine
  const IDLE_MS = 300; // a busy page may put us off this long
  const CAN_ANSWER = ["on", "update_needed", "broken"];

  const adapter = ours.adapters.find(({ matches }) => matches(location, document));
  const generic = ours.adapters.find(({ name }) => name === "generic");
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
  const drift = adapter && neutral ? ours.drift.watchDrift({ document, adapter, now }) : null;

  /** @type {Map<Scope, {reader: Adapter, watch: ConversationWatch}>} */
  const conversations = new Map();

  /** @param {Scope} root @param {Adapter} reader */
  function follow(root, reader) {
    conversations.get(root)?.watch.stop();
    const later = (/** @type {() => void} */ work) => idle(() => work());
    const [page, inRoot] = "host" in root ? [root.ownerDocument, reader.inside?.(root) ?? reader] : [root, reader];
    const watch = ours.watch.watchConversation({ document: page, root, adapter: inRoot, ask, neutral, tell, later });
    conversations.set(root, { reader, watch });
  }

  /** @param {Scope} scope @param {Adapter | undefined} reader */
  function findsChat(scope, reader) {
    if ("host" in scope) return Boolean(reader?.inside?.(scope).container(document));
    return Boolean(reader?.container(scope));
  }

  /** A chat on a page that is not known as one, or in a part of it, is looked for now and then: no
   *  change of an ordinary page costs anything. Where a known site has changed beyond its adapter,
   *  the generic one may still understand it. */
  function lookForChats() {
    links.lookAgain();
    const scopes = links.scopes();
    for (const [scope, { watch }] of conversations) {
      if (scopes.includes(scope)) continue;
      watch.stop();
      conversations.delete(scope);
    }
    drift?.look();
    const isLost = drift?.isSilent() ?? false;
    for (const scope of scopes) {
      const current = conversations.get(scope)?.reader;
      const fitting = (isLost ? [generic] : [adapter, generic]).find((each) => findsChat(scope, each));
      const isSettled = fitting === current || (current && current !== generic && !isLost);
      if (fitting && !isSettled) follow(scope, fitting);
    }
  }

  if (adapter && adapter !== generic) follow(document, adapter);
  idle(() => {
    if (!hasStopped) lookForChats();
  });

  const isOpen = () => [...conversations.values()].some(({ watch }) => watch.open());
  const heartbeat = setInterval(async () => {
    if (document.visibilityState !== "visible") return;
    lookForChats();
    if (!(isOpen() || links.waiting())) return;
    const status = await ask({ type: "status" });
    if (!status || !CAN_ANSWER.includes(status.state)) return;
    links.retry();
    for (const { watch } of conversations.values()) watch.retry();
  }, HEARTBEAT_MS);

  /** The popup asks how it goes on this page. @type {Parameters<typeof api.runtime.onMessage.addListener>[0]} */
  function answerPopup(message, sender, respond) {
    if (sender.id !== api.runtime.id || message?.type !== "page_state") return;
    respond(/** @type {import("../types").PageState} */ ({ silent: drift?.isSilent() ?? false }));
  }
  api.runtime.onMessage.addListener(answerPopup);

  function stop() {
    hasStopped = true;
    clearInterval(heartbeat);
    links.stop();
    for (const { watch } of conversations.values()) watch.stop();
  }
})();
