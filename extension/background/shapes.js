/** What a message from a page must look like; anything else is refused, unknown fields fall away. */

/** @typedef {import("../types").CheckRequest} CheckRequest */
/** @typedef {import("../types").Comparison} Comparison */
/** @typedef {import("../types").Level} Level */
/** @typedef {import("../types").Link} Link */
/** @typedef {import("../types").Message} Message */
/** @typedef {import("../types").PinRequest} PinRequest */
/** @typedef {import("../types").QrRequest} QrRequest */
/** @typedef {import("../types").Reason} Reason */
/** @typedef {import("../types").TellContext} TellContext */

const LEVELS = ["no_information", "caution", "danger"];
const STAGES = ["contact", "trust", "isolate", "secrecy", "demand"];
const AUDIENCES = ["under_13", "teen", "adult"];
const PIN_DOES = ["state", "check", "set", "remove"];
const MOST = { links: 2000, messages: 200, earlier: 80, reasons: 40, marks: 64 };
const LONGEST = { word: 512, quote: 8192, text: 2_000_000, pixels: 2_000_000 };

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value @param {number} [longest] @returns {value is string} */
function isText(value, longest = LONGEST.text) {
  return typeof value === "string" && value.length <= longest;
}

/** @param {unknown} value @returns {value is string | null} */
export function isNameOrNull(value) {
  return value === null || isText(value, LONGEST.word);
}

/** @param {unknown} value @returns {value is string} */
export function isName(value) {
  return isText(value, LONGEST.word);
}

/** @param {unknown} value @returns {string[] | null} of messages on a page */
export function readIds(value) {
  return readList(value, MOST.messages, (id) => (isName(id) ? id : null));
}

/** A list of at most *most*, each read by *read*; null when one of them is wrong.
 *  @template T
 *  @param {unknown} value
 *  @param {number} most
 *  @param {(item: unknown) => T | null} read
 *  @returns {T[] | null} */
function readList(value, most, read) {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > most) return null;
  /** @type {T[]} */
  const items = [];
  for (const item of value) {
    const known = read(item);
    if (known === null) return null;
    items.push(known);
  }
  return items;
}

/** @param {unknown} item @returns {Link | null} */
function readLink(item) {
  if (!isRecord(item) || !isText(item.id, LONGEST.word) || item.id === "" || !isText(item.url)) return null;
  if (item.text !== undefined && !isText(item.text)) return null;
  return { id: item.id, url: item.url, text: item.text };
}

/** @param {unknown} item @returns {Message | null} */
function readMessage(item) {
  if (!isRecord(item) || !isText(item.id, LONGEST.word) || item.id === "" || !isText(item.text)) return null;
  const { from_me = null } = item;
  if (from_me !== null && typeof from_me !== "boolean") return null;
  return { id: item.id, text: item.text, from_me };
}

/** @param {unknown} value @returns {CheckRequest | null} */
export function readCheckRequest(value) {
  if (!isRecord(value)) return null;
  const links = readList(value.links, MOST.links, readLink);
  const messages = readList(value.messages, MOST.messages, readMessage);
  const earlier = readList(value.earlier, MOST.earlier, (item) => (isText(item, 64) ? item : null));
  if (!links || !messages || !earlier) return null;
  if (value.audience === undefined) return { links, messages, earlier };
  if (typeof value.audience !== "string" || !AUDIENCES.includes(value.audience)) return null;
  return { links, messages, earlier, audience: /** @type {CheckRequest["audience"]} */ (value.audience) };
}

/** @param {unknown} value @returns {value is string | null} */
function isPinOrNull(value) {
  return value === null || (typeof value === "string" && /^\d{4,12}$/.test(value));
}

/** @param {unknown} value @returns {PinRequest | null} */
export function readPinRequest(value) {
  if (!isRecord(value) || typeof value.do !== "string" || !PIN_DOES.includes(value.do)) return null;
  const { pin = null, new: next = null } = value;
  if (!isPinOrNull(pin) || !isPinOrNull(next)) return null;
  return /** @type {PinRequest} */ ({ do: value.do, pin, new: next });
}

/** @param {unknown} value @returns {QrRequest | null} */
export function readQrRequest(value) {
  if (!isRecord(value) || !isText(value.grey, LONGEST.pixels)) return null;
  const { width, height, grey } = value;
  if (!Number.isInteger(width) || !Number.isInteger(height)) return null;
  return /** @type {QrRequest} */ ({ width, height, grey });
}

/** @param {unknown} item @returns {[number, number] | null} */
function readMark(item) {
  if (!Array.isArray(item) || item.length !== 2 || !item.every(Number.isInteger)) return null;
  return [item[0], item[1]];
}

/** @param {unknown} value @returns {Comparison | null} */
function readComparison(value) {
  if (!isRecord(value) || !isText(value.like, LONGEST.word) || !isText(value.actual, LONGEST.word)) return null;
  const differs = readList(value.differs, MOST.marks, readMark);
  return differs && { like: value.like, actual: value.actual, differs };
}

/** @param {unknown} item @returns {Reason | null} */
function readReason(item) {
  if (!isRecord(item) || !isRecord(item.why)) return null;
  const { rule, signal, stage, message, quote, start, end, source = null, added = null } = item;
  const { vi, en } = item.why;
  if (!isText(rule, LONGEST.word) || !isText(signal, LONGEST.word) || !isText(message, LONGEST.word)) return null;
  if (typeof stage !== "string" || !STAGES.includes(stage)) return null;
  if (!isText(quote, LONGEST.quote) || !isText(vi, LONGEST.word) || !isText(en, LONGEST.word)) return null;
  if (!Number.isInteger(start) || !Number.isInteger(end)) return null;
  if (!isNameOrNull(source) || !isNameOrNull(added)) return null;
  const compare = item.compare == null ? null : readComparison(item.compare);
  if (item.compare != null && !compare) return null;
  return /** @type {Reason} */ ({ rule, signal, stage, message, quote, start, end, why: { vi, en }, source, added, compare });
}

/** @param {Record<string, unknown>} value @returns {TellContext | null} */
export function readTellContext(value) {
  const { lure, level, help = false } = value;
  const reasons = readList(value.reasons, MOST.reasons, readReason);
  if (!isNameOrNull(lure) || typeof level !== "string" || !LEVELS.includes(level) || !reasons) return null;
  if (typeof help !== "boolean") return null;
  return { lure, level: /** @type {Level} */ (level), reasons, help };
}
