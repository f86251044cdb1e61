import assert from "node:assert/strict";
import { test } from "node:test";

import { DEFAULTS } from "../../../../extension/background/options.js";
import { makeRouter } from "../../../../extension/background/router.js";
import { makeReply } from "./fakes.mjs";

const ID = "dkgdplpddlgflnjlobfcfojgednfbakk";
const OWN = `chrome-extension://${ID}/`;
const PAGE = { id: ID, url: "https://chat.zalo.me/" };
const OURS = { id: ID, url: `${OWN}pages/popup.html` };
const CHECK = { type: "check", request: { messages: [{ id: "m1", text: "xin chào", from_me: false }] }, conversation: "u100" };
const TELL = { type: "open_tell", lure: "fake_authority", level: "danger", reasons: [] };

function setUp({ chosen = {} } = {}) {
  const done = [];
  const route = makeRouter({
    id: ID,
    ownPages: OWN,
    service: {
      check: async (request) => (done.push(["check", request]), { state: "on", reply: makeReply(request) }),
      status: async () => (done.push(["status"]), { state: "on" }),
      reconnect: async () => (done.push(["reconnect"]), { state: "on" }),
      pin: async (request) => (done.push(["pin", request]), { outcome: "ok", is_set: true, wait_s: 0, reset_in_s: null }),
      readQr: async (picture) => (done.push(["qr", picture]), { state: "on", texts: [] }),
    },
    earlier: {
      signals: async (site, conversation) => (done.push(["signals", site, conversation]), ["FLATTERY"]),
      remember: async (...what) => void done.push(["remember", ...what]),
    },
    quiet: {
      begin: async (...what) => void done.push(["wave", ...what]),
      holds: async (site, conversation) => (done.push(["holds", site, conversation]), conversation === "u100"),
    },
    showSign: async (...what) => void done.push(["sign", ...what]),
    menu: { take: () => (done.push(["take"]), "tin đã bôi đen") },
    navigation: {
      arrived: async ({ url }) => (done.push(["arrived", url]), { blocked: false }),
      leave: async () => (done.push(["leave"]), { done: true }),
      context: async () => (done.push(["context"]), { site: "a.example" }),
      pass: async (_sender, pin) => (done.push(["pass", pin]), { done: true }),
    },
    options: async () => ({ ...DEFAULTS, ...chosen }),
    signWords: async (language) => ({ language }),
    erase: async () => (done.push(["erase"]), { revoked: true }),
    pairByCode: async (code) => (done.push(["code", code]), { outcome: "paired" }),
    tellWindow: { context: { lure: null }, open: async (context) => (done.push(["open", context]), { opened: true }) },
  });
  return { done, route };
}

