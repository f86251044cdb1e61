/** Follow the open conversations: ask about their newest messages, keep one sign beside the right one. */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;

  /** @typedef {import("../types").ConversationVerdict} ConversationVerdict */
  /** @typedef {import("../types").SeenMessage} SeenMessage */
  /** @typedef {import("../types").Verdict} Verdict */
  /** @typedef {import("../globals").Sign} Sign */

  const ID_CHARS = 200;
  const RAISES = 20; // times a removed sign is put back in one conversation
  const LEVELS = ["no_information", "caution", "danger"]; // from least to most

  /** @typedef {{id: string, text: string}} Home the message that a sign belongs to, and its words then */

  /** @param {import("../globals").WatchConversationOptions} options
   *  @returns {import("../globals").ConversationWatch} */
  function watchConversation({ document, root = document, adapter, ask, least = "caution", neutral, tell, later }) {
    /** @type {Map<Element, ReturnType<typeof follow>>} by container */ const open = new Map();
    /** @type {Set<string>} conversations where the help for their own words was closed */
    const closed = new Set();
    let isDue = true; // something inside a conversation may have changed
    let isScheduled = false;
    let hasStopped = false;

    const changes = new MutationObserver((records) => {
      const boxes = [...open.keys()];
      isDue ||= records.some(({ target }) => boxes.some((box) => box.contains(target)));
      schedule();
    });

    function schedule() {
      if (isScheduled || hasStopped) return;
      isScheduled = true;
      later(look);
    }

    function lookAgain() {
      isDue = true;
      schedule();
    }

    function containers() {
      if (adapter.containers) return adapter.containers(document);
      const only = adapter.container(document);
      return only ? [only] : [];
    }

    function look() {
      isScheduled = false;
      if (hasStopped) return;
      const boxes = containers();
      for (const [box, conversation] of open) {
        if (boxes.includes(box)) continue;
        conversation.leave();
        open.delete(box);
      }
      const wasDue = isDue;
      isDue = false;
      for (const box of boxes) {
        const known = open.get(box);
        const conversation = known ?? follow(box);
        open.set(box, conversation);
        if (!known || wasDue) conversation.read();
      }
    }

    /** What is asked and shown about one conversation at a time, the one that stands in *box*.
     *  @param {Element} box */
    function follow(box) {
      /** @type {string | null} */ let name = null;
      let visit = makeName(); // stands for a conversation without a name, until it is left
      /** @type {Map<string, string>} words by id, of the last look */ let seen = new Map();
      /** @type {ConversationVerdict | null} */ let verdict = null;
      /** @type {Map<string, Verdict>} */ let disclosures = new Map(); // own messages that tell of harm
      /** @type {ConversationVerdict | null} the one whose reasons *sign* lists */ let told = null;
      /** @type {Map<string, string>} the words *told* is about */ let texts = new Map();
      /** @type {Sign | null} */ let sign = null;
      /** @type {Home | null} */ let home = null;
      /** @type {Element | null} the row of *home* that it stands beside */ let beside = null;
      let shown = 0; // the level of *sign*, as a place in LEVELS; help is no level
      let raises = 0;
      let isWatched = false;
      let asked = ""; // the window the last question was about
      let round = 0; // grows with every other conversation: late answers to the last one are dropped
      let isAsking = false;
      let isBehind = false; // the page has changed since
      let hasFailed = false;
      let isOver = false; // *box* is gone; should it come back, it is followed anew
      let isQuiet = false; // the person said "it isn't like that"

      function clear() {
        sign?.remove();
        sign = told = home = beside = null;
        shown = 0;
      }

      function beginAnew() {
        clear();
        visit = makeName();
        isQuiet = false;
        verdict = null;
        disclosures = new Map();
        raises = 0;
        isWatched = false;
        asked = "";
        hasFailed = false;
        round += 1;
      }

      /** @returns {SeenMessage[]} the newest, each id once */
      function newest() {
        const byId = new Map();
        for (const message of adapter.messages(box).slice(-ours.extract.MESSAGES)) {
          const id = message.id.slice(0, ID_CHARS);
          byId.set(id, { ...message, id });
        }
        return [...byId.values()];
      }

      function read() {
        isBehind ||= isAsking;
        const now = adapter.conversation(document, box);
        const messages = newest();
        // A site may change its address first and its rows later: until they are gone, the rows
        // belong to the conversation they were read in. Of one without a name they are all there is.
        if ((now !== name || now === null) && !messages.some(({ id, text }) => seen.get(id) === text)) {
          beginAnew();
          name = now;
        }
        seen = new Map(messages.map(({ id, text }) => [id, text]));
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
        isBehind = hasFailed = false;
        asked = window;
        const mine = round;
        const wire = messages.map(({ id, text, from_me }) => ({ id, text, from_me }));
        const answer = await ask({ type: "check", request: { messages: wire }, conversation: name, visit });
        isAsking = false;
        if (isOver) return;
        if (mine === round) {
          if (answer?.state === "on") {
            verdict = answer.reply.conversation;
            isQuiet = answer.quiet ?? false;
            const helped = answer.reply.messages.filter(({ help, level }) => help && level === LEVELS[0]);
            disclosures = new Map(helped.map((each) => [each.id, each]));
          } else hasFailed = true;
          if (!hasFailed) show(messages);
        }
        if (isBehind && !hasFailed) lookAgain();
      }

      /** One sign a conversation: a warning where there is one, else help where the child told of harm.
       *  @param {SeenMessage[]} messages */
      function show(messages) {
        if (!verdict) return;
        const { level, reasons } = verdict;
        const isWarning = LEVELS.indexOf(level) >= LEVELS.indexOf(least) && reasons.length > 0;
        const rank = isWarning ? LEVELS.indexOf(level) : 0;
        const place = messages.find(({ id }) => id === home?.id);
        if (messages.some(({ id, element }) => element === beside && id !== home?.id)) {
          sign?.remove(); // a list that uses its rows again has put other words there
          beside = null;
        }
        if (place && home && hasGrown(place, home)) {
          if (rank < shown) clear(); // it was warned of before it had ended, and ended well
          else home.text = place.text;
        }
        const isInPlace = sign?.host.isConnected && (!place || place.element === beside);
        if (shown > 0 && rank <= shown && isInPlace) {
          if (!isWarning || told === verdict) return;
          remember(verdict, messages);
          sign?.renew?.(verdict);
        } else if (shown > 0 && rank <= shown && place && told) {
          if (mayRaise(place)) warn(told, place, messages);
        } else if (isWarning && !(level === "caution" && isQuiet)) {
          const { levels } = verdict;
          remember(verdict, messages);
          warn(verdict, messages.find(({ id }) => levels[id] === level) ?? messages[messages.length - 1], messages);
        } else {
          offerHelp(messages);
        }
      }

      /** @param {ConversationVerdict} now @param {SeenMessage[]} messages */
      function remember(now, messages) {
        told = now;
        texts = new Map(messages.map(({ id, text }) => [id, text]));
      }

      /** False once the page has removed the sign from beside this row too often.
       *  @param {SeenMessage} place */
      function mayRaise({ element }) {
        return element !== beside || (raises += 1) <= RAISES;
      }

      /** Beside the first message that reaches the highest level, wherever the page draws that message
       *  anew. It moves when the level rises or its message is gone, and stays put otherwise: a
       *  stranger who floods the chat must not move the button away from under the finger.
       *  @param {ConversationVerdict} now @param {SeenMessage} place @param {SeenMessage[]} messages */
      function warn(now, place, messages) {
        const words = texts;
        isWatched ||= now.watched;
        const isBack = home?.id === place.id;
        clear();
        const actions = {
          tell: () => tell(told ?? now),
          notSo() {
            const quoted = new Set((told ?? now).reasons.map(({ message }) => message));
            void ask({ type: "not_so", conversation: name ?? visit, messages: [...quoted] });
            isQuiet = true;
            round += 1; // an answer that is on its way knows nothing of it
            clear();
          },
        };
        shown = LEVELS.indexOf(now.level);
        told = now;
        const made =
          neutral && isWatched
            ? ours.warning.makeChip(document, now, actions)
            : ours.warning.makeCard(document, now, { texts: words, beside: place.id }, actions);
        put(made, place, messages, isBack);
      }

      /** Beside the newest message of the child's own that tells of harm, until it is closed.
       *  @param {SeenMessage[]} messages */
      function offerHelp(messages) {
        if (closed.has(name ?? visit)) return;
        const place = messages.findLast(({ id }) => disclosures.has(id));
        const disclosure = place && disclosures.get(place.id);
        if (!disclosure) return;
        const isInPlace = beside === place.element;
        if (isInPlace && (sign?.host.isConnected || !mayRaise(place))) return;
        const isBack = home?.id === place.id;
        isWatched ||= disclosure.watched;
        clear();
        const actions = {
          tell,
          close() {
            closed.add(name ?? visit);
            clear();
          },
        };
        const form = { neutral: neutral && isWatched, mine: place.from_me === true };
        const made = ours.help.makeHelp(document, disclosure, actions, form);
        put(made, place, messages, isBack);
      }

      /** @param {Sign} made @param {SeenMessage} place @param {SeenMessage[]} messages
       *  @param {boolean} isBack it stood beside this message before: nobody is to be led there again */
      function put(made, place, messages, isBack) {
        const { host } = made;
        sign = made;
        home = { id: place.id, text: place.text };
        beside = place.element;
        ours.sign.placeBeside(host, beside);
        // Where there is no room below this message alone, it is better narrow than beside another.
        if (messages.some((other) => other !== place && host.parentElement?.contains(other.element))) beside.append(host);
        if (!isBack && place === messages[messages.length - 1]) host.scrollIntoView({ block: "nearest" });
      }

      function leave() {
        isOver = true;
        clear();
      }

      const about = () => (sign ? (told ?? disclosures.get(home?.id ?? "") ?? null) : null);
      return { read, leave, about, failed: () => hasFailed };
    }

    changes.observe(root, { childList: true, subtree: true, characterData: true });
    schedule();

    return {
      open: () => open.size > 0,
      told: () => [...open.values()].map(({ about }) => about()).find(Boolean) ?? null,
      retry() {
        if ([...open.values()].some(({ failed }) => failed())) lookAgain();
      },
      stop() {
        hasStopped = true;
        changes.disconnect();
        for (const { leave } of open.values()) leave();
      },
    };
  }

  /** A name for a conversation that has none. */
  const makeName = () => `visit ${Math.random()}`;

  /** A message that is still being written down goes on where it was.
   *  @param {SeenMessage} now @param {Home} before */
  function hasGrown({ text }, before) {
    return text.length > before.text.length && text.startsWith(before.text);
  }

  ours.watch = { watchConversation };
})();
