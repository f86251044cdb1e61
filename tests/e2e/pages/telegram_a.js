// The moves of the simulated Telegram A: see simulated_chat.js; its hooks are told of in telegram_a.html.
"use strict";

/* global simulateChat, make, inEnglish */

window.chat = (() => {
  let newest = 1000;
  let oldest = 1000;

  function draw({ id, text, fromMe, quote, system }) {
    if (system) {
      return make("div", { class: "ActionMessage message-list-item", "data-message-id": id }, make("div", { class: "text-content" }, text));
    }
    const content = make("div", { class: "message-content text", dir: "auto" });
    if (!fromMe) content.append(make("div", { class: "message-title" }, "Người lạ"));
    if (quote) {
      const quoted = make("div", { class: "message-text text-content" }, quote);
      content.append(make("div", { class: "EmbeddedMessage" }, quoted, make("div", { class: "message-title" }, "Lan")));
    }
    const meta = make("span", { class: "MessageMeta" }, inEnglish ? "edited 13:20" : "đã sửa 13:20");
    content.append(
      make("div", { class: "text-content clearfix with-meta", dir: "auto" }, make("span", { "data-words": "" }, text), meta),
      make("div", { class: "WebPage" }, make("div", { class: "WebPage-text text-content" }, "Em không được kể với bố mẹ")),
      make("div", { class: "Reactions" }, "👍 2"),
    );
    return make(
      "div",
      { class: `Message message-list-item${fromMe ? " own" : ""}`, id: `message${id}`, "data-message-id": id },
      make("div", { class: "bottom-marker", "data-message-id": id }),
      make("div", { class: "message-content-wrapper can-select-text" }, content),
    );
  }

  function mark(thread) {
    const address = `#${thread.slice(1)}`; // u100 → #100
    location.hash = address;
    for (const item of document.querySelectorAll(".ListItem")) {
      item.classList.toggle("selected", item.getAttribute("href") === address);
    }
  }

  if (!location.hash) location.hash = "#100";
  return simulateChat({
    list: () => document.querySelector("#list"),
    nextId: (_thread, direction = 1) => String(direction > 0 ? (newest += 1) : (oldest -= 1)),
    draw,
    mark,
  });
})();
