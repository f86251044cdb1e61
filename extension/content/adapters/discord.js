/** Discord (discord.com): where its messages are. */
"use strict";

// The ids are what undiscord and more than eight other public extensions, scripts and saved pages of
// 2022 to 2026 use; not seen live by us. Class names end in a hash that changes: of two the beginning
// is used, to leave a message out and to find one's own picture, and nothing else.
(() => {
  const { adapters, extract } = globalThis.khongMotMinh;

  const LIST = '[data-list-id="chat-messages"]';
  const ROW = 'li[id^="chat-messages-"]';
  const SYSTEM = '[class*="systemMessage" i]'; // "Lan joined", "a call began": no one's words
  const ACCOUNT = 'section[class*="panels"]'; // one's own picture stands at the lower left
  const PICTURE = 'img[src*="/avatars/"]';
  const FORUM = '[data-list-id^="forum-channel-list"]'; // posts, and a field to search them; one opens beside it
  const REPLY = '[id^="message-reply-context-"]'; // holds the picture and words of somebody else
  const HOSTS = ["discord.com", "ptb.discord.com", "canary.discord.com"];


  /** Whose picture it is, as its address tells: …/avatars/<user>/… or …/users/<user>/avatars/….
   *  @param {Element | undefined} picture
   *  @returns {string | null} "" for one of the pictures that many share, null without any */
  function userOf(picture) {
    const address = picture?.getAttribute("src") ?? null;
    return address && (/\/users\/(\d+)\/avatars\//.exec(address) ?? /\/avatars\/(\d+)\//.exec(address) ?? ["", ""])[1];
  }

  /** Only the first of several messages in a row has a picture; the others name the first.
   *  @param {Element} row @returns {string | null} */
  function writerOf(row) {
    const article = row.querySelector("[aria-labelledby]");
    const name = /message-username-\d+/.exec(article?.getAttribute("aria-labelledby") ?? "")?.[0];
    const first = name && row.ownerDocument.getElementById(name)?.closest(ROW);
    const pictures = first ? [...first.querySelectorAll(PICTURE)] : [];
    return userOf(pictures.find((picture) => !picture.closest(`${REPLY}, [id^="message-content-"]`)));
  }

  /** @param {Element} row @param {string | null} me @returns {boolean | null} */
  function isFromMe(row, me) {
    const writer = writerOf(row);
    if (writer === null || me === null || (writer === "" && me === "")) return null;
    return writer === me;
  }

  adapters.push({
    name: "discord",
    matches: ({ hostname }) => HOSTS.includes(hostname),
    isOpen: (document) => (document.querySelector(FORUM) ? false : undefined),
    container: (document) => document.querySelector(LIST),
    containers: (document) => [...document.querySelectorAll(LIST)], // a thread may stand beside its channel
    conversation: (_document, container) =>
      /^chat-messages-(\d+)-/.exec([...container.querySelectorAll(ROW)].at(-1)?.id ?? "")?.[1] ?? null,
    messages(container) {
      const me = userOf(container.ownerDocument.querySelector(`${ACCOUNT} ${PICTURE}`) ?? undefined);
      return extract.newest([...container.querySelectorAll(ROW)], (element) => {
        const message = /\d+$/.exec(element.id)?.[0];
        const words = element.querySelector(SYSTEM) ? null : element.querySelector(`[id="message-content-${message}"]`);
        const text = words ? extract.visibleText(words, "time") : "";
        return text ? { id: element.id, element, text, from_me: isFromMe(element, me) } : null;
      });
    },
  });
})();
