/** Cut one question into requests the service will take, and join its answers again. */

/** @typedef {import("../types").CheckRequest} CheckRequest */
/** @typedef {import("../types").CheckReply} CheckReply */
/** @typedef {import("../types").Link} Link */
/** @typedef {import("../types").Message} Message */

// design.md 5.2; service/notalone/config.py Limits
export const LIMITS = {
  links: 200,
  messages: 50,
  earlier: 80,
  idChars: 256, // code points, as are the next two
  textChars: 4096,
  urlChars: 2048,
  batchBytes: 256 * 1024,
};

const utf8 = new TextEncoder();

/** The first *count* code points, cheap for a text of any length.
 *  @param {string} text
 *  @param {number} count */
function firstCodePoints(text, count) {
  if (text.length <= count) return text;
  return Array.from(text.slice(0, 2 * count)).slice(0, count).join("");
}

/** JSON cannot carry a lone surrogate; the replacement keeps every UTF-16 position.
 *  @param {string} text
 *  @param {number} count */
function clean(text, count) {
  return firstCodePoints(text, count).toWellFormed();
}

/** @param {object} part */
function bytesOf(part) {
  return utf8.encode(JSON.stringify(part)).length + 1; // and the comma
}

/** @param {Link[]} links @returns {Link[][]} */
function cutLinks(links) {
  /** @type {Link[][]} */
  const batches = [];
  let room = 0;
  for (const { id, url, text = "" } of links) {
    const link = {
      id: clean(id, LIMITS.idChars),
      url: clean(url, LIMITS.urlChars),
      text: clean(text, LIMITS.textChars),
    };
    const bytes = bytesOf(link);
    const last = batches.at(-1);
    if (last && last.length < LIMITS.links && bytes <= room) {
      last.push(link);
      room -= bytes;
    } else {
      batches.push([link]);
      room = LIMITS.batchBytes - 256 - bytes;
    }
  }
  return batches;
}

/** The newest messages that fit one request: a conversation is judged as a whole, never in halves.
 *  @param {Message[]} messages @returns {Message[]} */
function cutMessages(messages) {
  /** @type {Message[]} */
  const window = [];
  let room = LIMITS.batchBytes - 8192; // the signal names seen earlier
  for (const { id, text, from_me } of messages.slice(-LIMITS.messages).reverse()) {
    const message = { id: clean(id, LIMITS.idChars), text: clean(text, LIMITS.textChars), from_me };
    room -= bytesOf(message);
    if (room < 0) break;
    window.unshift(message);
  }
  return window;
}

/** @param {CheckRequest} request
 *  @returns {CheckRequest[]} at least one; messages apart, so that links need not wait for them */
export function cutBatches({ links = [], messages = [], earlier = [], audience }) {
  /** @type {CheckRequest[]} */
  const parts = cutLinks(links).map((batch) => ({ links: batch }));
  if (messages.length > 0 || parts.length === 0) {
    const seen = earlier.slice(-LIMITS.earlier);
    parts.unshift({ messages: cutMessages(messages), ...(seen.length > 0 && { earlier: seen }) });
  }
  return audience ? parts.map((part) => ({ ...part, audience })) : parts;
}

/** @param {CheckReply[]} replies in the order of cutBatches; at least one
 *  @returns {CheckReply} */
export function joinReplies(replies) {
  return {
    rules: replies[0].rules,
    links: replies.flatMap((reply) => reply.links),
    messages: replies.flatMap((reply) => reply.messages),
    conversation: replies[0].conversation,
  };
}
