/** Gmail (mail.google.com): the mails of the open thread, each with its sender's own words. */
"use strict";

// The hooks are what many public extensions use from 2023 to 2026: a mail is [data-message-id], its
// body .a3s, its sender .gD with the address, the subject h2.hP. Not seen live by us.
(() => {
  const { adapters, extract } = globalThis.khongMotMinh;

  const MAIL = "[data-message-id]";
  const BODY = ".a3s";
  const SUBJECT = "h2.hP";
  const HEAD = ".gE"; // above the body: what a sender writes cannot cover a sign that stands there
  const SENDER = ".gD[email]";
  const QUOTED = "blockquote, .gmail_attr, .yahoo_quoted, .moz-cite-prefix";
  const QUOTATION = "blockquote, .yahoo_quoted";
  const WITHIN = ".gmail_attr, :is(blockquote, .yahoo_quoted) :is(blockquote, .yahoo_quoted)"; // quoted there in turn

  /** The account's own address; Gmail's title ends in "… - address - product". @param {Document} document */
  function ownAddress({ title }) {
    return /.* - (\S+@\S+) - [^-]*$/.exec(title)?.[1].toLowerCase() ?? null;
  }

  /** @param {string} text */
  function letters(text) {
    return text.replace(/[\s>]+/g, "");
  }

  /** Whoever writes a mail can dress anything up as a quotation: only what stood in an earlier mail of
   *  this thread is one, or may have stood in one that is folded away.
   *  @param {Element} body
   *  @param {{words: string, hasFolded: boolean}} earlier
   *  @returns {string} the mail's own words */
  function ownWords(body, { words, hasFolded }) {
    const own = extract.visibleText(body, QUOTED);
    const quotations = [...body.querySelectorAll(QUOTATION)].filter((each) => !each.parentElement?.closest(QUOTATION));
    const isNew = quotations.some((each) => !words.includes(letters(extract.visibleText(each, WITHIN))));
    return isNew && !(hasFolded && own) ? extract.visibleText(body) : own;
  }

  adapters.push({
    name: "gmail",
    matches: ({ hostname }) => hostname === "mail.google.com",
    isOpen: (document) => document.querySelector(SUBJECT) !== null,
    container(document) {
      const body = document.querySelector(`${MAIL} ${BODY}`);
      return body && body.closest('[role="main"]');
    },
    conversation(document) {
      const subject = document.querySelector(SUBJECT);
      return subject?.getAttribute("data-legacy-thread-id") ?? subject?.getAttribute("data-thread-perm-id") ?? null;
    },
    messages(container) {
      const own = ownAddress(container.ownerDocument);
      const subject = container.querySelector(SUBJECT);
      const earlier = { words: "", hasFolded: false };
      let isFirst = true;
      return [...container.querySelectorAll(MAIL)].flatMap((mail) => {
        const body = mail.querySelector(BODY);
        if (!body) {
          earlier.hasFolded = true;
          return [];
        }
        const words = ownWords(body, earlier);
        earlier.words += letters(words);
        // The subject is the first mail's; Gmail shows it once, above them all.
        const text = isFirst && subject ? `${extract.visibleText(subject)}\n${words}`.trim() : words;
        isFirst = false;
        if (!text) return [];
        const sender = mail.querySelector(SENDER)?.getAttribute("email")?.toLowerCase();
        // "From yourself" is a blackmailer's usual trick, so our own address proves nothing.
        const from_me = !sender || sender === own ? null : false;
        const id = mail.getAttribute("data-legacy-message-id") ?? mail.getAttribute("data-message-id") ?? "";
        return [{ id, element: mail.querySelector(HEAD) ?? body, text, from_me }];
      });
    },
  });
})();
