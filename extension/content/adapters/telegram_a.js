/** Telegram Web A (web.telegram.org/a/): where its messages are. */
"use strict";

// The names are those of its public source, Ajaxy/telegram-tt (components/middle/message/Message.tsx
// and MessageList.tsx), the same over hundreds of versions; not seen live by us.
(() => {
  const { adapters, extract } = globalThis.khongMotMinh;

  const LEAVING = ".Transition_slide:not(.Transition_slide-active)"; // a chat that slides away
  const MESSAGE = ".Message[data-message-id]:not(.SponsoredMessage)";
  const BUBBLE = ".message-content-wrapper";
  // Of a reply, the earlier words; of an address, what its page says of itself; and no one's words.
  const NOT_SAID = ".EmbeddedMessage, .WebPage, .MessageMeta, .Reactions, .translation-animation";

  const OPEN = /^#(@|-?\d)/; // the address while a chat is open; settings have fields, too


  /** @param {Element} row */
  function textOf(row) {
    const words = [...row.querySelectorAll(".text-content")].find((part) => !part.closest(NOT_SAID));
    return words ? extract.visibleText(words, NOT_SAID) : "";
  }

  adapters.push({
    name: "telegram_a",
    matches: ({ hostname, pathname }) =>
      hostname === "weba.telegram.org" || (hostname === "web.telegram.org" && /^\/a(\/|$)/.test(pathname)),
    isOpen: ({ location }) => OPEN.test(location.hash),
    container: (document) =>
      [...document.querySelectorAll(".MessageList")].findLast((list) => !list.closest(LEAVING)) ?? null,
    conversation: ({ location }) => /^#([^?]+)/.exec(location.hash)?.[1] ?? null,
    messages: (container) =>
      extract.newest([...container.querySelectorAll(MESSAGE)], (row) => {
        const text = textOf(row);
        const element = row.querySelector(BUBBLE) ?? row; // below it there is room for a sign
        const id = row.getAttribute("data-message-id") ?? "";
        return text && id ? { id, element, text, from_me: row.classList.contains("own") } : null;
      }),
  });
})();
