import assert from "node:assert/strict";
import { test } from "node:test";

import {
  changeOptions, DEFAULTS, forPage, getOptions, getPinSet, isGuarded, isOff, keepPinSet, onOptionsChange, siteOf,
} from "../../../../extension/background/options.js";
import { makeMemory } from "./fakes.mjs";

const makeApi = (kept = {}) => ({ storage: { local: makeMemory(kept) } });

test("nothing chosen: the defaults, and nothing is written", async () => {
  const api = makeApi();
  assert.deepEqual(await getOptions(api), DEFAULTS);
  assert.deepEqual(api.storage.local.kept, {});
});

test("what is damaged falls back, one choice at a time", async () => {
  const kept = { strictness: "calm", audience: "child", language: 7, sites_off: ["zalo.me", "https://x.test/", "", null, "__proto__/"], more: 1 };
  assert.deepEqual(await getOptions(makeApi({ options: kept })), { ...DEFAULTS, strictness: "calm", sites_off: ["zalo.me"] });
  for (const broken of [null, "calm", [], { sites_off: "zalo.me" }]) {
    assert.deepEqual(await getOptions(makeApi({ options: broken })), DEFAULTS);
  }
});

test("a change keeps the other choices", async () => {
  const api = makeApi();
  await changeOptions(api, { audience: "adult" });
  await changeOptions(api, { language: "en" });
  assert.deepEqual(await getOptions(api), { ...DEFAULTS, audience: "adult", language: "en" });
});

test("two changes at once both stay", async () => {
  const api = makeApi();
  const { set } = api.storage.local;
  api.storage.local.set = async (items) => (await new Promise(setImmediate), set(items));
  await Promise.all([changeOptions(api, { audience: "adult" }), changeOptions(api, { language: "en" })]);
  assert.deepEqual(await getOptions(api), { ...DEFAULTS, audience: "adult", language: "en" });
});

test("only a change of the choices is heard of", () => {
  let heard = 0;
  let say = null;
  onOptionsChange({ storage: { onChanged: { addListener: (listen) => (say = listen) } } }, () => (heard += 1));
  say({ options: {} }, "local");
  say({ options: {} }, "session");
  say({ other: {} }, "local");
  assert.equal(heard, 1);
});

for (const [url, site] of [
  ["https://www.truong-hoc.example/lop?x=1", "truong-hoc.example"],
  ["http://Chat.Zalo.ME:8443/", "chat.zalo.me"],
  ["https://chat.zalo.me./", "chat.zalo.me"],
  ["https://người.example/", "xn--ngi-28a9548a.example"],
  ["chrome-extension://abc/pages/popup.html", null],
  ["file:///home/x", null],
  ["about:blank", null],
  ["no address", null],
  [undefined, null],
]) {
  test(`the site of ${url}`, () => assert.equal(siteOf(url), site));
}

for (const [url, off] of [
  ["https://zalo.me/", true],
  ["https://www.zalo.me/", true],
  ["https://chat.zalo.me/", true],
  ["https://khongphaizalo.me/", false],
  ["https://zalo.me.example/", false],
  ["chrome-extension://abc/pages/practice.html", false],
]) {
  test(`zalo.me is off: ${url}`, () => assert.equal(isOff({ ...DEFAULTS, sites_off: ["zalo.me"] }, url), off));
}

test("calm: danger only, but on our own page everything", () => {
  const calm = { ...DEFAULTS, strictness: "calm" };
  assert.deepEqual(forPage(calm, "https://a.example/"), { on: true, least: "danger" });
  assert.deepEqual(forPage(calm, "chrome-extension://abc/pages/practice.html"), { on: true, least: "caution" });
});

test("what a PIN guards: another strictness or audience, and one more site off", () => {
  const before = { ...DEFAULTS, sites_off: ["a.example"] };
  for (const [change, guarded] of [
    [{ strictness: "calm" }, true], [{ strictness: "normal" }, false], [{ audience: "adult" }, true], [{ language: "en" }, false],
    [{ sites_off: ["a.example", "b.example"] }, true], [{ sites_off: [] }, false], [{ sites_off: ["b.example"] }, true], [{}, false],
  ]) {
    assert.equal(isGuarded(before, change), guarded, JSON.stringify(change));
  }
});

test("whether there is a PIN is kept, and written only when it changes", async () => {
  const kept = {};
  let written = 0;
  const api = { storage: { local: { get: async () => kept, set: async (items) => (written += 1, Object.assign(kept, items)) } } };
  assert.equal(await getPinSet(api), false);
  for (const isSet of [false, true, true, false]) {
    await keepPinSet(api, isSet);
    assert.equal(await getPinSet(api), isSet);
  }
  assert.equal(written, 2);
});
