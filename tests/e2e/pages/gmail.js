// The moves of the simulated thread: window.chat.receive(text), send, reply(text, quoted), fold, open(thread, subject).
"use strict";

window.chat = (() => {
  const OWN = "hocsinh@truong.example";
  const mails = document.querySelector("#mails");
  const subject = document.querySelector("h2.hP");
  let last = 1000;

  function make(tag, className, text = "", attributes = {}) {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  function put(text, from, { quoted = "", attribution = true } = {}) {
    last += 1;
    const mail = make("div", "adn ads", "", { "data-message-id": `#msg-f:${last}`, "data-legacy-message-id": `18f${last}` });
    const column = make("div", "gs");
    const head = make("div", "gE iv gt");
    head.append(make("span", "gD", "Người gửi", { email: from }), make("span", "g3", "13:20"));
    const outer = make("div", "ii gt");
    const body = make("div", "a3s aiL");
    body.append(make("div", "", text));
    if (quoted) {
      const quote = make("div", "gmail_quote");
      if (attribution) quote.append(make("div", "gmail_attr", `Vào T2, 23 thg 11, 2026 <${OWN}> đã viết:`));
      quote.append(make("blockquote", "gmail_quote", quoted));
      body.append(quote);
    }
    outer.append(body);
    column.append(head, outer);
    mail.append(make("div", "aCi", "👤"), column);
    mails.append(mail);
    return mail.getAttribute("data-legacy-message-id");
  }

  return {
    receive: (text, quote) => put(text, "nguoila@thu.example", quote),
    send: (text, quote) => put(text, OWN, quote),
    newest: () => mails.lastElementChild,
    fold: (at) => mails.children[at].querySelector(".ii").remove(),
    clear: () => mails.replaceChildren(),
    open(thread, words) {
      mails.replaceChildren();
      subject.setAttribute("data-legacy-thread-id", thread);
      subject.textContent = words;
    },
    close() {
      mails.replaceChildren();
      subject.remove();
    },
  };
})();
