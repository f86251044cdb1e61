/** The practice page inside the extension: a chat whose other side is a parent or a teacher. */
"use strict";

(() => {
  const { adapters, extract } = globalThis.khongMotMinh;

  adapters.push({
    name: "practice",
    matches: (_location, document) => document.body.dataset.practice === "1",
    container: (document) => document.querySelector("#practice-chat"),
    conversation: () => null, // every round starts anew: nothing is remembered as seen earlier
    messages: (container) =>
      [...container.querySelectorAll("li[data-message-id]")].flatMap((element) => {
        const words = element.querySelector(".text");
        const text = words ? extract.visibleText(words) : "";
        const id = element.getAttribute("data-message-id") ?? "";
        return text && id ? [{ id, element, text, from_me: element.getAttribute("data-from") === "me" }] : [];
      }),
  });
})();
