import assert from "node:assert/strict";
import { test } from "node:test";

import { Turns } from "../../../../extension/background/turns.js";

test("work that is asked for together is done one after the other", async () => {
  const turns = new Turns();
  const done = [];
  const work = (name) => async () => {
    done.push(`${name} begins`);
    await Promise.resolve();
    done.push(`${name} ends`);
    return name;
  };
  assert.deepEqual(await Promise.all([turns.take(work("one")), turns.take(work("two"))]), ["one", "two"]);
  assert.deepEqual(done, ["one begins", "one ends", "two begins", "two ends"]);
});

test("work that fails is heard of by whoever asked, and stops nothing after it", async () => {
  const turns = new Turns();
  const failing = turns.take(async () => Promise.reject(new Error("QUOTA_BYTES quota exceeded")));
  const next = turns.take(async () => "done");
  await assert.rejects(failing, /QUOTA_BYTES/);
  assert.equal(await next, "done");
});
