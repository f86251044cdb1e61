import assert from "node:assert/strict";
import { test } from "node:test";

import { Navigation, whyBlocked } from "../../../../extension/background/navigation.js";
import { DEFAULTS } from "../../../../extension/background/options.js";
import { makeClock, makeMemory } from "./fakes.mjs";

const URL_ = "https://cong-an-xac-minh.example/ho-so?id=1";
const reason = (rule, start = 8) => ({ rule, start, end: start + 23, quote: "cong-an-xac-minh.example", why: { vi: "…", en: "…" } });
const verdict = (level, ...reasons) => ({ id: "page", level, lure: "fake_authority", watched: false, reasons });
const TEN_YEARS_MS = 10 * 365 * 24 * 60 * 60 * 1000;
const LISTED = verdict("danger", reason("listed.blocked"));

function setUp({ says = LISTED, state = "on", chosen = {}, memory = makeMemory(), pin = async () => null } = {}) {
  const [asked, opened] = [[], []];
  const clock = makeClock();
  const api = { runtime: { getURL: (path) => `ext:${path}` }, tabs: { update: async (tab, { url }) => void opened.push([tab, url]) } };
  const service = { pin, check: async (request) => (asked.push(request), state === "on" ? { state, reply: { links: [says] } } : { state }) };
  const options = async () => ({ ...DEFAULTS, ...chosen });
  return { navigation: new Navigation({ api, memory, service, options, now: clock.now }), asked, opened, clock, chosen, memory };
}

const from = (url = URL_, more = {}) => ({ url, frameId: 0, tab: { id: 5, incognito: false }, ...more });

for (const [what, says, url, isBlocked] of [
  ["listed by us", LISTED, URL_, true],
  ["listed by a feed", verdict("danger", reason("listed.feed")), URL_, true],
  ["a report that is over", verdict("caution", reason("listed.expired")), URL_, false],
  ["a report that is over, and likeness", verdict("danger", reason("listed.expired"), reason("lookalike.brand")), URL_, false],
  ["a list of gambling", verdict("caution", reason("listed.feed")), URL_, false],
  ["a list of gambling, and likeness", verdict("danger", reason("listed.feed"), reason("lookalike.brand")), URL_, false],
  ["likeness alone", verdict("danger", reason("lookalike.brand")), URL_, false],
  ["a lure whose sender watches", { ...LISTED, watched: true }, URL_, false],
  ["a reported address that this one only carries", verdict("danger", reason("listed.blocked", 40)), "https://forward.example/?to=https://cong-an-xac-minh.example", false],
  ["danger without a reason", verdict("danger"), URL_, false],
  ["nothing known", verdict("no_information"), URL_, false],
  ["no answer at all", undefined, URL_, false],
]) {
  test(`${what}: ${isBlocked ? "" : "not "}blocked`, () => assert.equal(whyBlocked(says, url) !== null, isBlocked));
}

test("a listed page is left once it says that it is still there; our page knows why", async () => {
  const { navigation, opened } = setUp();
  assert.deepEqual(await navigation.arrived(from()), { blocked: true });
  assert.deepEqual(opened, [], "first the page is asked whether it still stands there");
  assert.deepEqual(await navigation.leave(from()), { done: true });
  assert.deepEqual(opened, [[5, "ext:pages/blocked.html"]]);
  const { site, lure, reason: why, waitMs } = await navigation.context(from());
  assert.deepEqual([site, lure, why.rule, waitMs], ["cong-an-xac-minh.example", "fake_authority", "listed.blocked", 10_000]);
});

test("who has gone on meanwhile is not called back", async () => {
  const { navigation, opened } = setUp();
  await navigation.arrived(from());
  await navigation.leave(from("https://other.example/"));
  await navigation.leave(from(URL_, { tab: { id: 6 } }));
  assert.deepEqual(opened, []);
  assert.equal(await navigation.context(from(URL_, { tab: { id: 6 } })), null, "another tab has nothing to show");
});

