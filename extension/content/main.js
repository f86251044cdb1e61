/** Starts the watch on this page, asks the worker, and falls silent when the extension is gone. */
"use strict";

// All our scripts come at the very start of a page, which costs it some milliseconds, and begin once it is
// read. A page that takes a file while it is read ends there: it has no DOMContentLoaded, only a state, and
// Chromium would run no script of "document_idle" on it.
(() => {
  const ENDS = ["DOMContentLoaded", "readystatechange"];
  const LOOK_MS = 500; // a page that writes itself anew takes every listener away

  /** @param {Event} [event] */
  function startOnceRead(event) {
    if (event?.type !== ENDS[0] && document.readyState !== "complete") return;
    for (const end of ENDS) removeEventListener(end, startOnceRead, true);
    clearInterval(looking);
    start();
  }

  for (const end of ENDS) addEventListener(end, startOnceRead, true); // before any listener of the page's
  const looking = setInterval(() => startOnceRead(), LOOK_MS);
  startOnceRead();

  function start() {
    const ours = globalThis.khongMotMinh;
    const api = globalThis.browser ?? chrome;

    /** @typedef {import("../types").Adapter} Adapter */
    /** @typedef {import("../types").Scope} Scope */
    /** @typedef {import("../globals").ConversationWatch} ConversationWatch */

    const HEARTBEAT_MS = 2000; // how soon the icon learns that the service is off, or back
    const ANSWER_MS = 25_000; // the first message check waits for the engine
    const IDLE_MS = 300; // a busy page may put us off this long
    const PAUSE_MS = 100; // between two looks at a chat that streams in: each reads what one question holds
    /** @type {import("../types").PageOptions} */
    const NOTHING_CHOSEN = { on: true, least: "caution", words: null };
    const CAN_ANSWER = ["on", "update_needed", "broken"];

    const adapter = ours.adapters.find(({ matches }) => matches(location, document));
    const generic = ours.adapters.find(({ name }) => name === "generic");
    const neutral = adapter?.name !== "practice"; // there nobody watches, and people want to see the card
    let hasStopped = false;
    let isTold = false;
    let isMarked = false; // the icon has a dot for a sign on this page
    let applied = ""; // the options that are applied here
    /** @type {ReturnType<typeof watchPage> | null} */ let watching = null; // null: switched off

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
    const tell = (verdict) => void ask({ type: "open_tell", ...asContext(verdict) });

    /** @param {import("../types").Verdict} verdict @returns {import("../types").TellContext} */
    function asContext({ lure, level, reasons, help }) {
      return { lure, level, reasons, help };
    }

    /** @type {(work: (deadline: IdleDeadline) => void) => void} */
    const idle = (work) => void requestIdleCallback(work, { timeout: IDLE_MS });
    const now = () => performance.now();
    const actions = { tell };

    /** Watch links and conversations, as far as somebody wants it. @param {import("../types").PageOptions} options */
    function watchPage({ least }) {
      let isOver = false;
      const cards = { document, ask, least, neutral, tell, Observer: IntersectionObserver };
      const fields = ours.fields.watchFields(cards);
      const corner = ours.corner.watchCorner({ ...cards, isTold: fields.tells });
      const meet = (/** @type {Element} */ element) => [fields, corner].forEach((each) => each.meet(element));
      const links = ours.links.watchLinks({ document, ask, least, neutral, actions, meet, idle, Observer: IntersectionObserver, now });
      const drift = adapter && neutral ? ours.drift.watchDrift({ document, adapter, generic, now }) : null;

      /** @type {Map<Scope, {reader: Adapter, watch: ConversationWatch}>} */
      const conversations = new Map();

      /** At once after a rest; in a burst, a pause after the look before. */
      function pausing() {
        let lookedAt = -Infinity;
        return (/** @type {() => void} */ work) => {
          const look = () =>
            idle(() => {
              lookedAt = now();
              work();
            });
          const restMs = lookedAt + PAUSE_MS - now();
          if (restMs > 0) setTimeout(look, restMs);
          else look();
        };
      }

      /** @param {Scope} root @param {Adapter} reader */
      function follow(root, reader) {
        conversations.get(root)?.watch.stop();
        const later = pausing();
        const [page, inRoot] = "host" in root ? [root.ownerDocument, reader.inside?.(root) ?? reader] : [root, reader];
        const watch = ours.watch.watchConversation({ document: page, root, adapter: inRoot, ask, least, neutral, tell, later });
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
        if (!isOver) lookForChats();
      });

      return {
        look: lookForChats,
        waiting: () => links.waiting() || fields.waiting() || corner.waiting() || [...conversations.values()].some(({ watch }) => watch.open()),
        retry() {
          links.retry();
          fields.retry();
          corner.retry();
          for (const { watch } of conversations.values()) watch.retry();
        },
        isSilent: () => drift?.isSilent() ?? false,
        told: () => [...conversations.values()].map(({ watch }) => watch.told()).find(Boolean) ?? links.told() ?? fields.told() ?? corner.told(),
        stop() {
          isOver = true;
          links.stop();
          fields.stop();
          corner.stop();
          for (const { watch } of conversations.values()) watch.stop();
        },
      };
    }

    /** Apply what the family chose, now and after each change; begins anew only where it changed here. */
    async function followOptions() {
      const told = await ask({ type: "page_options" });
      isTold ||= told !== null;
      if (hasStopped || (!told && applied)) return;
      const options = told ?? NOTHING_CHOSEN; // a worker that is starting must not leave the page unwatched
      const chosen = JSON.stringify(options);
      if (chosen === applied) return;
      applied = chosen;
      watching?.stop();
      ours.sign.speak(options.words);
      watching = options.on ? watchPage(options) : null;
    }
    const heartbeat = setInterval(async () => {
      if (document.visibilityState !== "visible") return;
      if (!isTold) await followOptions();
      watching?.look();
      showOnIcon();
      if (!watching?.waiting()) return;
      const status = await ask({ type: "status" });
      if (status && CAN_ANSWER.includes(status.state)) watching?.retry();
    }, HEARTBEAT_MS);

    /** Whatever the page does to a sign, it cannot reach the browser's own bar. */
    function showOnIcon() {
      const any = Boolean(watching?.told());
      if (any === isMarked) return;
      isMarked = any;
      void ask({ type: "sign_here", any });
    }
    // A page that comes back from the browser's memory has lost its dot.
    addEventListener("pageshow", () => (isMarked = false));

    /** From the popup and the worker.
     *  @type {Parameters<typeof api.runtime.onMessage.addListener>[0]} */
    function hear(message, sender, respond) {
      if (sender.id !== api.runtime.id) return;
      if (message?.type === "options_changed") void followOptions();
      if (message?.type !== "page_state") return;
      const sign = watching?.told();
      const told = sign ? asContext(sign) : null;
      /** @type {import("../types").PageState} */
      const state = { silent: watching?.isSilent() ?? false, on: watching !== null, site: location.href, told };
      respond(state);
    }
    api.runtime.onMessage.addListener(hear);
    void followOptions();

    function stop() {
      hasStopped = true;
      clearInterval(heartbeat);
      watching?.stop();
    }
  }
})();
