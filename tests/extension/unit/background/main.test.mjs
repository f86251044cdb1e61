import assert from "node:assert/strict";
import { test } from "node:test";

import { fetchOwnFile, makeMemory, makeServer, PAIRING, PORT, SECRET } from "./fakes.mjs";

const ID = "dkgdplpddlgflnjlobfcfojgednfbakk";
const PAGE = { id: ID, url: "https://chat.zalo.me/" };
const OURS = { id: ID, url: `chrome-extension://${ID}/pages/tell.html` };
const CHECK = { type: "check", request: { messages: [{ id: "m1", text: "xin chào", from_me: false }] }, conversation: "u100" };
const PAIRED = { ok: true, pairing: PAIRING, secret: SECRET, port: PORT, service: "0.1.0", protocol: 1 };

let started = 0;

/** Start the worker as a browser does. *host* is what the native host answers, or throws.
 *  `says(title)` waits until the icon says it. */
async function startWorker({ host = PAIRED, session = makeMemory() } = {}) {
  const listeners = {};
  const keep = (name) => ({ addListener: (listener) => void (listeners[name] = listener) });
  const [tabs, windows, titles, waiting, told, menu] = [[], [], [], [], [], []];
  const { ask } = makeServer();
  globalThis.fetch = (url, ...rest) => (String(url).startsWith("chrome-extension:") ? fetchOwnFile(url) : ask(url, ...rest));
  globalThis.addEventListener = (type, listener) => void (listeners[type] = listener);
  globalThis.chrome = {
    runtime: {
      id: ID,
      getURL: (path) => `chrome-extension://${ID}/${path}`,
      onMessage: keep("message"),
      onInstalled: keep("installed"),
      onStartup: keep("startup"),
      sendNativeMessage: async () => {
        if (host instanceof Error) throw host;
        return host;
      },
    },
    storage: { session, local: makeMemory(), onChanged: keep("changed") },
    i18n: { getMessage: (key) => key },
    action: {
      setIcon: async () => {},
      setBadgeText: async () => {},
      setBadgeBackgroundColor: async () => {},
      setTitle: async ({ title }) => {
        titles.push(title);
        for (const look of waiting) look();
      },
    },
    tabs: {
      create: async ({ url }) => void tabs.push(url),
      query: async () => [{ id: 1 }, { id: 2 }, {}],
      sendMessage: async (tab, { type }) => {
        told.push([tab, type]);
        if (tab === 1) throw new Error("Could not establish connection. Receiving end does not exist.");
      },
    },
    contextMenus: { removeAll: async () => {}, create: ({ title }) => void menu.push(title), onClicked: keep("menu") },
    windows: { create: async ({ url }) => (windows.push(url), { id: 7 }), getAll: async () => [], update: async () => {} },
  };
  started += 1;
  await import(`../../../../extension/background/main.js?${started}`);
  return {
    listeners,
    tabs,
    windows,
    told,
    menu,
    says: (title) => new Promise((resolve) => {
      const look = () => titles.includes(title) && resolve();
      waiting.push(look);
      look();
    }),
    ask: (message, sender) => new Promise((resolve) => {
      assert.equal(listeners.message(message, sender, resolve), true, "the browser must keep the line open");
    }),
  };
}

for (const [reason, opened] of [
  ["install", [`chrome-extension://${ID}/pages/welcome.html`]],
  ["update", []],
  ["browser_update", []],
]) {
  test(`after ${reason}, ${opened.length ? "the welcome page opens" : "nothing opens by itself"}`, async () => {
    const { listeners, tabs } = await startWorker();
    listeners.installed({ reason });
    assert.deepEqual(tabs, opened);
  });
}

for (const [what, host, title] of [
  ["a service that proves itself", PAIRED, "state_on"],
  ["no native host on this computer", new Error("Specified native messaging host not found."), "state_not_installed"],
  ["a native host that does not know us", new Error("Access to the specified native messaging host is forbidden."), "state_not_allowed"],
  ["a native host without a service", { ok: false, error: "no_service", say: { vi: "", en: "" } }, "state_off"],
]) {
  test(`before anybody asks, the icon tells of ${what}`, async () => {
    const { says } = await startWorker({ host });
    await says(title);
  });
}

test("a page's question is answered with what the service says", async () => {
  const { ask } = await startWorker();
  const answer = await ask(CHECK, PAGE);
  assert.equal(answer.state, "on");
  assert.deepEqual(answer.reply.messages.map(({ id }) => id), ["m1"]);
});

test("another extension gets nothing", async () => {
  const { ask } = await startWorker();
  assert.equal(await ask(CHECK, { id: "another", url: OURS.url }), null);
});

test("the tell window opens for a page, and only our own page learns why", async () => {
  const { ask, windows } = await startWorker();
  const context = { lure: "grooming", level: "danger", reasons: [], help: true };
  assert.deepEqual(await ask({ type: "open_tell", ...context }, PAGE), { opened: true });
  assert.deepEqual(windows, [OURS.url]);
  assert.deepEqual(await ask({ type: "tell_context" }, OURS), context);
  assert.equal(await ask({ type: "tell_context" }, PAGE), null);
});

test("a worker that wakes listens at once, also while the storage is slow", async () => {
  const slow = { ...makeMemory(), get: () => new Promise(() => {}) };
  const { listeners } = await startWorker({ session: slow });
  assert.deepEqual(Object.keys(listeners).toSorted(), ["changed", "fetch", "installed", "menu", "message", "startup"]);
});

test("a choice is told to every open page at once, also where one cannot hear it, and kept from all of them", async () => {
  const worker = await startWorker();
  await globalThis.chrome.storage.local.set({ options: { language: "en" } });
  worker.listeners.changed({ options: {} }, "local");
  await worker.says("Not Alone: on");
  assert.deepEqual(worker.told, [[1, "options_changed"], [2, "options_changed"]]);
  worker.listeners.changed({ pairing: {} }, "local");
  worker.listeners.changed({ options: {} }, "session");
  assert.equal(worker.told.length, 2, "nothing else is told");
});
