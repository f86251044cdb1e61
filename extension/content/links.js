/** Check links as they come near the screen, in idle slices; mark those that have a verdict. */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;

  /** @typedef {import("../types").Verdict} Verdict */
  /** @typedef {import("../globals").Sign} Sign */

  const NEAR = "300px"; // above and below the screen
  const SLICE_MS = 8; // of one idle period, so that scrolling and typing stay smooth
  const CHUNK = 100; // links looked at between two looks at the clock
  const ROOTS = 2000; // changes remembered one by one; beyond that the page is walked again
  const BATCH = 100; // links in one question
  const CACHE = 5000; // addresses with their verdicts
  const TEXT_CHARS = 200; // of what the page shows for a link
  const LINKS = "a[href], area[href]";
  const EDITABLE = '[contenteditable]:not([contenteditable="false"])';

  /** @param {import("../globals").WatchLinksOptions} options
   *  @returns {import("../globals").LinkWatch} */
  function watchLinks({ document, ask, neutral, actions, idle, Observer, now }) {
    /** @type {WeakSet<Element>} */ const known = new WeakSet();
    /** @type {WeakMap<Element, Sign>} */ const signs = new WeakMap();
    /** @type {Element[]} */ let roots = [document.documentElement];
    /** @type {{list: NodeListOf<Element> | Element[], at: number} | null} */ let walk = null;
    /** @type {Element[]} */ const near = [];
    /** @type {Map<string, {url: string, text: string, anchors: Element[]}>} */ const unasked = new Map();
    /** @type {Map<string, Verdict | null>} */ const verdicts = new Map();
    let isScheduled = false;
    let isAsking = false;
    let hasStopped = false;
    let batch = BATCH;

    const onScreen = new Observer(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          onScreen.unobserve(target);
          near.push(target);
        }
        schedule();
      },
      { rootMargin: NEAR },
    );

    const changes = new MutationObserver((records) => {
      for (const { type, target, addedNodes, removedNodes } of records) {
        if (type === "attributes") forget(/** @type {Element} */ (target));
        for (const node of removedNodes) {
          if (node.nodeType === Node.ELEMENT_NODE && signs.has(/** @type {Element} */ (node))) {
            forget(/** @type {Element} */ (node));
          }
        }
        const added = type === "attributes" ? [target] : addedNodes;
        for (const node of added) {
          if (node.nodeType === Node.ELEMENT_NODE) roots.push(/** @type {Element} */ (node));
        }
      }
      if (roots.length > ROOTS) roots = [document.documentElement];
      schedule();
    });

    /** A link that left, or now leads elsewhere. @param {Element} anchor */
    function forget(anchor) {
      known.delete(anchor);
      signs.get(anchor)?.remove();
      signs.delete(anchor);
    }

    function schedule() {
      if (isScheduled || hasStopped) return;
      isScheduled = true;
      idle(work);
    }

    /** @param {IdleDeadline} deadline */
    function work(deadline) {
      isScheduled = false;
      if (hasStopped) return;
      const startedAt = now();
      while (now() - startedAt < SLICE_MS && (deadline.didTimeout || deadline.timeRemaining() > 0)) {
        const anchor = near.pop(); // the newest first
        if (anchor) inspect(anchor);
        else if (!discover()) break;
      }
      if (near.length > 0 || walk || roots.length > 0) schedule();
      void askNext();
    }

    /** Put the next CHUNK links under observation. @returns {boolean} false when there are none left */
    function discover() {
      if (!walk) {
        const root = roots.pop();
        if (!root) return false;
        walk = root.matches(LINKS) ? { list: [root], at: 0 } : { list: root.querySelectorAll(LINKS), at: 0 };
      }
      const until = Math.min(walk.at + CHUNK, walk.list.length);
      for (; walk.at < until; walk.at += 1) {
        const anchor = walk.list[walk.at];
        if (known.has(anchor)) continue;
        known.add(anchor);
        onScreen.observe(anchor);
      }
      if (until === walk.list.length) walk = null;
      return true;
    }

    /** @param {Element} anchor */
    function inspect(anchor) {
      if (!anchor.isConnected || anchor.closest(EDITABLE) || document.designMode === "on") return;
      const url = ours.extract.linkAddress(anchor);
      if (!url) return;
      const text = ours.extract.firstCodePoints(ours.extract.visibleText(anchor), TEXT_CHARS);
      const key = `${url}\n${text}`;
      const verdict = verdicts.get(key);
      if (verdict !== undefined) return mark(anchor, verdict);
      const asked = unasked.get(key);
      if (asked) asked.anchors.push(anchor);
      else unasked.set(key, { url, text, anchors: [anchor] });
    }

    async function askNext() {
      if (isAsking || unasked.size === 0 || hasStopped) return;
      isAsking = true;
      const asked = [...unasked].slice(-batch);
      const links = asked.map(([, { url, text }], place) => ({ id: String(place), url, text }));
      const answer = await ask({ type: "check", request: { links }, conversation: null });
      isAsking = false;
      if (hasStopped) return;
      if (answer?.state === "on") {
        batch = Math.min(BATCH, batch * 2);
        const byId = new Map(answer.reply.links.map((verdict) => [verdict.id, verdict]));
        for (const [place, [key]] of asked.entries()) settle(key, byId.get(String(place)) ?? null);
      } else if (answer?.state === "broken" && batch === 1) {
        settle(asked[0][0], null); // the one question it refuses; the others still get their turn
      } else {
        if (answer?.state === "broken") batch = Math.ceil(batch / 2);
        return; // kept for retry()
      }
      if (unasked.size > 0) void askNext();
    }

    /** @param {string} key @param {Verdict | null} verdict */
    function settle(key, verdict) {
      const kept = verdict && verdict.level !== "no_information" && verdict.reasons.length > 0 ? verdict : null;
      const anchors = unasked.get(key)?.anchors ?? [];
      unasked.delete(key);
      verdicts.set(key, kept);
      if (verdicts.size > CACHE) verdicts.delete(verdicts.keys().next().value ?? "");
      for (const anchor of anchors) mark(anchor, kept);
    }

    /** @param {Element} anchor @param {Verdict | null} verdict */
    function mark(anchor, verdict) {
      if (!verdict || !anchor.isConnected) return;
      const sign =
        neutral && verdict.watched
          ? ours.warning.makeChip(document, verdict, actions, { inline: true })
          : ours.warning.makeBadge(document, verdict, actions);
      signs.get(anchor)?.remove();
      signs.set(anchor, sign);
      anchor.after(sign.host);
    }

    changes.observe(document.documentElement, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["href"],
    });
    schedule();

    return {
      waiting: () => unasked.size > 0,
      retry: () => void askNext(),
      stop() {
        hasStopped = true;
        changes.disconnect();
        onScreen.disconnect();
        for (const anchor of document.querySelectorAll(LINKS)) signs.get(anchor)?.remove();
      },
    };
  }

  ours.links = { watchLinks };
})();
