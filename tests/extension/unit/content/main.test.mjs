import assert from "node:assert/strict";
import { test } from "node:test";

import { makeReason, makeVerdict, openPage, readPage, runScript, settled } from "./page.mjs";

const LURE = "Em giữ kín nhé";
const LINK = '<a href="http://vnpost-giaohang.example/">Nhận quà</a>';
const PRACTICE = `<body data-practice="1"><ol id="practice-chat">
  <li data-message-id="m1" data-from="them"><p class="text">${LURE}</p></li></ol></body>`;
const ZALO = { url: "https://chat.zalo.me/" };

/** A worker to whom "kín" is a danger and "vnpost" a listed address; `gone` and `deaf` as workers can be. */
function makeWorker() {
  const worker = { options: { on: true, least: "caution", words: null }, state: "on", isGone: false, isDeaf: false, asked: [] };
  worker.answer = async (message) => {
    if (message.type === "page_options" && !worker.isGone && !worker.isDeaf) return worker.options;
    worker.asked.push(JSON.parse(JSON.stringify(message)));
    if (worker.isGone) throw new Error("Could not establish connection. Receiving end does not exist.");
    if (worker.isDeaf) return new Promise(() => {});
    if (message.type !== "check" || worker.state !== "on") return { state: worker.state };
    const { messages = [], links = [] } = message.request;
    const reasons = messages.filter(({ text }) => text.includes("kín")).map(({ id, text }) => makeReason(text, "kín", id));
    const level = reasons.length ? "danger" : "no_information";
    const levels = Object.fromEntries(messages.map(({ id }) => [id, level]));
    return {
      state: "on",
      reply: {
        messages: [],
        links: links.map(({ id, url }) => makeVerdict("danger", [makeReason(url, "vnpost", id)], { id })),
        conversation: makeVerdict(level, reasons, { levels, watched: true }),
      },
    };
  };
  worker.types = () => worker.asked.map(({ type }) => type);
  worker.texts = () => worker.asked.flatMap(({ request }) => request?.messages ?? []).map(({ text }) => text);
  return worker;
}

/** A page as the browser leaves it to main.js. `beat()` is the next heartbeat; `later` what waits for its time. */
function start(html, { url, script = url === ZALO.url ? "zalo.js" : null, readyState = "complete", rests = false } = {}) {
  const page = openPage(html, { url });
  const { window, document, ours } = page;
  Object.defineProperty(document, "readyState", { configurable: true, value: readyState });
  const ends = new Map(); // jsdom has its own time for these events
  window.addEventListener = (type, listen) => ends.set(type, () => listen({ type }));
  window.removeEventListener = (type) => ends.delete(type);
  if (script) window.eval(readPage(script));
  const worker = makeWorker();
  const signs = [];
  for (const kind of ["makeCard", "makeChip", "makeBadge"]) {
    const make = ours.warning[kind];
    ours.warning[kind] = (...what) => {
      const sign = make(...what);
      signs.push({ kind, sign, actions: what.find((each) => each?.tell) });
      return sign;
    };
  }
  let beat = null;
  let hear = null;
  window.chrome.runtime.onMessage.addListener = (listen) => (hear = listen);
  const rhythm = { everyMs: 0 };
  const later = [];
  const looks = [null]; // what is done again and again beside the heartbeat, which is the number 1
  window.chrome.runtime.sendMessage = worker.answer;
  window.requestIdleCallback = (work) => setImmediate(() => work({ didTimeout: true, timeRemaining: () => 50 }));
  window.setInterval = (work, everyMs) => {
    if (everyMs < 1000) return looks.push(work); // not the heartbeat
    Object.assign(rhythm, { everyMs });
    beat = work;
    return 1;
  };
  window.clearInterval = (which) => (which === 1 ? (beat = null) : looks.splice(1));
  const pauses = []; // of a chat that is read again soon; over at once unless `rests`
  window.setTimeout = (work, ms, ...with_) => {
    if (ms >= 1000) return later.push(() => work(...with_));
    pauses.push(work);
    if (!rests) setImmediate(() => pauses.splice(0).forEach((each) => each()));
  };
  window.IntersectionObserver = class {
    constructor(report) {
      this.report = report;
    }
    observe(target) {
      setImmediate(() => this.report([{ isIntersecting: true, target, intersectionRatio: 0, boundingClientRect: { width: 0, height: 0 } }]));
    }
    unobserve() {}
    disconnect() {}
  };
  runScript(window, "main");
  const standing = () => signs.filter(({ sign }) => sign.host.isConnected);
  return {
    window, document, worker, later, pauses, looks, ends, standing, rhythm, clock: page.clock,
    kinds: () => standing().map(({ kind }) => kind),
    async beat() {
      await beat?.();
      await settled();
    },
    /** What the page answers to a message from *sender*. */
    heard(message, sender = { id: "test" }) {
      let said = null;
      hear(message, sender, (answer) => (said = { ...answer }));
      return said;
    },
  };
}

