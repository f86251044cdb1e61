/** A chat on any other page, told by the roles that pages give for screen readers.
 *
 *  Most pages are no chat, and of those no word is read: comments under the news, a forum, results, a
 *  shop, an editor. A chat is a list that grows while one reads (role "log", "aria-live", or rows
 *  that call themselves messages), that scrolls by itself, and after which stands a field to write
 *  in that does not scroll along. Whoever looks like one of the others is none.
 */
"use strict";

// Roles: WAI-ARIA 1.2, "log" and "feed". The table KNOWN: public extensions and scripts of 2025 and
// 2026 (WhatsApp: several; Teams: two; Slack: three; TikTok, Instagram: one each, "not confirmed
// live"). Not seen live by us.
(() => {
  const { adapters, extract, sides } = globalThis.khongMotMinh;

  /** @typedef {import("../../types").Scope} Scope */
  /** Sites that are chats for certain, with selectors: a row, the words in it (the last such part: a
   *  quotation stands before them), who wrote it, the field that is there while a conversation is open.
   *  @typedef {{host: RegExp, path?: RegExp, message?: string, words?: string, mine?: string, theirs?: string, field?: string}} Known */

  /** @type {Known[]} */
  const KNOWN = [
    { host: /^(www\.)?instagram\.com$/, path: /^\/direct\//, words: '[dir="auto"]' },
    {
      host: /^(www\.)?tiktok\.com$/,
      path: /^\/messages/,
      message: '[data-e2e="chat-item"]',
      field: '[data-e2e="message-input-area"]',
    },
    {
      host: /^web\.whatsapp\.com$/,
      message: ".message-in, .message-out",
      words: ".selectable-text",
      mine: ".message-out",
      theirs: ".message-in",
      field: "#main footer [contenteditable]", // the other one is for searching
    },
    {
      host: /^teams\.(microsoft\.com|live\.com|cloud\.microsoft)$/,
      message: '[data-tid="chat-pane-message"]',
      words: '[id^="content-"]',
    },
    {
      host: /^app\.slack\.com$/,
      path: /^\/client\//,
      message: '[data-qa="message_container"]',
      words: ".p-rich_text_block",
    },
  ];

  const NEWEST = 60; // rows read; one question holds 50
  const GAP = 240; // pixels at most between the messages and the field: a reply or a picture may stand there
  const UP = 12; // levels above the field to write in, up to what holds the messages too
  const LISTS = '[role="log"], [role="feed"], [role="list"], [role="grid"], ul[aria-live], ol[aria-live]';
  const LIVE = '[role="log"], [aria-live="polite"], [aria-live="assertive"]';
  const OF_POSTS = '[role="feed"]'; // counts only where its rows call themselves messages
  const NUMBERED = /\d[\w-]{3}|[\w-]{3}\d/; // an address that names one conversation among many
  const SAYS_MESSAGE = /message|tin nhắn/i;
  const FIELDS = [
    "textarea", '[contenteditable]:not([contenteditable="false"])', '[role="textbox"]', "input:not([type])", 'input[type="text"]',
  ].join(", ");
  const OTHER_FIELDS = [
    ...['[role="search"] *', '[role="searchbox"]', '[role="combobox"]', "[aria-autocomplete]", "[readonly]", "[disabled]"],
    ...['[aria-hidden="true"]', '[aria-hidden="true"] *', '[autocapitalize="off"][spellcheck="false"]'], // the last: for code
  ].join(", ");
  const NO_CHAT = ["comment", "binhluan", "binh-luan", "review", "danhgia", "danh-gia", "forum", "search", "result"]
    .flatMap((word) => ["class", "id", "data-testid", "itemtype"].map((name) => `[${name}*="${word}" i]`))
    .concat("article", '[role="article"]', "[contenteditable]", '[role="textbox"]')
    .join(", ");
  // Rows of forms, posts, tables, code, or of a list that one chooses from.
  const NO_MESSAGE = [
    ...["input", "select", "textarea", "[contenteditable]", "pre", "[aria-selected]", "[aria-current]"],
    ...["checkbox", "radio", "switch"].map((role) => `[role="${role}"]`),
    ...["td", '[role="gridcell"]', '[role="cell"]'].map((cell) => `${cell} ~ ${cell} ~ ${cell}`),
  ].join(", ");
  const ROWS = ["[aria-roledescription]", '[role="row"]', '[role="article"]', '[role="listitem"]', "li"];
  const QUOTES = 'blockquote, [class*="quote" i], [data-testid*="quote" i], [class*="reply-context" i]';
  // Beside the words: names, times, buttons, what is quoted, what the site itself says.
  const NOT_WORDS = [
    ...[QUOTES, "button", "time", "h1", "h2", "h3", "h4", "h5", "h6"],
    ...["button", "img", "heading", "toolbar", "menu", "tooltip", "separator", "status"].map((role) => `[role="${role}"]`),
  ].join(", ");

  /** @param {Location | null} location */
  function knownAt(location) {
    return KNOWN.find(({ host, path = /^/ }) => location && host.test(location.hostname) && path.test(location.pathname));
  }

  /** @param {Element} element */
  function doesScroll(element) {
    return /auto|scroll/.test(getComputedStyle(element).overflowY);
  }

  /** The nearest box around *element* that scrolls, below *end*. @param {Element} element @param {Element | null} [end] */
  function scrollerOf(element, end = null) {
    /** @type {Element | null} */ let box = element;
    while (box && box !== end && !doesScroll(box)) box = box.parentElement;
    return box === end ? null : box;
  }

  /** The box inside *list* that scrolls, where there is nothing else in it. @param {Element} list */
  function scrollerIn(list) {
    /** @type {Element | null} */ let box = list;
    while (box && !doesScroll(box)) box = box.childElementCount === 1 ? box.firstElementChild : null;
    return box;
  }

  /** @param {Element} list @returns {Element[]} what may be a message each, as they stand on the page */
  function rowsOf(list) {
    for (const kind of ROWS) {
      const rows = [...list.querySelectorAll(kind)].filter((row) => kind === "li" || !row.querySelector(kind));
      const named = kind === ROWS[0] ? rows.filter(saysMessage) : rows;
      if (named.length > 0) return named;
    }
    return [...(scrollerIn(list) ?? list).children];
  }

  /** @param {Element} row */
  function saysMessage(row) {
    return SAYS_MESSAGE.test(row.getAttribute("aria-roledescription") ?? "");
  }

  /** Whether it asks for a name, an address, a letter to the site: one field among others, or at the end of a site.
   *  @param {Element} field */
  function isOfAForm(field) {
    const others = field.closest("form")?.querySelectorAll(`${FIELDS}, select, input[type="email"], input[type="tel"]`) ?? [];
    return others.length > 1 || field.closest("footer, [role='contentinfo']")?.querySelector("a[href]") != null;
  }

  /** @param {Element} field @param {Element} box */
  function standsUnder(field, box) {
    const [above, below] = [box.getBoundingClientRect(), field.getBoundingClientRect()];
    return Math.abs(below.top - above.bottom) <= GAP && below.left <= above.right && below.right >= above.left;
  }

  /** @param {Element} list @param {Element} field after it @param {Element} pane what holds both */
  function isChat(list, field, pane) {
    if (list.closest(NO_CHAT) || field.closest(OTHER_FIELDS) || isOfAForm(field)) return false;
    const box = scrollerOf(list, pane) ?? scrollerIn(list);
    if (!box || !standsUnder(field, box)) return false;
    if (field.clientHeight > list.clientHeight / 2 && list.clientHeight > 0) return false; // an editor
    const rows = rowsOf(list).slice(-NEWEST);
    if (!(list.matches(LIVE) && !list.matches(OF_POSTS)) && !rows.some(saysMessage)) return false;
    const others = rows.filter((row) => row.matches(NO_MESSAGE) || row.querySelector(NO_MESSAGE));
    return rows.length > 0 && others.length <= rows.length / 2;
  }

  /** The list of messages that *field* writes to: the nearest before it.
   *  @param {Element} field @param {boolean} isKnown @returns {Element | null} */
  function listBefore(field, isKnown) {
    if (field.closest(LISTS)) return null; // it belongs to a row
    /** @type {Element | null} */ let pane = field.parentElement;
    for (let level = 0; pane && level < UP; level += 1, pane = pane.parentElement) {
      const isBefore = (/** @type {Element} */ list) =>
        (field.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
      const list = [...pane.querySelectorAll(LISTS)].findLast(isBefore);
      if (list) return isKnown || isChat(list, field, pane) ? list : null;
    }
    return null;
  }

  /** @param {Element} row @param {Known | undefined} known */
  function textOf(row, known) {
    const words = known?.words;
    if (!words) return extract.visibleText(row, NOT_WORDS);
    const last = [...row.querySelectorAll(words)].findLast((part) => !part.parentElement?.closest(words));
    return last ? extract.visibleText(last, QUOTES) : "";
  }

  /** @param {Element} list @param {Known | undefined} known */
  function read(list, known) {
    const rows = known?.message ? [...list.querySelectorAll(known.message)] : rowsOf(list);
    return rows.slice(-NEWEST).flatMap((row) => {
      const text = textOf(row, known);
      return text ? [{ row, text }] : [];
    });
  }

  /** The element of the longest run of words in *row*. @param {Element} row */
  function wordsIn(row) {
    const texts = row.ownerDocument.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    let longest = 0;
    let words = row;
    while (texts.nextNode()) {
      const { nodeValue, parentElement } = texts.currentNode;
      const length = nodeValue?.trim().length ?? 0;
      if (length <= longest || !parentElement || parentElement.closest(NOT_WORDS)) continue;
      longest = length;
      words = parentElement;
    }
    return words;
  }

  /** @param {Element[]} rows @param {Known | undefined} known @returns {(boolean | null)[]} */
  function whoWrote(rows, known) {
    const { mine, theirs } = known ?? {};
    if (!mine || !theirs) return sides.tellSides(rows.map((row) => sides.boxOf(row, wordsIn(row))));
    return rows.map((row) => (row.matches(mine) ? true : row.matches(theirs) ? false : null));
  }

  /** The id that the page gives, else one made of the words, which outlives a re-render.
   *  @param {Element} row @param {string} text @param {Map<string, number>} times each was seen */
  function idOf(row, text, times) {
    for (const name of ["data-message-id", "data-mid", "data-id", "data-item-key", "id"]) {
      const id = row.getAttribute(name);
      if (id) return id;
    }
    let hash = 0;
    for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    const name = hash.toString(36);
    times.set(name, (times.get(name) ?? 0) + 1);
    return `words${name}.${times.get(name)}`;
  }

  /** @param {Scope} scope */
  function pageOf(scope) {
    return "host" in scope ? scope.ownerDocument : scope;
  }

  /** @param {Scope} scope @returns {Element | null} the list of messages in it */
  function findChat(scope) {
    const known = knownAt(pageOf(scope).location);
    if (known?.message) {
      const message = scope.querySelector(known.message);
      return message && (scrollerOf(message) ?? message.parentElement);
    }
    if (!scope.querySelector(LISTS)) return null;
    for (const field of scope.querySelectorAll(FIELDS)) {
      if (field.checkVisibility && !field.checkVisibility()) continue;
      const list = listBefore(field, known !== undefined);
      if (list) return list;
    }
    return null;
  }

  /** @type {import("../../types").Adapter} */
  const generic = {
    name: "generic", // the last in the list: it takes what no other adapter knows
    matches: () => true,
    knows: (location) => knownAt(location) !== undefined,
    isOpen(document) {
      const field = knownAt(document.location)?.field;
      return field ? document.querySelector(field) !== null : undefined;
    },
    container: findChat,
    inside: (root) => ({ ...generic, container: () => findChat(root) }),
    conversation({ location }) {
      const place = location ? `${location.pathname}${location.search}${location.hash}` : "";
      return NUMBERED.test(place) ? place : null; // else two people's words could be taken for one's
    },
    messages(container) {
      const known = knownAt(container.ownerDocument.location);
      const seen = read(container, known);
      const mine = whoWrote(seen.map(({ row }) => row), known);
      const times = new Map();
      return seen.map(({ row, text }, at) => ({ id: idOf(row, text, times), element: row, text, from_me: mine[at] }));
    },
  };
  adapters.push(generic);
})();
