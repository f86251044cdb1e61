/** Read what a person sees: the text of an element, and where a link really goes. Only reads. */
"use strict";

(() => {
  const TEXT_UNITS = 20_000; // UTF-16 units read of one element; the service takes 4,096 code points
  const URL_CHARS = 2048; // service/notalone/config.py Limits.url_chars
  const NODES = 4000; // a message of a million nested tags is cut off here

  const UNREAD = "input, textarea, select, option, script, style, noscript, template, [hidden], [contenteditable]";
  const LINE_BREAKERS = new Set(["BR", "P", "DIV", "LI", "TR", "BLOCKQUOTE", "PRE", "H1", "H2", "H3"]);

  // Addresses that only forward: the host, the path it forwards from, the parameter with the goal.
  const FORWARDERS = [
    { host: /^lm?\.(facebook|messenger|instagram|threads)\.com$/, path: /^\//, parameter: "u" },
    { host: /^(www\.)?facebook\.com$/, path: /^\/(l|flx\/warn)(\.php)?\/?$/, parameter: "u" },
    { host: /^(www\.)?google\.[a-z.]{2,6}$/, path: /^\/url$/, parameter: "q" },
    { host: /^(www\.)?google\.[a-z.]{2,6}$/, path: /^\/url$/, parameter: "url" },
    { host: /^(www\.)?youtube\.com$/, path: /^\/redirect$/, parameter: "q" },
  ];

  /** Text as shown, with a line break where the page starts a new line. Input fields are never read.
   *  @param {Element} element
   *  @param {string} [except] selector of more that is left out: the time, somebody else's words
   *  @returns {string} at most TEXT_UNITS long */
  function visibleText(element, except) {
    const unread = except ? `${UNREAD}, ${except}` : UNREAD;
    if (element.matches(unread)) return "";
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

  /** @param {string} href @param {string} base @returns {URL | null} */
  function parseWeb(href, base) {
    const url = URL.canParse(href, base) ? new URL(href, base) : null;
    return url && (url.protocol === "http:" || url.protocol === "https:") ? url : null;
  }

  /** @param {URL} url @returns {URL} the goal of a forwarding address, or *url* itself */
  function unwrap(url) {
    for (const { host, path, parameter } of FORWARDERS) {
      if (!host.test(url.hostname) || !path.test(url.pathname)) continue;
      const goal = parseWeb(url.searchParams.get(parameter) ?? "", "about:blank");
      if (goal) return goal;
    }
    return url;
  }

  /** The web address a link leads to, or null: not a web address, or a place on this same host.
   *  @param {Element} anchor
   *  @returns {string | null} cut to URL_CHARS; the host always survives */
  function linkAddress(anchor) {
    const href = anchor.getAttribute("href") ?? anchor.getAttribute("xlink:href");
    const { baseURI, location } = anchor.ownerDocument;
    const found = href && !href.startsWith("#") ? parseWeb(href, baseURI) : null;
    if (!found) return null;
    const url = unwrap(found);
    if (url.host === location?.host) return null; // the person is already there
    return url.href.slice(0, URL_CHARS);
  }

  /** @param {string} text @param {number} count @returns {string} */
  function firstCodePoints(text, count) {
    if (text.length <= count) return text;
    return Array.from(text.slice(0, 2 * count)).slice(0, count).join("");
  }

  // The first of our scripts on the page makes the namespace; the later ones fill it.
  globalThis.khongMotMinh = /** @type {import("../globals").KhongMotMinh} */ ({
    adapters: /** @type {import("../types").Adapter[]} */ ([]),
    extract: { visibleText, linkAddress, firstCodePoints },
  });
})();
