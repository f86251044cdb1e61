/** Notices that a chat site has changed: a conversation seems open, and yet no message is found in it. */
"use strict";

// Known in memory only, while the page is open; the popup asks for it. Sites change without telling:
// whoever relies on us must be able to see it.
(() => {
  const ours = globalThis.khongMotMinh;

  const A_WHILE_MS = 10_000; // a page may take so long to load a conversation
  const FIELDS = 'textarea, [contenteditable="true"], [role="textbox"]';
  // Fields under a post, for searching, or for the number that one signs in with.
  const OTHERS = [
    'article, [role="article"], [role="feed"], [role="dialog"]',
    '[role="search"], [role="combobox"], [inputmode]:not([inputmode="text"])',
  ].join(", ");

  /** @param {import("../globals").DriftOptions} options
   *  @returns {import("../globals").Drift} */
  function watchDrift({ document, adapter, now }) {
    /** @type {number | null} */ let silentSince = null;

    /** There is a field to write a message in. */
    function seemsOpen() {
      return [...document.querySelectorAll(FIELDS)].some((field) => !field.closest(OTHERS));
    }

    function isSilentNow() {
      if (adapter.knows && !adapter.knows(document.location)) return false;
      const container = adapter.container(document);
      return container ? adapter.messages(container).length === 0 : (adapter.isOpen?.(document) ?? seemsOpen());
    }

    return {
      look() {
        silentSince = isSilentNow() ? (silentSince ?? now()) : null;
      },
      isSilent: () => silentSince !== null && now() - silentSince >= A_WHILE_MS,
    };
  }

  ours.drift = { watchDrift };
})();
