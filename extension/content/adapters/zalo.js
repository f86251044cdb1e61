/** Zalo Web (chat.zalo.me): where its messages are. */
"use strict";

// The hooks are what several independent public extensions use in 2026, and what a public survey of
// the site of 2026-09-28 found; not seen live by us. Data attributes come first, class names only
// where there is nothing else.
(() => {
  const { adapters, extract } = globalThis.khongMotMinh;

  const MESSAGE = '[data-component="bubble-message"], [id^="bb_msg_id_"]';
  const TEXT = '[data-component="message-text-content"], [data-component="text-container"]';
  const NAME = '[data-component="message-content-view"][data-qid]';
  // The newest message's names begin otherwise: div_LastSentMsg_Text.
  const SENT = '[data-id^="div_SentMsg_"], [data-id^="div_LastSentMsg_"]';
  const RECEIVED = '[data-id^="div_ReceivedMsg_"], [data-id^="div_LastReceivedMsg_"]';
  const OPEN_THREAD = "[anim-data-id].selected";
  // Somebody else's earlier words inside a reply.
  const QUOTED = ".message-quote-fragment__container, .quote-banner, .quote-line";

  /** A bubble's id ends in the time it was sent: rows may stand in either order on the page.
   *  @param {Element | undefined} bubble @returns {number} milliseconds, 0 when unknown */
  function sentAt(bubble) {
    return Number(/\d{10,}$/.exec(bubble?.id ?? "")?.[0] ?? 0);
  }

  /** @param {Element} container @returns {Element[]} oldest first */
  function newestBubbles(container) {
    const endsAt = (/** @type {boolean} */ first) => sentAt(extract.outermost(container, MESSAGE, { most: 1, first })[0]);
    const first = endsAt(true) > endsAt(false); // the newest are at one of the ends
    const bubbles = extract.outermost(container, MESSAGE, { most: extract.ROWS, first }).map((bubble) => ({ bubble, at: sentAt(bubble) }));
    if (bubbles.every(({ at }) => at)) bubbles.sort((one, other) => one.at - other.at);
    return bubbles.map(({ bubble }) => bubble);
  }

  /** @param {Element} bubble @returns {boolean | null} */
  function isFromMe(bubble) {
    if (bubble.classList.contains("me")) return true;
    const name = bubble.querySelector(`${SENT}, ${RECEIVED}`);
    return name && name.matches(SENT);
  }

  adapters.push({
    name: "zalo",
    matches: ({ hostname }) => hostname === "chat.zalo.me",
    container: (document) => document.querySelector("#messageViewScroll"),
    conversation: (document) => document.querySelector(OPEN_THREAD)?.getAttribute("anim-data-id") ?? null,
    messages: (container) =>
      extract.newest(newestBubbles(container), (element, place) => {
        const text = [...element.querySelectorAll(TEXT)]
          .filter((part) => !part.parentElement?.closest(TEXT) && !part.closest(QUOTED))
          .map((part) => extract.visibleText(part, QUOTED))
          .join("\n");
        const id = element.id || element.querySelector(NAME)?.getAttribute("data-qid") || `place-${place}`;
        return text ? { id, element, text, from_me: isFromMe(element) } : null;
      }),
  });
})();
