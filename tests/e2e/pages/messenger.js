// The moves of the simulated Messenger: see simulated_chat.js; its hooks are told of in messenger.html.
// On facebook.html window.chat is the first chat tab, and window.other the second.
"use strict";

/* global simulateChat, make, inEnglish */

(() => {
  let newest = 7_470_821_894_889_302_962n;
  let oldest = newest;

  function nextId(thread, direction = 1) {
    return `${thread.slice(1)}@msgr.${direction > 0 ? (newest += 1n) : (oldest -= 1n)}`;
  }

  function draw({ id, text, fromMe, quote, system }) {
    if (system) return make("div", { role: "row" }, make("div", { "data-scope": "date_break", dir: "auto" }, text));
    const who = fromMe ? (inEnglish ? "You" : "Bạn") : "Người lạ";
    const cell = make("div", {
      class: "x2cell",
      role: "gridcell",
      "data-scope": "messages_table",
      "data-message-id": id,
      "aria-roledescription": inEnglish ? "message" : "tin nhắn",
      "aria-label": inEnglish ? `At 1:20 PM, ${who}: ${text}` : `Lúc 13:20, ${who}: ${text}`,
    });
    const sent = inEnglish ? "You sent" : "Bạn đã gửi";
    cell.append(make("h5", {}, make("div", { class: "x6hidden", dir: "auto" }, fromMe ? sent : who)));
    if (quote) cell.append(make("div", { role: "button", tabindex: "0" }, make("div", { dir: "auto" }, quote)));
    const inner = make("div", { dir: "auto", "data-words": "" }, text);
    cell.append(make("div", { class: "x3bubble" }, make("div", { dir: "auto" }, inner)));
    const preview = make("a", { role: "link", href: "https://page.test/" }, make("div", { dir: "auto" }, "Em không được kể với bố mẹ"));
    cell.append(preview, make("div", { role: "toolbar" }, make("div", { dir: "auto" }, inEnglish ? "Reply" : "Trả lời")));
    return make("div", { class: `x1row${fromMe ? " x9out" : ""}`, role: "row", "data-pagelet": "MWMessageRow" }, cell);
  }

  const isTabs = document.querySelector(".x4tabs") !== null;
  const path = location.pathname.startsWith("/messages/") ? "/messages/t" : "/t";

  function mark(thread) {
    const key = thread.slice(1); // u100 → 100
    const header = document.querySelector('[data-pagelet="MWChatTabHeader"] a');
    if (isTabs) header.href = `https://www.facebook.com/${key}/`;
    else history.pushState(null, "", `${path}/${key}/messenger.html`);
  }

  function simulate(selector, thread) {
    const list = document.querySelector(selector);
    return simulateChat({ list: () => list, nextId, draw, mark, thread });
  }
  window.chat = simulate("#list", "u100");
  if (isTabs) window.other = simulate("#other", "u200");
})();