test("on an ordinary page the words are left alone and the links are looked at", async () => {
  const { worker, kinds } = start(`<p>${LURE}</p>${LINK}`);
  await settled();
  assert.deepEqual(worker.texts(), []);
  assert.deepEqual(worker.asked.flatMap(({ request }) => request.links.map(({ url }) => url)), ["http://vnpost-giaohang.example/"]);
  assert.deepEqual(kinds(), ["makeBadge"]);
});

for (const [what, html, url, kind] of [
  ["in a chat whose sender may be watching the screen, the neutral chip stands", readPage("zalo.html"), ZALO.url, "makeChip"],
  ["on the practice page, where nobody watches, the card stands", PRACTICE, "https://page.test/", "makeCard"],
]) {
  test(what, async () => {
    const { window, worker, kinds } = start(html, { url });
    window.chat?.receive(LURE);
    await settled();
    assert.deepEqual(worker.texts(), [LURE]);
    assert.deepEqual(kinds(), [kind]);
  });
}

test("telling hands over lure, level, reasons and whether it is help, and nothing else", async () => {
  const { worker, standing } = start(PRACTICE);
  await settled();
  standing()[0].actions.tell();
  await settled();
  const { reasons, ...told } = worker.asked.at(-1);
  assert.deepEqual(told, { type: "open_tell", lure: "fake_authority", level: "danger", help: false });
  assert.deepEqual(reasons.map(({ quote }) => quote), ["kín"]);
});

test("while nothing is open, the service is left in peace", async () => {
  const { worker, beat } = start("<p>Tin tức</p>");
  await settled();
  await beat();
  assert.deepEqual(worker.asked, []);
});

test("the heartbeat comes often enough to show within five seconds that the service is off", () => {
  assert.ok(start(PRACTICE).rhythm.everyMs <= 2000);
});

test("a page in the background asks for nothing", async () => {
  const { document, worker, beat } = start(PRACTICE);
  await settled();
  Object.defineProperty(document, "visibilityState", { value: "hidden" });
  const before = worker.asked.length;
  await beat();
  assert.equal(worker.asked.length, before);
});

for (const [what, break_, mend] of [
  ["the service is off", (worker) => (worker.state = "off"), (worker) => (worker.state = "on")],
  ["the worker is restarting", (worker) => (worker.isGone = true), (worker) => (worker.isGone = false)],
]) {
  for (const [where, html, kind] of [["beside a message", PRACTICE, "makeCard"], ["beside a link", LINK, "makeBadge"]]) {
    test(`while ${what} nothing stands ${where}; the heartbeat brings it by itself`, async () => {
      const { worker, kinds, beat } = start(html);
      break_(worker);
      await settled();
      await beat();
      assert.deepEqual(kinds(), []);
      assert.deepEqual(worker.types(), ["check", "status"], "the question waits, only the status is asked for");
      mend(worker);
      await beat();
      assert.deepEqual(kinds(), [kind]);
    });
  }
}

test("a worker that never answers is not waited for without end", async () => {
  const { worker, later, kinds, beat } = start(PRACTICE);
  worker.isDeaf = true;
  await settled();
  worker.isDeaf = false;
  for (const givesUp of later.splice(0)) givesUp();
  await settled();
  await beat();
  assert.deepEqual(kinds(), ["makeCard"]);
});

