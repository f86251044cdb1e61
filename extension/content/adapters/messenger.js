/** Messenger (messenger.com, facebook.com/messages, Facebook's chat tabs): where its messages are. */
"use strict";

// The hooks are what public extensions, scripts and exporters of 2022 to 2026 agree on; not seen live by
// us, and fair rather than good. Its class names change with every build, and what it writes into aria-*
// is in the reader's language: neither is used. Whose words they are is seen where a person sees it: one's
// own stand at the far side. (The label says "You:", but so may call itself whoever writes.)
(() => {
  const { adapters, extract } = globalThis.khongMotMinh;

  const LIST = '[data-pagelet="MWV2MessageList"], [role="log"], [role="main"] [role="grid"]';
  const MESSAGE = '[data-message-id], [role="gridcell"][data-scope="messages_table"]';
  const WORDS = 'div[dir="auto"]';
  // Quotations and previews can be pressed; names are headings.
  const NOT_SAID = '[role="button"], a, [role="toolbar"], [role="heading"], h1, h2, h3, h4, h5, h6';
  const TAB_HEADER = '[data-pagelet="MWChatTabHeader"]';
  const HEADER_LEVELS = 12; // of boxes between the messages of a chat tab and its header

  const SIDE = 0.05; // of the list's width: a bubble nearer to the middle than that is on no side

  /** @param {string} selector @returns {(element: Element) => boolean} */
  const isOutermost = (selector) => (element) => !element.parentElement?.closest(selector);

  /** @param {Element} element @param {Element} box */
  const standsIn = (element, box) => box !== element && box.contains(element);

  /** The thread that an address is about. @param {string} pathname */
  const threadIn = (pathname) => /\/t\/([^/]+)/.exec(pathname)?.[1] ?? null;

  /** @param {Document} document */
  function containers(document) {
    const isThread = threadIn(document.location.pathname) !== null;
    return [...document.querySelectorAll(LIST)]
      .filter(isOutermost(LIST))
      .filter((list) => list.querySelector(MESSAGE) || headerOf(list) || (isThread && list.closest('[role="main"]')));
  }

  /** @param {Element} list @returns {Element | null} */
  function headerOf(list) {
    let box = list.parentElement;
    for (let level = 0; box && box !== box.ownerDocument.body && level < HEADER_LEVELS; level += 1) {
      const header = box.querySelector(TAB_HEADER);
      if (header) return header;
      box = box.parentElement;
    }
    return null;
  }

  /** A quotation comes before the words that answer it. @param {Element} message */
  function wordsOf(message) {
    return [...message.querySelectorAll(WORDS)]
      .filter((part) => {
        const around = part.closest(NOT_SAID);
        const outer = part.parentElement?.closest(WORDS);
        return !(around && standsIn(around, message)) && !(outer && standsIn(outer, message));
      })
      .at(-1);
  }

  /** Whether it stands nearer to the end of the line than to its beginning.
   *  @param {Element} words @param {Element} list @returns {boolean | null} */
  function isFromMe(words, list) {
    const inner = words.getBoundingClientRect(); // a bubble is as wide as its words
    const outer = list.getBoundingClientRect();
    if (inner.width === 0) return null;
    const before = inner.left - outer.left;
    const after = outer.right - inner.right;
    if (Math.abs(before - after) < outer.width * SIDE) return null;
    return getComputedStyle(list).direction === "rtl" ? before < after : before > after;
  }

  adapters.push({
    name: "messenger",
    matches: ({ hostname }) => /^((www|web|m)\.)?(messenger|facebook)\.com$/.test(hostname),
    isOpen: ({ location }) => threadIn(location.pathname) !== null, // a field under a post opens none
    container: (document) => containers(document)[0] ?? null,
    containers, // several chat tabs may be open
    conversation(document, container) {
      const header = headerOf(container)?.querySelector("a[href]")?.getAttribute("href");
      return header ?? threadIn(document.location.pathname);
    },
    messages: (container) =>
      extract.newest([...container.querySelectorAll(MESSAGE)].filter(isOutermost(MESSAGE)), (element, place) => {
        const words = wordsOf(element);
        const text = words ? extract.visibleText(words) : "";
        const id = element.getAttribute("data-message-id") || `place-${place}`;
        return words && text ? { id, element, text, from_me: isFromMe(words, container) } : null;
      }),
  });
})();
