/** Follow the open conversation: ask about its newest messages, keep one sign beside the right one. */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;

  /** @typedef {import("../types").ConversationVerdict} ConversationVerdict */
  /** @typedef {import("../types").SeenMessage} SeenMessage */
  /** @typedef {import("../types").Verdict} Verdict */
  /** @typedef {import("../globals").Sign} Sign */

  const WINDOW = 50; // messages, the newest; design.md 5.2
  const ID_CHARS = 200;
  const RAISES = 20; // times a removed sign is put back in one conversation
  const LEVELS = ["no_information", "caution", "danger"]; // from least to most

  /** @param {import("../globals").WatchConversationOptions} options
   *  @returns {import("../globals").ConversationWatch} */
  function watchConversation({ document, root = document, adapter, ask, least = "caution", neutral, tell, later }) {
    /** @type {Element | null} */ let container = null;
    /** @type {string | null} */ let name = null;
    /** @type {Set<string | null>} conversations where the person said "it isn't like that" */
    const quiet = new Set();
    /** @type {Set<string | null>} conversations where the help for their own words was closed */
    const closed = new Set();
    /** @type {ConversationVerdict | null} */ let verdict = null;
    /** @type {Map<string, Verdict>} */ let disclosures = new Map(); // own messages that tell of harm
    /** @type {ConversationVerdict | null} the one whose reasons *sign* lists */ let told = null;
    /** @type {Sign | null} */ let sign = null;
    /** @type {Element | null} the message it stands beside */ let beside = null;
    let shown = 0; // the level of *sign*, as a place in LEVELS; help is no level
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
      for (const silenced of [quiet, closed]) silenced.delete(null); // one without a name ends here
      verdict = null;
      disclosures = new Map();
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
        if (answer?.state === "on") {
          verdict = answer.reply.conversation;
          const helped = answer.reply.messages.filter(({ help, level }) => help && level === LEVELS[0]);
          disclosures = new Map(helped.map((each) => [each.id, each]));
        } else hasFailed = true;
        if (!hasFailed) show(messages);
      }
      if (!hasFailed) schedule(); // something may have come meanwhile
    }

    /** One sign a conversation: a warning where there is one, else help where the child told of harm.
     *  @param {SeenMessage[]} messages */
    function show(messages) {
      if (!verdict) return;
      const { level, reasons } = verdict;
      const isWarning = LEVELS.indexOf(level) >= LEVELS.indexOf(least) && reasons.length > 0;
      if (shown > 0 && sign?.host.isConnected && LEVELS.indexOf(level) <= shown) {
        if (!isWarning || told === verdict) return;
        sign.renew?.(verdict);
        told = verdict;
      } else if (isWarning && !(level === "caution" && quiet.has(name))) {
        warn(verdict, messages);
      } else {
        offerHelp(messages);
      }
    }

    /** Beside the first message that reaches the highest level. It moves when the level rises or its
     *  message is gone, and stays put otherwise: a stranger who floods the chat must not move the
     *  button away from under the finger.
     *  @param {ConversationVerdict} now @param {SeenMessage[]} messages */
    function warn(now, messages) {
      const { level, levels } = now;
      const rank = LEVELS.indexOf(level);
      if (sign && beside?.isConnected && rank <= shown && (raises += 1) > RAISES) return;
      const place = messages.find(({ id }) => levels[id] === level) ?? messages[messages.length - 1];
      isWatched ||= now.watched;
      clear();
      const texts = new Map(messages.map(({ id, text }) => [id, text]));
      const actions = {
        tell: () => tell(told ?? now),
        notSo() {
          quiet.add(name);
          clear();
        },
      };
      shown = rank;
      told = now;
      const made =
        neutral && isWatched
          ? ours.warning.makeChip(document, now, actions)
          : ours.warning.makeCard(document, now, { texts, beside: place.id }, actions);
      put(made, place, messages);
    }

    /** Beside the newest message of the child's own that tells of harm, until it is closed.
     *  @param {SeenMessage[]} messages */
    function offerHelp(messages) {
      if (closed.has(name)) return;
      const place = messages.findLast(({ id }) => disclosures.has(id));
      const disclosure = place && disclosures.get(place.id);
      if (!disclosure) return;
      const isInPlace = beside === place.element && beside.isConnected;
      if (isInPlace && (sign?.host.isConnected || (raises += 1) > RAISES)) return;
      isWatched ||= disclosure.watched;
      clear();
      const actions = {
        tell,
        close() {
          closed.add(name);
          clear();
        },
      };
      const form = { neutral: neutral && isWatched, mine: place.from_me === true };
      put(ours.help.makeHelp(document, disclosure, actions, form), place, messages);
    }

    /** @param {Sign} made @param {SeenMessage} place @param {SeenMessage[]} messages */
    function put(made, place, messages) {
      sign = made;
      beside = place.element;
      ours.sign.placeBeside(sign.host, beside);
      if (place === messages[messages.length - 1]) sign.host.scrollIntoView({ block: "nearest" });
    }

    changes.observe(root, { childList: true, subtree: true, characterData: true });
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