for (const [what, message, sender, isTaken] of [
  ["a page may check", CHECK, PAGE, true],
  ["a page may open the tell window", TELL, PAGE, true],
  ["a page may ask for the status", { type: "status" }, PAGE, true],
  ["a page may not read the tell context", { type: "tell_context" }, PAGE, false],
  ["a page may not reconnect", { type: "reconnect" }, PAGE, false],
  ["a page may not erase anything", { type: "erase" }, PAGE, false],
  ["our page may erase everything", { type: "erase" }, OURS, true],
  ["a page may not try a code", { type: "pair_by_code", code: "K7QF-M2XD-9VTH" }, PAGE, false],
  ["our page may try a code", { type: "pair_by_code", code: "K7QF-M2XD-9VTH" }, OURS, true],
  ["our page may read the tell context", { type: "tell_context" }, OURS, true],
  ["a page may say that it arrived", { type: "arrived" }, PAGE, true],
  ["a page may be left", { type: "leave_page" }, PAGE, true],
  ["a page may not read what is blocked", { type: "blocked_page" }, PAGE, false],
  ["a page may not let itself through", { type: "pass_blocked" }, PAGE, false],
  ["our page may read what is blocked", { type: "blocked_page" }, OURS, true],
  ["our page may let somebody through", { type: "pass_blocked" }, OURS, true],
  ["a page may ask what was chosen for it", { type: "page_options" }, PAGE, true],
  ["a page may not read what was marked", { type: "asked_text" }, PAGE, false],
  ["our page may read what was marked", { type: "asked_text" }, OURS, true],
  ["a page may not have a picture read", { type: "read_qr", picture: { width: 1, height: 1, grey: "AA==" } }, PAGE, false],
  ["our page may have a picture read", { type: "read_qr", picture: { width: 1, height: 1, grey: "AA==" } }, OURS, true],
  ["a picture without pixels is refused", { type: "read_qr", picture: { width: 1, height: 1 } }, OURS, false],
  ["a page may not try a PIN", { type: "pin", request: { do: "check", pin: "1234" } }, PAGE, false],
  ["our page may try a PIN", { type: "pin", request: { do: "check", pin: "1234" } }, OURS, true],
  ["what cannot be a PIN is refused", { type: "pin", request: { do: "check", pin: "12" } }, OURS, false],
  ["our page may reconnect", { type: "reconnect" }, OURS, true],
  ["another extension may not even ask for the status", { type: "status" }, { ...OURS, id: "another" }, false],
  ["an address that only looks like ours counts as a page", { type: "reconnect" }, { id: ID, url: `https://x.test/${OWN}` }, false],
  ["a sender without an address counts as a page", { type: "tell_context" }, { id: ID }, false],
  ["an unknown type is refused", { type: "settings.set" }, OURS, false],
  ["a type from the prototype is refused", { type: "constructor" }, OURS, false],
  ["null is refused", null, OURS, false],
  ["a text is refused", "status", OURS, false],
]) {
  test(what, async () => {
    const { route, done } = setUp();
    const answer = await route(message, sender);
    assert.equal(answer !== null, isTaken);
    if (!isTaken) assert.deepEqual(done, []);
  });
}

for (const [what, broken] of [
  ["no request", { ...CHECK, request: undefined }],
  ["messages that are no list", { ...CHECK, request: { messages: {} } }],
  ["a message without text", { ...CHECK, request: { messages: [{ id: "m1" }] } }],
  ["a number for an id", { ...CHECK, request: { messages: [{ id: 1, text: "", from_me: null }] } }],
  ["an empty id", { ...CHECK, request: { links: [{ id: "", url: "https://a.example" }] } }],
  ["an unknown audience", { ...CHECK, request: { audience: "baby" } }],
  ["ten thousand links", { ...CHECK, request: { links: Array(10_000).fill({ id: "1", url: "x" }) } }],
  ["a conversation that is an object", { ...CHECK, conversation: {} }],
]) {
  test(`refuses ${what}`, async () => {
    const { route, done } = setUp();
    assert.equal(await route(broken, PAGE), null);
    assert.deepEqual(done, []);
  });
}

for (const [what, broken] of [
  ["an unknown level", { ...TELL, level: "safe" }],
  ["a reason without a why", { ...TELL, reasons: [{ rule: "r" }] }],
  ["reasons that are no list", { ...TELL, reasons: "x" }],
]) {
  test(`${what} never keeps the tell window shut, and is not handed on`, async () => {
    const { route, done } = setUp();
    assert.deepEqual(await route(broken, PAGE), { opened: true });
    assert.deepEqual(done, [["open", { lure: null, level: "no_information", reasons: [], help: false }]]);
  });
}

test("signals seen earlier go with the question, new ones are remembered, unknown fields fall away", async () => {
  const { route, done } = setUp();
  const message = { ...CHECK, request: { ...CHECK.request, extra: 1, messages: [{ ...CHECK.request.messages[0], html: "<b>" }] } };
  await route(message, PAGE);
  assert.deepEqual(done, [
    ["signals", "https://chat.zalo.me", "u100"],
    ["check", { links: [], messages: CHECK.request.messages, audience: "teen", earlier: ["FLATTERY"] }],
    ["remember", "https://chat.zalo.me", "u100", ["SECRECY"]],
    ["holds", "https://chat.zalo.me", "u100"],
  ]);
});