for (const [what, sender, more] of [
  ["a frame", from(URL_, { frameId: 3 })],
  ["a private window", from(URL_, { tab: { id: 5, incognito: true } })],
  ["no tab", from(URL_, { tab: undefined })],
  ["a page that is not of the web", from("file:///x")],
  ["a site that is switched off", from(), { chosen: { sites_off: ["cong-an-xac-minh.example"] } }],
]) {
  test(`${what} is never held back, nor asked about`, async () => {
    const { navigation, asked } = setUp(more);
    assert.deepEqual(await navigation.arrived(sender), { blocked: false });
    assert.deepEqual(asked, []);
  });
}

for (const state of ["off", "broken", "not_installed", "starting", "update_needed"]) {
  test(`service ${state}: nothing is blocked`, async () => {
    assert.deepEqual(await setUp({ state }).navigation.arrived(from()), { blocked: false });
  });
}

test("the way through opens after the wait, for this site, for an hour", async () => {
  const { navigation, opened, clock } = setUp();
  await navigation.arrived(from());
  assert.deepEqual(await navigation.pass(from()), { done: false });
  clock.tick(9_999);
  assert.deepEqual(await navigation.pass(from()), { done: false });
  clock.tick(1);
  assert.deepEqual(await navigation.pass(from()), { done: true });
  assert.deepEqual(opened, [[5, URL_]]);
  assert.deepEqual(await navigation.arrived(from("https://www.cong-an-xac-minh.example/x")), { blocked: false });
  assert.deepEqual(await navigation.arrived(from("https://vnpost-giaohang.example/")), { blocked: true }, "no other site");
  clock.tick(3_600_000);
  assert.deepEqual(await navigation.arrived(from()), { blocked: true });
});

for (const jumpMs of [TEN_YEARS_MS, -TEN_YEARS_MS]) {
  test(`a clock that jumps by ${jumpMs} ms keeps nobody waiting, and lets nobody through for years`, async () => {
    const { navigation, clock } = setUp();
    await navigation.arrived(from());
    clock.tick(jumpMs);
    assert.equal((await navigation.context(from())).waitMs, 0);
    assert.deepEqual(await navigation.pass(from()), { done: true });
    clock.tick(jumpMs);
    assert.deepEqual(await navigation.arrived(from()), { blocked: true });
  });
}

test("under 13 there is no way through, however long one waits", async () => {
  const { navigation, opened, clock, asked } = setUp({ chosen: { audience: "under_13" } });
  await navigation.arrived(from());
  assert.equal(asked[0].audience, "under_13");
  clock.tick(3_600_000);
  assert.equal((await navigation.context(from())).waitMs, null);
  assert.deepEqual(await navigation.pass(from()), { done: false });
  assert.deepEqual(opened, []);
});

test("under 13 the family's PIN opens it for an hour, and only the right one, where there is one", async () => {
  const replies = [
    { outcome: "wrong", is_set: true, wait_s: 0, reset_in_s: null },
    { outcome: "wait", is_set: true, wait_s: 30, reset_in_s: null },
    { outcome: "ok", is_set: false, wait_s: 0, reset_in_s: null }, // taken away meanwhile
    null, // nobody answers
  ];
  const asked = [];
  const { navigation, opened } = setUp({ chosen: { audience: "under_13" }, pin: async (request) => (asked.push(request), replies.shift()) });
  await navigation.arrived(from());
  for (const reply of [...replies]) assert.deepEqual(await navigation.pass(from(), "482913"), { done: false, pin: reply });
  assert.deepEqual(asked[0], { do: "check", pin: "482913" });
  assert.deepEqual(opened, []);
  replies.push({ outcome: "ok", is_set: true, wait_s: 0, reset_in_s: null });
  assert.deepEqual(await navigation.pass(from(), "482913"), { done: true });
  assert.deepEqual(opened, [[5, URL_]]);
  assert.deepEqual(await navigation.arrived(from()), { blocked: false });
});

test("a worker that slept still knows what its tab shows, in memory only", async () => {
  const memory = makeMemory();
  await setUp({ memory }).navigation.arrived(from());
  assert.equal((await setUp({ memory }).navigation.context(from())).site, "cong-an-xac-minh.example");
});

test("however many tabs, what is kept stays small", async () => {
  const { navigation, memory } = setUp();
  for (let id = 0; id < 200; id += 1) await navigation.arrived(from(URL_, { tab: { id } }));
  assert.equal(memory.kept.blocked.length, 50);
});
