/** Whether a button was really seen where it is pressed: what a page covers, fades or moves is no choice. */
"use strict";

// Chromium says itself what is painted over a button, what lets presses through too, and what distorts it
// (Intersection Observer, version 2). It says nothing of a move within the screen: for those the place is
// looked at now and then. A browser without version 2 is asked at the moment of the press.
(() => {
  const ours = globalThis.khongMotMinh;

  const SEEN_FOR_MS = 500; // a sooner press was aimed at what stood there before
  const LOOK_MS = 200;
  const MOVED = 4; // pixels
  const FADED = 0.9; // opacity

  /** @typedef {{since: number | null, left: number, top: number}} Known since when it is seen there */
  /** @typedef {IntersectionObserverEntry & {isVisible?: boolean}} Entry */
  /** @type {Map<Element, Known>} */ const watched = new Map();
  /** @type {IntersectionObserver | null} */ let observer = null;
  let timer = 0;

  /** @param {IntersectionObserverEntry[]} entries */
  function take(entries) {
    for (const entry of entries) {
      const known = watched.get(entry.target);
      if (!known) continue;
      const { intersectionRatio, isVisible = true, boundingClientRect, time } = /** @type {Entry} */ (entry);
      if (intersectionRatio < 0.99 || !isVisible) known.since = null;
      else if (known.since === null) {
        const { left, top } = boundingClientRect;
        Object.assign(known, { since: time, left, top });
      }
    }
  }

  function lookAtAll() {
    for (const [button, known] of watched) {
      if (button.isConnected) look(button, known);
      else forget(button);
    }
  }

  /** Where it has moved, the time begins anew. @param {Element} button @param {Known} known */
  function look(button, known) {
    if (known.since === null) return;
    const { left, top } = button.getBoundingClientRect();
    if (Math.abs(left - known.left) <= MOVED && Math.abs(top - known.top) <= MOVED) return;
    Object.assign(known, { since: performance.now(), left, top });
  }

  /** @param {Element} button */
  function forget(button) {
    observer?.unobserve(button);
    watched.delete(button);
    if (watched.size > 0) return;
    clearInterval(timer);
    timer = 0;
  }

  /** Look at *button* from now on, until it leaves the page. @param {Element} button in one of our signs */
  function watch(button) {
    const how = { threshold: [0, 1], trackVisibility: true, delay: 100 }; // the shortest that is allowed
    observer ??= new IntersectionObserver(take, how);
    timer ||= Number(setInterval(lookAtAll, LOOK_MS));
    watched.set(button, { since: null, left: 0, top: 0 });
    observer.observe(button);
  }

  /** What Chromium has told already, as far as others can: nothing over its middle, nothing faded around it.
   *  @param {Element} button */
  function isOpenToView(button) {
    const { host } = /** @type {ShadowRoot} */ (button.getRootNode());
    const { left, top, width, height } = button.getBoundingClientRect();
    const scope = /** @type {import("../types").Scope} */ (host.getRootNode());
    if (scope.elementFromPoint(left + width / 2, top + height / 2) !== host) return false;
    if (button.closest("[popover]")) return true; // above the page: what is around it there does not reach it
    /** @type {Element | null} */ let around = host;
    for (; around; around = around.parentElement) if (Number(getComputedStyle(around).opacity) < FADED) return false;
    return true;
  }

  /** Whether it has been seen, at this place, for as long as it takes to read it.
   *  @param {Element} button @returns {boolean} */
  function isSeen(button) {
    if (!watched.has(button)) watch(button); // it was away for a while
    take(observer?.takeRecords() ?? []);
    const known = watched.get(button);
    if (!known) return false;
    look(button, known);
    return known.since !== null && performance.now() - known.since >= SEEN_FOR_MS && isOpenToView(button);
  }

  ours.sight = { watch, isSeen };
})();
