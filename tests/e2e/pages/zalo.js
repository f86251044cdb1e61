// The moves of the simulated chat: window.chat.receive(text), send, open(thread), clear, newest.
"use strict";

window.chat = (() => {
  const list = document.querySelector("#list");
  let last = 1_790_000_000_000; // Zalo's ids end in milliseconds

  function make(tag, className, attributes = {}) {
    const element = document.createElement(tag);
    element.className = className;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  function put(text, fromMe) {
    last += 1000;
    const me = fromMe ? " me" : "";
    const bubble = make("div", `chat-message wrap-message rotate-container${me}`, {
      "data-component": "bubble-message",
      id: `bb_msg_id_${last}`,
    });
    const row = make("div", "row");
    const card = make("div", `card${me}`, { "data-id": fromMe ? "div_SentMsg_Text" : "div_ReceivedMsg_Text" });
    const name = make("div", "message-sender-name-content hidden");
    name.textContent = "Người lạ";
    const view = make("div", "", { "data-component": "message-content-view", "data-qid": `${last}_q` });
    const words = make("span", "text", { "data-component": "message-text-content" });
    words.textContent = text;
    const time = make("span", "card-send-time__sendTime");
    time.textContent = "13:20";
    view.append(words);
    card.append(name, view, time);
    row.append(card);
    bubble.append(row);
    list.append(bubble);
    bubble.scrollIntoView({ block: "end" });
    return bubble.id;
  }

  return {
    receive: (text) => put(text, false),
    send: (text) => put(text, true),
    clear: () => list.replaceChildren(),
    newest: () => list.lastElementChild,
    open(thread) {
      for (const item of document.querySelectorAll(".msg-item")) {
        item.classList.toggle("selected", item.getAttribute("anim-data-id") === thread);
      }
      list.replaceChildren();
    },
  };
})();
