// Opens one of our own pages in jsdom with the real words and a worker that answers what the test says.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const EXTENSION = new URL("../../../../extension/", import.meta.url);
const BORROWED = ["window", "document", "FormData", "HTMLElement", "HTMLTextAreaElement", "HTMLButtonElement", "HTMLInputElement", "HTMLSelectElement", "HTMLAnchorElement", "HTMLFieldSetElement", "HTMLFormElement", "HTMLOListElement", "HTMLUListElement", "HTMLDetailsElement", "Option", "SVGSVGElement", "DOMException"];

let opened = 0;
const read = new Map(); // a browser reads its words once too, and a page asks for hundreds

export function words(language) {
  if (!read.has(language)) {
    read.set(language, JSON.parse(readFileSync(new URL(`_locales/${language}/messages.json`, EXTENSION), "utf8")));
  }
  return read.get(language);
}

/** The text of *key* with $1, $2 … filled, as the browser does it. */
function filled(language, key, put = []) {
  const message = words(language)[key]?.message ?? "";
  return [put].flat().reduce((text, value, i) => text.replaceAll(`$${i + 1}`, value), message);
}

// The modules keep the browser they first saw: one for the whole test file, with answers that change.
export const browser = {
  language: "vi",
  answer: () => null,
  kept: {}, // in storage.local
  heard: [], // who listens to its changes
  asked: [],
  front: [], // the tab in front, as tabs.query gives it
  pageAnswer: async () => null, // what the page in it says
  tabs: {
    query: async (how) => {
      browser.howAsked = how;
      return browser.front;
    },
    sendMessage: async (tab, message) => {
      browser.asked.push({ ...message, tab });
      return browser.pageAnswer();
    },
    create: async ({ url }) => browser.asked.push({ type: "tab", url }),
    getCurrent: async () => ({ id: 7 }),
    remove: async (id) => browser.asked.push({ type: "closed", id }),
  },
  i18n: { getMessage: (key, put) => filled(browser.language, key, put) },
  runtime: {
    id: "id",
    getURL: (path) => `chrome-extension://id/${path}`,
    sendMessage: async (message) => {
      browser.asked.push(message);
      return browser.answer(message);
    },
  },
};

globalThis.chrome = browser;
browser.storage = {
  local: {
    get: async () => structuredClone(browser.kept),
    set: async (items) => {
      Object.assign(browser.kept, structuredClone(items));
      for (const listen of browser.heard) listen(Object.fromEntries(Object.keys(items).map((key) => [key, {}])), "local");
    },
  },
  onChanged: { addListener: (listen) => browser.heard.push(listen) },
};

// What a page would do later must not keep the test run waiting, nor happen on the page that comes next.
const timers = [];
for (const name of ["setTimeout", "setInterval"]) {
  const start = globalThis[name];
  globalThis[name] = (...how) => {
    const timer = start(...how).unref();
    timers.push(timer);
    return timer;
  };
}

/** @returns {Promise<{document: Document, press(id: string): void, type(id: string, text: string): void, copied: string[]}>} */
export async function openPage(name, { answer = () => null, language = "vi", kept = {}, search = "" } = {}) {
  for (const timer of timers.splice(0)) clearTimeout(timer);
  const page = new JSDOM(readFileSync(new URL(`pages/${name}.html`, EXTENSION), "utf8"), { url: `https://page.test/${search}`, pretendToBeVisual: true });
  for (const key of BORROWED) globalThis[key] = page.window[key];
  globalThis.location = page.window.location;
  page.window.Element.prototype.scrollIntoView = () => {};
  const dialogs = page.window.HTMLDialogElement.prototype; // jsdom has none that opens
  dialogs.showModal = function showModal() {
    this.open = true;
  };
  dialogs.close = function close() {
    this.open = false;
    this.dispatchEvent(new page.window.Event("close"));
  };
  const copied = [];
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { clipboard: { writeText: async (text) => copied.push(text) }, locks: { request: (_name, work) => work() } } });
  Object.assign(browser, { answer, language, kept: structuredClone(kept), heard: [], asked: [] });
  opened += 1;
  await import(new URL(`pages/${name}.js?${opened}`, EXTENSION).href);
  const { document } = page.window;
  return {
    document,
    copied,
    press: (id) => document.getElementById(id).click(),
    type: (id, text) => {
      document.getElementById(id).value = text;
      document.getElementById(id).dispatchEvent(new page.window.Event("input", { bubbles: true }));
    },
  };
}

/** Let everything run that waits for nothing but its turn. */
export async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
