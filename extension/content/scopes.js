/** Where a page's content stands: its document, the open shadow roots in it, frames of the same site. */
"use strict";

// A frame of the same site is reached from outside, so that no script of ours runs in any frame: the
// frames of advertisers, all of other sites, cost nothing.
(() => {
  const ours = globalThis.khongMotMinh;

  /** @typedef {import("../types").Scope} Scope */

  const MOST = 300; // scopes of one page; one that makes more wants to wear us out
  const LATER = 500; // elements that are not yet defined, looked at again
  const FRAMES = new Set(["iframe", "frame"]);

  /** @param {Document} document
   *  @param {(scope: Scope) => void} onFound called once for each, the document itself first
   *  @returns {import("../globals").Scopes} */
  function followScopes(document, onFound) {
    /** @type {Map<Scope, Element | null>} each with the element it belongs to */ const scopes = new Map();
    /** @type {Set<Element>} custom elements that may still get their shadow root */ const later = new Set();
    /** @type {WeakSet<Element>} frames whose next documents are waited for */ const frames = new WeakSet();

    /** @param {Scope} scope @param {Element | null} holder */
    function isThere(scope, holder) {
      if (holder === null) return true;
      return holder.isConnected && ("host" in scope || contentOf(holder) === scope);
    }

    /** @param {Element} frame @returns {Document | null} null where it is another site's */
    function contentOf(frame) {
      return /** @type {HTMLIFrameElement} */ (frame).contentDocument;
    }

    /** @param {Scope} scope @param {Element | null} holder */
    function add(scope, holder) {
      if (scopes.has(scope)) return;
      if (scopes.size >= MOST) all(); // forgets those that are gone
      if (scopes.size >= MOST) return;
      scopes.set(scope, holder);
      onFound(scope);
    }

    /** @param {Element} frame */
    function enter(frame) {
      const inside = contentOf(frame);
      if (inside?.documentElement) add(inside, frame);
      if (frames.has(frame)) return;
      frames.add(frame);
      frame.addEventListener("load", () => enter(frame));
    }

    /** Look at one element of a scope. @param {Element} element */
    function meet(element) {
      const { shadowRoot, localName } = element;
      if (shadowRoot) add(shadowRoot, element);
      else if (FRAMES.has(localName)) enter(element);
      else if (localName.includes("-") && later.size < LATER && element.matches(":not(:defined)")) later.add(element);
    }

    /** Every scope that is still part of the page. */
    function all() {
      for (const [scope, holder] of scopes) if (!isThere(scope, holder)) scopes.delete(scope);
      return [...scopes.keys()];
    }

    add(document, null);
    return {
      all,
      meet,
      meetAgain() {
        for (const element of later) {
          if (!element.isConnected || element.matches(":defined")) later.delete(element);
          if (element.shadowRoot) add(element.shadowRoot, element);
        }
      },
    };
  }

  ours.scopes = { followScopes };
})();