test("the answer says whether a caution is to be kept back, in a conversation without a name by its visit", async () => {
  const { route } = setUp();
  assert.equal((await route(CHECK, PAGE)).quiet, true);
  assert.equal((await route({ ...CHECK, conversation: null }, PAGE)).quiet, false);
  assert.equal((await route({ ...CHECK, conversation: null, visit: "u100" }, PAGE)).quiet, true);
});

test("what is waved away is kept with the site that the browser names", async () => {
  const { route, done } = setUp();
  await route({ type: "not_so", conversation: "u100", messages: ["m1"], site: "https://other.example" }, PAGE);
  assert.deepEqual(done, [["wave", "https://chat.zalo.me", "u100", ["m1"]]]);
});

for (const [what, broken] of [
  ["without a conversation", { messages: [] }],
  ["with a number for a message", { conversation: "u100", messages: [7] }],
  ["with no list", { conversation: "u100", messages: "m1" }],
]) {
  test(`waving away ${what} is refused`, async () => {
    const { route, done } = setUp();
    assert.equal(await route({ type: "not_so", ...broken }, PAGE), null);
    assert.deepEqual(done, []);
  });
}

test("a sign shows on the icon of the tab that the browser names", async () => {
  const { route, done } = setUp();
  await route({ type: "sign_here", any: true, tab: 9 }, { ...PAGE, tab: { id: 4 } });
  await route({ type: "sign_here", any: "yes" }, { ...PAGE, tab: { id: 4 } });
  await route({ type: "sign_here", any: true }, PAGE);
  assert.deepEqual(done, [["sign", 4, true], ["sign", 4, false]]);
});

test("a check of links alone leaves the conversation's memory as it was", async () => {
  const { route, done } = setUp();
  await route({ type: "check", request: { links: [{ id: "1", url: "https://a.example" }] }, conversation: null }, PAGE);
  assert.ok(!done.some(([what]) => what === "remember"));
});

test("what was chosen goes with each question, and a site that was switched off is not looked at", async () => {
  const { route, done } = setUp({ chosen: { audience: "under_13", sites_off: ["zalo.me"] } });
  assert.equal(await route(CHECK, PAGE), null);
  assert.deepEqual(done, []);
  await route(CHECK, { ...PAGE, url: "https://web.telegram.org/" });
  assert.equal(done.find(([what]) => what === "check")[1].audience, "under_13");
});

test("a page hears what was chosen for it, and not which other sites are off", async () => {
  const { route } = setUp({ chosen: { strictness: "calm", sites_off: ["zalo.me"], language: "en" } });
  const here = await route({ type: "page_options" }, PAGE);
  assert.deepEqual(here, { on: false, least: "danger", words: { language: "en" } });
  assert.equal((await route({ type: "page_options" }, OURS)).least, "caution", "our practice page shows everything");
});

for (const code of [undefined, 7, "", "K7QF", `K7QF-M2XD-9VTH${" ".repeat(9)}K7QF`, "9".repeat(1_000_000)]) {
  test(`what cannot be a code asks nobody: ${String(code).slice(0, 30)}`, async () => {
    const { route, done } = setUp();
    assert.deepEqual(await route({ type: "pair_by_code", code }, OURS), { outcome: "no_code" });
    assert.deepEqual(done, []);
  });
}

test("the way through is tried with the PIN that was typed, and with none where it cannot be one", async () => {
  for (const [typed, handed] of [["482913", "482913"], [undefined, null], ["x", null], [482913, null]]) {
    const { route, done } = setUp();
    await route({ type: "pass_blocked", pin: typed }, OURS);
    assert.deepEqual(done, [["pass", handed]]);
  }
});
