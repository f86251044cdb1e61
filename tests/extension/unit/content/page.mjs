// A page in jsdom with the content scripts loaded as a browser would: classic scripts, in order.
import { readFileSync } from "node:fs";

import { JSDOM } from "jsdom";

const EXTENSION = new URL("../../../../extension/", import.meta.url);
const PAGES = new URL("../../../e2e/pages/", import.meta.url);
const ALL = [
  "downloads", "extract", "scopes", "sides", "adapters/zalo", "adapters/messenger", "adapters/telegram_k", "adapters/telegram_a", "adapters/discord", "adapters/gmail", "adapters/practice", "adapters/generic", "sign_style", "sight", "sign", "comparison", "reasons", "warning", "help", "borrowed", "fields", "corner", "links", "watch", "drift",
];

/** The words of _locales, by key. */
export function readWords(language) {
  return JSON.parse(readFileSync(new URL(`_locales/${language}/messages.json`, EXTENSION), "utf8"));
}

export const WORDS = readWords("vi");

/** @param {string} html
 *  @returns {{window: any, document: Document, ours: any, clock: {at: number}, beats: (() => void)[]}} */
export function openPage(html, { url = "https://page.test/bai-viet", scripts = ALL, words = WORDS } = {}) {
  const { window } = new JSDOM(html, { url, runScripts: "outside-only", pretendToBeVisual: true });
  const clock = { at: 0 };
  const beats = [];
  window.chrome = {
    runtime: { id: "test", onMessage: { addListener: () => {} } },
    i18n: { getMessage: (key) => words[key]?.message ?? key },
  };
  window.performance.now = () => clock.at;
  window.Element.prototype.scrollIntoView = () => {};
  window.IntersectionObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
    takeRecords = () => [];
  };
  window.setInterval = (work) => beats.push(work); // a real one would never let the test end
  window.clearInterval = () => {};
  for (const name of scripts) runScript(window, name);
  return { window, document: window.document, ours: window.khongMotMinh, clock, beats };
}

/** Run one content script more in *window*. */
export function runScript(window, name) {
  window.eval(readFileSync(new URL(`content/${name}.js`, EXTENSION), "utf8"));
}

/** A file of tests/e2e/pages; before the script of a simulated chat stand the moves that all share. */
export function readPage(name) {
  const read = (file) => readFileSync(new URL(file, PAGES), "utf8");
  const text = read(name);
  return text.includes("simulateChat(") ? read("simulated_chat.js") + text : text;
}

/** Everything that waits in the page's queues has had its turn. */
export async function settled() {
  for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

const WHY = { vi: "Tin này bảo bạn giữ kín.", en: "This message tells you to keep quiet." };

export function makeReason(text, quote, message = "m1") {
  const start = text.indexOf(quote);
  return {
    rule: "any.keep_secret", signal: "SECRECY", stage: "secrecy", message, quote, start, end: start + quote.length,
    why: WHY, source: "https://example.test/bao-cao", added: "2026-11-22",
  };
}

export function makeVerdict(level, reasons, more = {}) {
  return {
    id: "conversation", level, lure: "fake_authority", severity: 4, watched: false, stages: [], signals: [], reasons,
    title: { vi: "Tin này giống kiểu giả danh công an", en: "This looks like a false police officer" },
    first_action: { vi: "Bạn có quyền tắt máy.", en: "You may hang up." },
    levels: {}, by_message: null, help: false, ...more,
  };
}

/** What the service says of the child's own words that tell of harm. */
export function makeDisclosure(id, more = {}) {
  return makeVerdict("no_information", [], {
    id, help: true, lure: null, severity: 0,
    title: { vi: "Bạn không phải tự lo một mình", en: "You are not alone with this" },
    first_action: { vi: "Kể cho một người bạn tin nhé.", en: "Tell someone you trust." }, ...more,
  });
}