test("once the extension is gone, its signs go and it never asks again", async () => {
  const { window, worker, kinds, beat } = start(readPage("zalo.html").replace("<main>", `<main>${LINK}`), ZALO);
  window.chat.receive(LURE);
  await settled();
  assert.deepEqual(kinds().toSorted(), ["makeBadge", "makeChip"]);
  window.chrome.runtime.id = undefined;
  await beat();
  assert.deepEqual(kinds(), []);
  window.chrome.runtime.id = "test";
  const before = worker.asked.length;
  window.chat.receive("Nhớ giữ kín");
  await settled();
  await beat();
  assert.equal(worker.asked.length, before);
});

const CHAT = readPage("any_chat.html");
const SIMULATED = { script: "any_chat.js" };

for (const where of ["page", "shadow", "frame"]) {
  test(`a chat that opens later on any page is found by the next heartbeat: ${where}`, async () => {
    const { window, worker, kinds, beat } = start(CHAT, SIMULATED);
    window.chat.build("log", { in: where });
    window.chat.receive("Chào em");
    await settled();
    await beat();
    window.chat.receive(LURE);
    await settled();
    assert.ok(worker.texts().includes(LURE));
    assert.deepEqual(kinds(), ["makeChip"]);
  });
}

test("a chat that streams in is read once and, a pause later, once more for all that came meanwhile", async () => {
  const { window, worker, pauses } = start(readPage("zalo.html"), { ...ZALO, rests: true });
  await settled();
  const before = worker.types().filter((type) => type === "check").length;
  for (const word of ["một", "hai", "ba", "bốn"]) {
    window.chat.receive(word);
    await settled();
  }
  const read = () => worker.types().filter((type) => type === "check").length - before;
  assert.deepEqual([read(), pauses.length], [0, 1], "the first look was a moment ago");
  pauses.pop()();
  await settled();
  assert.equal(read(), 1);
  assert.ok(worker.texts().slice(-4).includes("một"));
  assert.equal(worker.texts().at(-1), "bốn");
});

test("when a frame with a chat goes, nothing of it is asked about any more", async () => {
  const { window, document, worker, beat } = start(CHAT, SIMULATED);
  window.chat.build("log", { in: "frame" });
  await settled();
  await beat();
  const row = window.chat.receive("Chào em");
  await settled();
  document.querySelector("iframe").remove();
  await beat();
  const before = worker.texts().length;
  row.append(LURE);
  await settled();
  assert.equal(worker.texts().length, before);
});

test("a known chat whose page has changed: the popup hears of it after a while, and of the mending", async () => {
  const { window, document, clock, beat, heard } = start(readPage("zalo.html"), ZALO);
  window.chat.receive("Chào em");
  await beat();
  assert.deepEqual(heard({ type: "page_state" }), { silent: false, on: true, site: ZALO.url, told: null });
  const list = document.querySelector("#messageViewScroll");
  list.id = "renamed";
  for (const at of [20_000, 40_000]) {
    clock.at = at;
    await beat();
  }
  assert.deepEqual(heard({ type: "page_state" }), { silent: true, on: true, site: ZALO.url, told: null });
  list.id = "messageViewScroll";
  await beat();
  assert.deepEqual(heard({ type: "page_state" }), { silent: false, on: true, site: ZALO.url, told: null });
});

test("nobody but our own extension is answered, and no other question", () => {
  const { heard } = start(readPage("zalo.html"), ZALO);
  assert.equal(heard({ type: "page_state" }, { id: "another" }), null);
  assert.equal(heard({ type: "check" }), null);
  assert.equal(heard(null), null);
});

