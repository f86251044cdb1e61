import assert from "node:assert/strict";
import { test } from "node:test";

import { Quiet } from "../../../../extension/background/quiet.js";
import { makeClock, makeMemory } from "./fakes.mjs";

const SITE = "https://chat.zalo.me";
const DAY_MS = 24 * 60 * 60 * 1000;
const TEN_YEARS_MS = 10 * 365 * 24 * 60 * 60 * 1000;
const caution = (...reasons) => ({ level: "caution", reasons: reasons.map(([signal, message]) => ({ signal, message })) });
const GIFT = caution(["GIFT", "m1"], ["BRUSH_OFF", "m1"]);

function setUp() {
  const [memory, clock] = [makeMemory(), makeClock()];
  return { memory, clock, quiet: new Quiet(memory, clock.now) };
}

test("a caution that was waved away is kept back in that conversation, and in no other", async () => {
  const { quiet } = setUp();
  assert.equal(await quiet.holds(SITE, "u100", GIFT), false);
  await quiet.begin(SITE, "u100", ["m1"]);
  assert.equal(await quiet.holds(SITE, "u100", GIFT), true);
  assert.equal(await quiet.holds(SITE, "u200", GIFT), false);
  assert.equal(await quiet.holds("https://other.example", "u100", GIFT), false);
});

test("a danger is never kept back", async () => {
  const { quiet } = setUp();
  await quiet.begin(SITE, "u100", ["m1"]);
  assert.equal(await quiet.holds(SITE, "u100", { ...GIFT, level: "danger" }), false);
});

for (const [what, newer, isHeld] of [
  ["more of the same kind stays quiet", caution(["GIFT", "m1"], ["MONEY_REQUEST", "m2"]), true],
  ["a message that says what to answer speaks up again", caution(["GIFT", "m1"], ["SECRECY", "m2"]), false],
  ["a message that soothes doubts speaks up again", caution(["BRUSH_OFF", "m2"]), false],
]) {
  test(what, async () => {
    const { quiet } = setUp();
    await quiet.begin(SITE, "u100", ["m1"]);
    assert.equal(await quiet.holds(SITE, "u100", newer), isHeld);
  });
}

test("waved away again, the new message is known too", async () => {
  const { quiet } = setUp();
  await quiet.begin(SITE, "u100", ["m1"]);
  await quiet.begin(SITE, "u100", ["m1", "m2"]);
  assert.equal(await quiet.holds(SITE, "u100", caution(["SECRECY", "m2"])), true);
});

test("after a day it is over, and nothing of it is left", async () => {
  const { quiet, clock, memory } = setUp();
  await quiet.begin(SITE, "u100", ["m1"]);
  clock.tick(DAY_MS - 1);
  assert.equal(await quiet.holds(SITE, "u100", GIFT), true);
  clock.tick(1);
  assert.equal(await quiet.holds(SITE, "u100", GIFT), false);
  await quiet.begin(SITE, "u200", []);
  assert.equal(memory.kept.quiet.waved.length, 1);
});

test("neither conversation, site nor message can be read from what is kept", async () => {
  const { quiet, memory } = setUp();
  await quiet.begin(SITE, "canary-u100", ["canary-m1"]);
  assert.doesNotMatch(JSON.stringify(memory.kept), /canary|zalo/);
});

test("waving away at the same time loses nothing, and the oldest is forgotten first", async () => {
  const { quiet } = setUp();
  await Promise.all(Array.from({ length: 101 }, (_, at) => quiet.begin(SITE, `u${at}`, ["m1"])));
  assert.equal(await quiet.holds(SITE, "u0", GIFT), false);
  assert.equal(await quiet.holds(SITE, "u1", GIFT), true);
  assert.equal(await quiet.holds(SITE, "u100", GIFT), true);
});

for (const jumpMs of [TEN_YEARS_MS, -TEN_YEARS_MS]) {
  test(`a clock that jumps by ${jumpMs} ms ends it: better a card too many`, async () => {
    const { quiet, clock } = setUp();
    await quiet.begin(SITE, "u100", ["m1"]);
    clock.tick(jumpMs);
    assert.equal(await quiet.holds(SITE, "u100", GIFT), false);
  });
}
