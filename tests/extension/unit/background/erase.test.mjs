import assert from "node:assert/strict";
import { test } from "node:test";

import { eraseAll } from "../../../../extension/background/erase.js";
import { makeMemory } from "./fakes.mjs";

const KEPT = { options: { audience: "adult" }, helpers: [{}], pairing: "ab" };

/** *isEnded*: what the service says of the pairing. */
async function erase(kept, isEnded) {
  const storage = { local: makeMemory(kept), session: makeMemory({ quiet: {}, service: {} }) };
  const before = [];
  const service = {
    forget: async (empty) => {
      before.push(Object.keys(storage.local.kept).length);
      await empty();
      return isEnded;
    },
  };
  const answer = await eraseAll({ storage, service });
  assert.deepEqual([storage.local.kept, storage.session.kept], [{}, {}]);
  assert.deepEqual(before, [Object.keys(kept).length], "the service is asked while we still know who we are");
  return answer;
}

for (const [what, kept, isEnded, revoked] of [
  ["nothing is left, and the pairing has ended", KEPT, true, true],
  ["nothing is left here, also where the service does not answer; that is said", KEPT, false, false],
  ["a pairing by code as well", { by_code: {} }, false, false],
  ["who never was paired has nothing to end", { options: {} }, false, true],
]) {
  test(what, async () => assert.deepEqual(await erase(kept, isEnded), { revoked }));
}

for (const change of ["helpers", "options"]) {
  test(`what a page is just changing of the ${change} is not written back behind it`, async () => {
    const storage = { local: makeMemory(KEPT), session: makeMemory() };
    let finish;
    const changing = navigator.locks.request(change, async () => {
      await new Promise((resolve) => (finish = resolve));
      await storage.local.set({ [change]: "anew" });
    });
    const erasing = eraseAll({ storage, service: { forget: async (empty) => empty().then(() => true) } });
    await new Promise(setImmediate);
    finish();
    await Promise.all([changing, erasing]);
    assert.deepEqual(storage.local.kept, {});
  });
}
