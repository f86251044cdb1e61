/** Telegram Web K (web.telegram.org/k/): where its messages are. */
"use strict";

// The names are those of its public source, morethanwords/tweb (src/components/chat/bubbles.ts), the
// same from 2021 to 2026; not seen live by us.
(() => {
  const { adapters, extract } = globalThis.khongMotMinh;

  const LIST = ".bubbles-inner";
  const MESSAGE = ".bubble[data-mid]:not(.service, .is-sponsored, .is-date)";
  const BUBBLE = ".bubble-content-wrapper";
  // Of a reply, the earlier words; of an address, what its page says of itself; and no one's words.
  const NOT_SAID = ".reply, .webpage, .web, .time, .reactions, reactions-element";

  const OPEN = /^#(@|-?\d)/; // the address while a chat is open; settings have fields, too


  /** @param {Element} bubble @returns {boolean | null} */
  function isFromMe({ classList }) {
    if (classList.contains("is-out")) return true;
    return classList.contains("is-in") ? false : null;
  }

  /** @param {Element} bubble */
  function textOf(bubble) {
    const words = [...bubble.querySelectorAll(".message")].find((part) => !part.closest(NOT_SAID));
    return words ? extract.visibleText(words, NOT_SAID) : "";
  }

  adapters.push({
    name: "telegram_k",
    matches: ({ hostname, pathname }) =>
      hostname === "webk.telegram.org" || (hostname === "web.telegram.org" && /^\/k(\/|$)/.test(pathname)),
    isOpen: ({ location }) => OPEN.test(location.hash),
    // A chat that has been left may still stand beside the open one.
    container: (document) => document.querySelector(`.chat.active ${LIST}`) ?? document.querySelector(LIST),
    // The rows themselves say whose they are: an address that changes first misleads nobody.
    conversation: (_document, container) =>
      [...container.querySelectorAll(MESSAGE)].at(-1)?.getAttribute("data-peer-id") ?? null,
    messages: (container) =>
      extract.newest([...container.querySelectorAll(MESSAGE)], (row) => {
        const text = textOf(row);
        const element = row.querySelector(BUBBLE) ?? row; // below it there is room for a sign
        const id = row.getAttribute("data-mid") ?? "";
        return text && id ? { id, element, text, from_me: isFromMe(row) } : null;
      }),
  });
})();
