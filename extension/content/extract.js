/** Read what a person sees: the text of an element, and where a link really goes. Only reads. */
"use strict";

(() => {
  /** @typedef {import("../types").SeenMessage} SeenMessage */

  const TEXT_UNITS = 20_000; // UTF-16 units read of one element; the service takes 4,096 code points
  const URL_CHARS = 2048; // service/notalone/config.py Limits.url_chars
  const NODES = 4000; // a message of a million nested tags is cut off here
  const MESSAGES = 50; // in one question; design.md 5.2
  const ROWS = 100; // looked at for them: some only show a picture
  const ELEMENTS = 20_000; // between messages, where a page has put a million of others

  const UNREAD = "input, textarea, select, option, script, style, noscript, template, [hidden], [contenteditable]";
  const LINE_BREAKERS = new Set(["BR", "P", "DIV", "LI", "TR", "BLOCKQUOTE", "PRE", "H1", "H2", "H3"]);

  // An address within an address, plain or in base64: it may forward. Which sites do, and where to, is
  // the service's to say (rules/wrappers.toml).
  const CARRIES_AN_ADDRESS = /https?(:|%3a)|aHR0c/i;

  /** Text as shown, with a line break where the page starts a new line. Input fields are never read.
   *  @param {Element} element
   *  @param {string} [except] selector of more that is left out: the time, somebody else's words
   *  @returns {string} at most TEXT_UNITS long */
  function visibleText(element, except) {
    const unread = except ? `${UNREAD}, ${except}` : UNREAD;
    if (element.matches(unread)) return "";
    if (!element.firstElementChild) return (element.textContent ?? "").slice(0, TEXT_UNITS).trim(); // as most messages are
    const { SHOW_ELEMENT, SHOW_TEXT, FILTER_ACCEPT, FILTER_REJECT } = NodeFilter;
    const walker = element.ownerDocument.createTreeWalker(element, SHOW_ELEMENT | SHOW_TEXT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && /** @type {Element} */ (node).matches(unread) ? FILTER_REJECT : FILTER_ACCEPT,
    );
    let text = "";
    for (let seen = 0; seen < NODES && text.length < TEXT_UNITS && walker.nextNode(); seen += 1) {
      const node = walker.currentNode;
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (LINE_BREAKERS.has(node.nodeName) && text && !text.endsWith("\n")) text += "\n";
      } else {
        text += (node.nodeValue ?? "").slice(0, TEXT_UNITS - text.length);
      }
    }
    return text.trim();
  }

  /** The last elements in *container* that match, none inside another. Of a long chat no more is looked at.
   *  @param {Element} container
   *  @param {string} selector
   *  @param {{most: number, first?: boolean}} wish  *first*: those at its beginning instead
   *  @returns {Element[]} in the order of the page */
  function outermost(container, selector, { most, first = false }) {
    const { SHOW_ELEMENT, FILTER_ACCEPT, FILTER_SKIP, FILTER_REJECT } = NodeFilter;
    let left = ELEMENTS;
    const walker = container.ownerDocument.createTreeWalker(container, SHOW_ELEMENT, (node) => {
      if ((left -= 1) < 0) return FILTER_REJECT;
      return /** @type {Element} */ (node).matches(selector) ? FILTER_ACCEPT : FILTER_SKIP;
    });
    const found = [];
    let at = first ? walker.firstChild() : walker.lastChild(); // what is skipped is looked into
    while (at && found.length < most) {
      found.push(/** @type {Element} */ (at));
      at = first ? walker.nextSibling() : walker.previousSibling();
    }
    return first ? found : found.reverse();
  }

  /** The newest messages, as many as one question holds. Of a long chat no more is read.
   *  @template R @param {R[]} rows oldest first
   *  @param {(row: R, place: number) => SeenMessage | null} read null for one that says nothing
   *  @returns {SeenMessage[]} oldest first */
  function newest(rows, read) {
    const last = rows.slice(-ROWS);
    const messages = [];
    for (let place = last.length - 1; place >= 0 && messages.length < MESSAGES; place -= 1) {
      const message = read(last[place], place);
      if (message) messages.push(message);
    }
    return messages.reverse();
  }

  /** @param {string} href @param {string} base @returns {URL | null} */
  function parseWeb(href, base) {
    const url = URL.canParse(href, base) ? new URL(href, base) : null;
    return url && (url.protocol === "http:" || url.protocol === "https:") ? url : null;
  }

  /** The web address a link leads to, or null: not a web address, or a place on this same host
   *  that carries no other address.
   *  @param {Element} anchor
   *  @returns {string | null} cut to URL_CHARS; the host always survives */
  function linkAddress(anchor) {
    const href = anchor.getAttribute("href") ?? anchor.getAttribute("xlink:href");
    const { baseURI, location } = anchor.ownerDocument;
    const url = href && !href.startsWith("#") ? parseWeb(href, baseURI) : null;
    if (!url) return null;
    const isHere = url.host === location?.host; // the person is already there
    if (isHere && !CARRIES_AN_ADDRESS.test(url.pathname + url.search)) return null;
    return url.href.slice(0, URL_CHARS);
  }

  /** @param {string} text @param {number} count @returns {string} */
  function firstCodePoints(text, count) {
    if (text.length <= count) return text;
    return Array.from(text.slice(0, 2 * count)).slice(0, count).join("");
  }

  // The first of our scripts on the page makes the namespace; the later ones fill it.
  const ours = (globalThis.khongMotMinh ??= /** @type {import("../globals").KhongMotMinh} */ ({}));
  ours.adapters = [];
  ours.extract = { MESSAGES, ROWS, visibleText, outermost, newest, linkAddress, firstCodePoints };
})();
