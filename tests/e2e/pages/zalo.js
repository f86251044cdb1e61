// The moves of the simulated Zalo chat: see simulated_chat.js; its hooks are told of in zalo.html.
"use strict";

/* global simulateChat, make, inEnglish */

window.chat = (() => {
  const list = document.querySelector("#list");
  let newest = 1_790_000_000_000; // Zalo's ids end in milliseconds
  let oldest = newest;

  function nextId(_thread, direction = 1) {
    const at = direction > 0 ? (newest += 1000) : (oldest -= 1000);
    return `bb_msg_id_${at}`;
  }

  function markLast(row) {
    // The newest bubble's data-id has another beginning.
    for (const card of list.querySelectorAll('[data-id^="div_Last"]')) {
      card.dataset.id = card.dataset.id.replace("div_Last", "div_");
    }
    for (const card of row.querySelectorAll(".card")) card.dataset.id = card.dataset.id.replace("div_", "div_Last");
  }

  function draw({ id, text, fromMe, quote, system }) {
    if (system) return make("div", { class: "chat-message chat-date" }, make("span", { class: "content" }, text));
    const me = fromMe ? " me" : "";
    const words = make("span", { class: "text", "data-component": "message-text-content", "data-words": "" }, text);
    const view = make("div", { "data-component": "message-content-view", "data-qid": `${id.slice(10)}_q` });
    if (quote) {
      const quoted = make("div", { class: "message-quote-fragment__description", "data-component": "text-container" }, quote);
      view.append(make("div", { class: "message-quote-fragment__container" }, quoted));
    }
    view.append(words);
    const card = make(
      "div",
      { class: `card${me}`, "data-id": fromMe ? "div_SentMsg_Text" : "div_ReceivedMsg_Text" },
      make("div", { class: "message-sender-name-content hidden" }, "Người lạ"),
      view,
      make("span", { class: "card-send-time__sendTime" }, "13:20"),
      make("span", { class: "card-send-status" }, fromMe ? (inEnglish ? "Sent" : "Đã gửi") : ""),
    );
    const row = make(
      "div",
      { class: `chat-message wrap-message rotate-container${me}`, "data-component": "bubble-message", id },
      make("div", { class: "row" }, card),
    );
    markLast(row);
    return row;
  }

  function mark(thread) {
    for (const item of document.querySelectorAll(".msg-item")) {
      item.classList.toggle("selected", item.getAttribute("anim-data-id") === thread);
    }
  }

  return simulateChat({ list: () => list, nextId, draw, mark });
})();
