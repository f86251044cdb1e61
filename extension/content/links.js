/** Check links as they come near the screen, in idle slices; mark those that have a verdict.
 *
 *  A badge stands only near the screen: whoever scrolls a long page carries none along that they
 *  don't see, and finds it again on the way back.
 */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;

  /** @typedef {import("../types").Verdict} Verdict */
  /** @typedef {import("../types").Scope} Scope */
  /** @typedef {import("../globals").Sign} Sign */

  const NEAR = "300px"; // above and below the screen
  const SLICE_MS = 8; // of one idle period, so that scrolling and typing stay smooth
  const CHUNK = 250; // elements looked at between two looks at the clock
  const ROOTS = 2000; // changes remembered one by one; beyond that the page is walked again
  const BATCH = 100; // links in one question
  const CACHE = 5000; // addresses with their verdicts
  const TEXT_CHARS = 200; // of what the page shows for a link
  const RAISES = 20; // times a removed badge is put back beside one link
  const LINKS = "a[href], area[href]";
  const LINK_TAGS = new Set(["a", "area"]);
  const EDITABLE = '[contenteditable]:not([contenteditable="false"])';
  const WATCHED = { childList: true, subtree: true, attributes: true, attributeFilter: ["href", "type"] }; // the type: of a field

  /** Whether somebody is writing here, also around the shadow roots that *element* stands in.
   *  @param {Element} element @returns {boolean} */
  function isEdited(element) {
    if (element.closest(EDITABLE) || element.ownerDocument.designMode === "on") return true;
    const root = element.getRootNode();
    return "host" in root && isEdited(/** @type {ShadowRoot} */ (root).host);
  }

  /** @param {import("../globals").WatchLinksOptions} options
   *  @returns {import("../globals").LinkWatch} */
  function watchLinks({ document, ask, least = "caution", neutral, actions, meet: tellOf, idle, Observer, now }) {
    /** @type {WeakSet<Element>} */ const known = new WeakSet();
    /** @type {Map<Element, Sign & {verdict: Verdict}>} */ const signs = new Map();
    /** @type {WeakMap<Element, number>} */ const raises = new WeakMap();
    /** @type {WeakSet<Element>} links whose badge was taken away and is on its way back */ const bare = new WeakSet();
    /** @type {(Element | Scope)[]} */ let roots = [];
    /** @type {{list: NodeListOf<Element>, at: number} | null} */ let walk = null;
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
          if (isIntersecting === signs.has(target)) continue; // it stands, or nothing does, as it should
          if (isIntersecting) {
            onScreen.unobserve(target);
            near.push(target);
          } else unmark(target);
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
      if (records.some(({ removedNodes }) => removedNodes.length > 0)) raiseRemoved();
      if (roots.length > ROOTS) roots = scopes.all();
      schedule();
    });

    const scopes = ours.scopes.followScopes(document, (scope) => {
      changes.observe(scope, WATCHED);
      roots.push(scope);
      schedule();
    });

    /** @param {Element} anchor */
    function unmark(anchor) {
      signs.get(anchor)?.remove();
      signs.delete(anchor);
    }

    /** A link that left, or now leads elsewhere. @param {Element} anchor */
    function forget(anchor) {
      onScreen.unobserve(anchor);
      known.delete(anchor);
      unmark(anchor);
    }

    /** A badge that the page took away comes back, though not for ever: a page that does so in a loop
     *  must not have us loop with it. What it told of stays known; the tab's icon goes on to tell. */
    function raiseRemoved() {
      for (const [anchor, { host }] of signs) {
        if (host.isConnected || !anchor.isConnected || bare.has(anchor)) continue;
        const times = (raises.get(anchor) ?? 0) + 1;
        if (times > RAISES) continue;
        raises.set(anchor, times);
        bare.add(anchor);
        onScreen.unobserve(anchor);
        near.push(anchor);
      }
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

    /** Look at the next CHUNK elements. @returns {boolean} false when there are none left */
    function discover() {
      if (!walk) {
        const root = roots.pop();
        if (!root) return false;
        if ("localName" in root) meet(root);
        walk = { list: root.querySelectorAll("*"), at: 0 };
      }
      const until = Math.min(walk.at + CHUNK, walk.list.length);
      for (; walk.at < until; walk.at += 1) meet(walk.list[walk.at]);
      if (until === walk.list.length) walk = null;
      return true;
    }

    /** Put a link under observation; look into what holds a scope of its own. @param {Element} element */
    function meet(element) {
      if (element.localName === "input" || element.localName === "iframe") tellOf?.(element);
      if (!LINK_TAGS.has(element.localName)) scopes.meet(element);
      else if (!known.has(element) && element.matches(LINKS)) {
        known.add(element);
        onScreen.observe(element);
        tellOf?.(element);
      }
    }

    /** @param {Element} anchor */
    function inspect(anchor) {
      bare.delete(anchor);
      if (!anchor.isConnected || isEdited(anchor)) return;
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
      const isMarked = verdict && [least, "danger"].includes(verdict.level) && verdict.reasons.length > 0;
      const kept = isMarked ? verdict : null;
      const anchors = unasked.get(key)?.anchors ?? [];
      unasked.delete(key);
      verdicts.set(key, kept);
      if (verdicts.size > CACHE) verdicts.delete(verdicts.keys().next().value ?? "");
      for (const anchor of anchors) mark(anchor, kept);
    }

    /** @param {Element} anchor @param {Verdict | null} verdict */
    function mark(anchor, verdict) {
      if (!verdict || !anchor.isConnected) return;
      const page = anchor.ownerDocument;
      const sign =
        neutral && verdict.watched
          ? ours.warning.makeChip(page, verdict, actions, { inline: true })
          : ours.warning.makeBadge(page, verdict, actions);
      unmark(anchor);
      signs.set(anchor, { ...sign, verdict });
      anchor.after(sign.host);
      onScreen.observe(anchor);
    }

    return {
      scopes: scopes.all,
      lookAgain: scopes.meetAgain,
      waiting: () => unasked.size > 0,
      told() {
        for (const [anchor, { verdict }] of signs) {
          if (anchor.isConnected) return verdict;
          forget(anchor); // it went with a whole part of the page
        }
        return null;
      },
      retry: () => void askNext(),
      stop() {
        hasStopped = true;
        changes.disconnect();
        onScreen.disconnect();
        for (const scope of scopes.all()) scope.querySelectorAll(LINKS).forEach(unmark);
      },
    };
  }

  ours.links = { watchLinks };
})();
