/** Follow the open conversation: ask about its newest messages, keep one sign beside the right one. */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;

  /** @typedef {import("../types").ConversationVerdict} ConversationVerdict */
  /** @typedef {import("../types").SeenMessage} SeenMessage */
  /** @typedef {import("../globals").Sign} Sign */

  const WINDOW = 50; // messages, the newest; design.md 5.2
  const ID_CHARS = 200;
  const RAISES = 20; // times a removed sign is put back in one conversation
  const LEVELS = ["no_information", "caution", "danger"]; // from least to most

  /** @param {import("../globals").WatchConversationOptions} options
   *  @returns {import("../globals").ConversationWatch} */
  function watchConversation({ document, adapter, ask, neutral, tell, later }) {
    /** @type {Element | null} */ let container = null;
    /** @type {string | null} */ let name = null;
    /** @type {Set<string | null>} conversations where the person said "it isn't like that" */
    const quiet = new Set();
    /** @type {ConversationVerdict | null} */ let verdict = null;
    /** @type {ConversationVerdict | null} the one whose reasons *sign* lists */ let told = null;
    /** @type {Sign | null} */ let sign = null;
    /** @type {Element | null} the message it stands beside */ let beside = null;
    let shown = 0; // the level of *sign*, as a place in LEVELS
    let raises = 0;
    let isWatched = false;
    let asked = ""; // the window the last question was about
    let round = 0; // grows with every other conversation: late answers to the last one are dropped
    let isScheduled = false;
    let isAsking = false;
    let hasFailed = false;
    let hasStopped = false;

    const changes = new MutationObserver((records) => {
      const box = container;
      if (!box?.isConnected || records.some(({ target }) => box.contains(target))) schedule();
    });

    function schedule() {
      if (isScheduled || hasStopped) return;
      isScheduled = true;
      later(look);
    }

    function clear() {
      sign?.remove();
      sign = null;
      shown = 0;
    }

    function beginAnew() {
      clear();
      quiet.delete(null); // a conversation without a name ends here
      verdict = null;
      raises = 0;
      isWatched = false;
      asked = "";
      hasFailed = false;
      round += 1;
    }

    /** @param {Element} box @returns {SeenMessage[]} the newest, each id once */
    function newest(box) {
      const byId = new Map();
      for (const message of adapter.messages(box).slice(-WINDOW)) {
        const id = message.id.slice(0, ID_CHARS);
        byId.set(id, { ...message, id });
      }
      return [...byId.values()];
    }

    function look() {
      isScheduled = false;
      if (hasStopped) return;
      const box = adapter.container(document);
      const now = box && adapter.conversation(document);
      if (box !== container || now !== name) beginAnew();
      container = box;
      name = now;
      const messages = box ? newest(box) : [];
      if (messages.length === 0) {
        if (asked) beginAnew();
        return;
      }
      const window = JSON.stringify(messages.map(({ id, text, from_me }) => [id, text, from_me]));
      if (window === asked && !hasFailed) show(messages);
      else if (!isAsking) void askAbout(messages, window);
    }

    /** @param {SeenMessage[]} messages @param {string} window */
    async function askAbout(messages, window) {
      isAsking = true;
      hasFailed = false;
      asked = window;
      const mine = round;
      const wire = messages.map(({ id, text, from_me }) => ({ id, text, from_me }));
      const answer = await ask({ type: "check", request: { messages: wire }, conversation: name });
      isAsking = false;
      if (hasStopped) return;
      if (mine === round) {
        if (answer?.state === "on") verdict = answer.reply.conversation;
        else hasFailed = true;
        if (!hasFailed) show(messages);
      }
      if (!hasFailed) schedule(); // something may have come meanwhile
    }

    /** One sign a conversation, beside the first message that reaches the highest level. It moves
     *  when the level rises or its message is gone, and stays put otherwise: a stranger who floods
     *  the chat must not move the button away from under the finger.
     *  @param {SeenMessage[]} messages */
    function show(messages) {
      if (!verdict || verdict.level === "no_information" || verdict.reasons.length === 0) return;
      const { level, levels } = verdict;
      const rank = LEVELS.indexOf(level);
      if (sign?.host.isConnected && rank <= shown) {
        if (told !== verdict) sign.renew?.(verdict);
        told = verdict;
        return;
      }
      if (level === "caution" && quiet.has(name)) return clear();
      if (sign && beside?.isConnected && rank <= shown && (raises += 1) > RAISES) return;
      const place = messages.find(({ id }) => levels[id] === level) ?? messages[messages.length - 1];
      isWatched ||= verdict.watched;
      clear();
      const texts = new Map(messages.map(({ id, text }) => [id, text]));
      const actions = {
        tell: () => verdict && tell(verdict),
        notSo() {
          quiet.add(name);
          clear();
        },
      };
      sign =
        neutral && isWatched
          ? ours.warning.makeChip(document, verdict, actions)
          : ours.warning.makeCard(document, verdict, { texts, beside: place.id }, actions);
      shown = rank;
      told = verdict;
      beside = place.element;
      ours.sign.placeBeside(sign.host, beside);
      if (place === messages[messages.length - 1]) sign.host.scrollIntoView({ block: "nearest" });
    }

    changes.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
    schedule();

    return {
      open: () => container !== null,
      retry() {
        if (hasFailed) schedule();
      },
      stop() {
        hasStopped = true;
        changes.disconnect();
        clear();
      },
    };
  }

  ours.watch = { watchConversation };
})();