for (const [what, renamed] of [["its list is another", "renamed"], ["its messages are others", "messageViewScroll"]]) {
  test(`a known chat that has changed (${what}) is read by its roles, and as before once it is back`, async () => {
    const other = `<div><div role="log" style="overflow-y: auto"><p>${LURE}</p></div><textarea></textarea></div>`;
    const { window, document, clock, worker, beat } = start(readPage("zalo.html").replace("<main>", `<main>${other}`), ZALO);
    const list = document.querySelector("#messageViewScroll");
    list.id = renamed;
    for (const at of [1000, 20_000]) {
      clock.at = at;
      await beat();
    }
    assert.deepEqual(worker.texts(), [LURE]);
    list.id = "messageViewScroll";
    window.chat.receive("Nhớ giữ kín");
    await beat();
    assert.deepEqual(worker.texts(), [LURE, "Nhớ giữ kín"]);
  });
}

test("switched off here: the signs go, nothing is read; switched on again: they come back", async () => {
  const { window, worker, kinds, heard, beat } = start(readPage("zalo.html"), ZALO);
  window.chat.receive(LURE);
  await settled();
  assert.deepEqual(kinds(), ["makeChip"]);
  worker.options = { ...worker.options, on: false };
  heard({ type: "options_changed" });
  await settled();
  assert.deepEqual(kinds(), []);
  assert.equal(heard({ type: "page_state" }).on, false);
  const before = worker.asked.length;
  window.chat.receive("Nhớ giữ kín");
  await settled();
  await beat();
  assert.equal(worker.asked.length, before);
  worker.options = { ...worker.options, on: true };
  heard({ type: "options_changed" });
  await settled();
  assert.deepEqual(kinds(), ["makeChip"]);
});

test("a change that says the same for this page disturbs nothing", async () => {
  const { worker, standing, heard } = start(PRACTICE);
  await settled();
  const [{ sign }] = standing();
  worker.options = { ...worker.options };
  heard({ type: "options_changed" });
  await settled();
  assert.equal(standing()[0].sign, sign);
});

test("another language: the sign speaks it at once", async () => {
  const { worker, standing, heard } = start(PRACTICE);
  await settled();
  worker.options = { ...worker.options, words: { card_tell: "Tell someone I trust", language: "en" } };
  heard({ type: "options_changed" });
  await settled();
  const [{ sign }] = standing();
  assert.match(sign.root.textContent, /Tell someone I trust/);
  assert.equal(sign.body.lang, "en");
});

test("somebody else's word changes nothing", async () => {
  const { worker, kinds, heard } = start(PRACTICE);
  await settled();
  worker.options = { ...worker.options, on: false };
  heard({ type: "options_changed" }, { id: "another" });
  await settled();
  assert.deepEqual(kinds(), ["makeCard"]);
});

test("a sign shows on the tab's icon, once, and no longer when it is gone", async () => {
  const { window, worker, beat, heard } = start(readPage("zalo.html"), ZALO);
  const marks = () => worker.asked.filter(({ type }) => type === "sign_here").map(({ any }) => any);
  await beat();
  assert.deepEqual(marks(), []);
  window.chat.receive(LURE);
  await settled();
  await beat();
  await beat();
  assert.deepEqual(marks(), [true]);
  const { reasons, ...told } = heard({ type: "page_state" }).told;
  assert.deepEqual(told, { lure: "fake_authority", level: "danger", help: false });
  assert.equal(reasons.length, 1);
  window.chat.open("u200");
  await settled();
  await beat();
  assert.deepEqual(marks(), [true, false]);
});

const READ = {
  "it is read": ({ ends }) => ends.get("DOMContentLoaded")?.(),
  "it ended while it was read, as one that takes a file then": ({ document, ends }) => {
    Object.defineProperty(document, "readyState", { configurable: true, value: "complete" });
    ends.get("readystatechange")?.();
  },
  "it wrote itself anew, and no event is left": ({ document, looks }) => {
    Object.defineProperty(document, "readyState", { configurable: true, value: "complete" });
    looks[1]?.();
  },
};
for (const [when, read] of Object.entries(READ)) {
  test(`a page that is still being read is left in peace; it is watched, once, when ${when}`, async () => {
    const page = start(PRACTICE, { readyState: "loading" });
    page.ends.get("readystatechange")();
    page.looks[1]();
    await settled();
    assert.deepEqual(page.kinds(), []);
    for (let times = 0; times < 2; times += 1) read(page);
    await settled();
    assert.deepEqual(page.kinds(), ["makeCard"]);
  });
}
