// The moves of the simulated Telegram K: see simulated_chat.js; its hooks are told of in telegram_k.html.
"use strict";

/* global simulateChat, make, inEnglish */

window.chat = (() => {
  const peer = (thread) => thread.slice(1); // u100 → 100
  let newest = 1000;
  let oldest = 1000;

  function draw({ id, thread, text, fromMe, quote, system }) {
    const content = make("div", { class: "bubble-content" });
    const row = make(
      "div",
      { class: `bubble ${system ? "service" : fromMe ? "is-out" : "is-in"}`, "data-mid": id, "data-peer-id": peer(thread) },
      make("div", { class: "bubble-content-wrapper" }, content),
    );
    if (system) {
      content.append(make("div", { class: "service-msg" }, text), make("div", { class: "message" }, text));
      return row;
    }
    if (quote) {
      content.append(make("div", { class: "reply" }, make("div", { class: "reply-title" }, "Lan"), make("div", { class: "message" }, quote)));
    }
    const edited = make("i", { class: "time-part" }, inEnglish ? "edited " : "đã sửa ");
    const preview = make("a", { class: "webpage" }, "Xem trước: em không được kể với bố mẹ");
    content.append(
      make("div", { class: "name" }, fromMe ? "" : "Người lạ"),
      make(
        "div",
        { class: "message spoilers-container" },
        make("span", { class: "translatable-message", "data-words": "" }, text),
        preview,
        make("span", { class: "time" }, edited, "13:20"),
        make("reactions-element", { class: "reactions" }, "👍 2"),
      ),
    );
    return row;
  }

  function mark(thread) {
    for (const item of document.querySelectorAll(".chatlist-chat")) {
      item.classList.toggle("active", item.dataset.peerId === peer(thread));
    }
    location.hash = peer(thread);
  }

  return simulateChat({
    list: () => document.querySelector("#list"),
    nextId: (_thread, direction = 1) => String(direction > 0 ? (newest += 1) : (oldest -= 1)),
    draw,
    mark,
  });
})();
