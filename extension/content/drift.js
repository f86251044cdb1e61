/** Notices that a chat site has changed: a conversation seems open, and yet no message is found in it. */
"use strict";

// Known in memory only, while the page is open; the popup asks for it. Sites change without telling:
// whoever relies on us must be able to see it.
(() => {
  const ours = globalThis.khongMotMinh;

  const A_WHILE_MS = 10_000; // a page may take so long to load a conversation
  const ROWS = 3; // of one kind that say something: what a new chat greets with is less
  const MOST = 2000; // elements looked at
  const WORDS = /\p{L}+[^\p{L}]+\p{L}/u; // two of them: a time or "sent" is no message
  const NOT_SAID = 'button, a, time, h1, h2, h3, h4, h5, h6, [role="button"], [role="heading"]';
  const FIELDS = 'textarea, [contenteditable="true"], [role="textbox"]';
  // Fields under a post, for searching, or for the number that one signs in with.
  const OTHERS = [
    'article, [role="article"], [role="feed"], [role="dialog"]',
    '[role="search"], [role="combobox"], [inputmode]:not([inputmode="text"])',
  ].join(", ");

  /** Whether some boxes of one kind stand beside each other in it that say something, as messages do.
   *  @param {Element} container */
  function hasRows(container) {
    const boxes = [container, ...container.querySelectorAll("*")].slice(0, MOST).filter((box) => box.childElementCount >= ROWS);
    return boxes.some((box) => {
      const said = [...box.children].filter((row) => row.firstElementChild && WORDS.test(ours.extract.visibleText(row, NOT_SAID)));
      return said.some((row) => said.filter(({ localName }) => localName === row.localName).length >= ROWS);
    });
  }

  /** @param {import("../globals").DriftOptions} options
   *  @returns {import("../globals").Drift} */
  function watchDrift({ document, adapter, generic, now }) {
    /** @type {number | null} */ let silentSince = null;

    /** There is a field to write a message in. */
    function seemsOpen() {
      return [...document.querySelectorAll(FIELDS)].some((field) => !field.closest(OTHERS));
    }

    /** A chat in which nobody has written yet is no page that has changed; rows that nobody can read are,
     *  and so is a list of messages beside the empty one. @param {Element} container */
    function isUnread(container) {
      if (adapter.messages(container).length > 0) return false;
      if (hasRows(container)) return true;
      const other = generic?.container(document);
      return Boolean(other && !container.contains(other) && generic?.messages(other).length);
    }

    function isSilentNow() {
      if (adapter.knows && !adapter.knows(document.location)) return false;
      const container = adapter.container(document);
      return container ? isUnread(container) : (adapter.isOpen?.(document) ?? seemsOpen());
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
