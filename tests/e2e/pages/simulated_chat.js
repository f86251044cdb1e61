// What every simulated chat can do, whatever its rows look like: window.chat for the tests.
//
// A conversation is kept as a list of messages; rows are drawn from it, and may be thrown away and
// drawn anew as a virtualised list does. Where a message stands is told by its id, never by its row.
"use strict";

/* exported simulateChat, make, inEnglish */

/** @param {{
 *    list: () => Element,                    what holds the rows of the open conversation
 *    nextId: (thread: string) => string,
 *    draw: (message: object) => Element,     one row: {id, text, fromMe, thread, quote, system}
 *    mark: (thread: string) => void,         shows which conversation is open, as the site does
 *    thread?: string, newestFirst?: boolean,
 *  }} site */
function simulateChat({ list, nextId, draw, mark, thread = "u100", newestFirst = false }) {
  const memory = `kept ${thread}`;
  const { open, all } = JSON.parse(sessionStorage.getItem(memory)) ?? { open: thread, all: [] };
  const conversations = new Map(all);
  const rows = new Map(); // id → the row that stands on the page now
  let drawn = { from: 0, to: Infinity }; // which messages have a row
  const messages = () => conversations.get(thread) ?? conversations.set(thread, []).get(thread);

  function add(row) {
    if (newestFirst) list().prepend(row);
    else list().append(row);
  }

  function drawAll() {
    rows.clear();
    list().replaceChildren();
    for (const message of messages().slice(drawn.from, drawn.to)) {
      rows.set(message.id, draw(message));
      add(rows.get(message.id));
    }
  }

  function come(message) {
    const whole = { id: nextId(thread), thread, fromMe: false, ...message };
    messages().push(whole);
    if (drawn.to >= messages().length) {
      rows.set(whole.id, draw(whole));
      add(rows.get(whole.id));
      rows.get(whole.id).scrollIntoView({ block: "end" });
    }
    return whole.id;
  }

  function say(id, text) {
    messages().find((message) => message.id === id).text = text;
    const fresh = draw(messages().find((message) => message.id === id));
    const now = rows.get(id);
    // Only the words change, as when a site writes them out bit by bit.
    const [words, wanted] = [now, fresh].map((row) => row.querySelector("[data-words]") ?? row);
    words.replaceChildren(...wanted.childNodes);
  }

  /** An element that nobody drew here: no attribute, no child. Our sign shows no more of itself. */
  const isForeign = (element) =>
    element.attributes.length === 0 && !element.hasChildNodes() && /^(DIV|SPAN)$/.test(element.tagName);

  const beside = (sign) => [...rows].find(([, row]) => row.contains(sign))?.[0] ?? null;
  let signed = []; // beside which messages a sign has stood since this conversation was opened
  new MutationObserver((records) => {
    const signs = records.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node.nodeType === 1 && isForeign(node));
    signed.push(...signs.filter((sign) => sign.isConnected).map(beside));
  }).observe(document.body, { childList: true, subtree: true });

  if (all.length > 0) {
    sessionStorage.removeItem(memory);
    for (const { length } of conversations.values()) for (let at = 0; at < length; at += 1) nextId(thread); // given already
    mark(open);
    thread = open;
    drawAll();
  }

  return {
    receive: (text, more) => come({ text, ...more }),
    send: (text, more) => come({ text, fromMe: true, ...more }),
    system: (text) => come({ text, system: true }),
    newest: () => (newestFirst ? list().firstElementChild : list().lastElementChild),
    row: (id) => rows.get(id) ?? null,
    /** The messages that a sign of ours stands beside; null for one that stands beside none. */
    signs: () => [...document.querySelectorAll("div, span")].filter(isForeign).map(beside),
    /** The messages that a sign has stood beside since the conversation was opened, each once. */
    signed: () => [...new Set(signed)],
    /** Whether the sign of message *id* is below its words, on their side, and inside the window's width. */
    isSignInPlace(id) {
      const sign = [...rows.get(id).querySelectorAll("div, span")].find(isForeign);
      const [words, box] = [rows.get(id).querySelector("[data-words]"), sign].map((each) => each.getBoundingClientRect());
      return box.height > 0 && box.top >= words.bottom - 1 && box.left >= 0 && box.right <= innerWidth;
    },
    /** The messages of the open conversation, oldest first. */
    ids: () => messages().map(({ id }) => id),
    /** Reload now, and all that was said stands there again, as on a site that has it from its server. */
    keep: () => sessionStorage.setItem(memory, JSON.stringify({ open: thread, all: [...conversations] })),
    clear() {
      conversations.set(thread, []);
      drawAll();
    },
    open(other) {
      mark(other);
      thread = other;
      drawn = { from: 0, to: Infinity };
      drawAll();
      signed = [];
    },
    /** The address says so already, and the rows come later. */
    openLate: (other) => mark(other),
    rerender: drawAll,
    /** Only these of the messages have rows, as in a list that draws what is on the screen. */
    scrollTo(from, to = Infinity) {
      drawn = { from, to };
      drawAll();
    },
    /** Older messages come in above, each [text, fromMe]. */
    prepend(older) {
      const known = messages();
      const made = older.map(([text, fromMe]) => ({ id: nextId(thread, -1), thread, text, fromMe }));
      known.unshift(...made);
      drawAll();
      return made.map(({ id }) => id);
    },
    /** A message that is written out in *pieces*, one at a time. */
    async stream(text, pieces) {
      const cut = (piece) => text.slice(0, Math.ceil((text.length * piece) / pieces));
      const id = come({ text: cut(1) });
      for (let piece = 2; piece <= pieces; piece += 1) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        say(id, cut(piece));
      }
      return id;
    },
    edit: say,
    /** The site has a new version: not one of the names that the adapter knows is left on the rows. */
    rename() {
      for (const element of [...rows.values()].flatMap((row) => [row, ...row.querySelectorAll("*")])) {
        for (const { name } of [...element.attributes]) element.removeAttribute(name);
        element.className = "x1a2b3c";
      }
    },
  };
}

/** An element, its attributes and what is in it.
 *  @param {string} tag @param {Record<string, string>} attributes @param {...(Element | string)} inside */
function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

/** The page's language, as ?lang=en asks: what a site writes around messages. */
const inEnglish = new URLSearchParams(location.search).get("lang") === "en";
if (inEnglish) document.documentElement.lang = "en";
