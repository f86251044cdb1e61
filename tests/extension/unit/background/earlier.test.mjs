import assert from "node:assert/strict";
import { test } from "node:test";

import { Earlier } from "../../../../extension/background/earlier.js";
import { makeMemory } from "./fakes.mjs";

const SITE = "https://chat.zalo.me";

test("signals of one conversation come back, joined, and no other's", async () => {
  const earlier = new Earlier(makeMemory());
  await earlier.remember(SITE, "u100", ["FLATTERY"]);
  await earlier.remember(SITE, "u100", ["SECRECY", "FLATTERY"]);
  assert.deepEqual(await earlier.signals(SITE, "u100"), ["FLATTERY", "SECRECY"]);
  assert.deepEqual(await earlier.signals(SITE, "u200"), []);
  assert.deepEqual(await earlier.signals("https://other.example", "u100"), []);
});

test("the conversation's name stands nowhere", async () => {
  const memory = makeMemory();
  await new Earlier(memory).remember(SITE, "canary-u100", ["SECRECY"]);
  assert.ok(!JSON.stringify(memory.kept).includes("canary-u100"));
  assert.ok(!JSON.stringify(memory.kept).includes("zalo"));
});

test("a conversation without a name is not remembered", async () => {
  const memory = makeMemory();
  const earlier = new Earlier(memory);
  await earlier.remember(SITE, null, ["SECRECY"]);
  assert.deepEqual(await earlier.signals(SITE, null), []);
  assert.deepEqual(memory.kept, {});
});

test("writing at the same time loses nothing", async () => {
  const earlier = new Earlier(makeMemory());
  await Promise.all(["A", "B", "C", "D"].map((signal) => earlier.remember(SITE, "u100", [signal])));
  assert.deepEqual(await earlier.signals(SITE, "u100"), ["A", "B", "C", "D"]);
});

test("the oldest conversations are forgotten first", async () => {
  const memory = makeMemory();
  const earlier = new Earlier(memory);
  for (let at = 0; at < 303; at += 1) await earlier.remember(SITE, `u${at}`, ["SECRECY"]);
  assert.equal(memory.kept.earlier.seen.length, 300);
  assert.deepEqual(await earlier.signals(SITE, "u0"), []);
  assert.deepEqual(await earlier.signals(SITE, "u302"), ["SECRECY"]);
});
