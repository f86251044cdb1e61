import assert from "node:assert/strict";
import { test } from "node:test";

import { atMost } from "../../../../extension/background/at_most.js";

test("what comes in time is given on", async () => assert.equal(await atMost(1000, Promise.resolve("here")), "here"));

test("what never comes becomes null", async () => assert.equal(await atMost(5, new Promise(() => {})), null));

test("a failure stays a failure", async () => {
  await assert.rejects(atMost(1000, Promise.reject(new Error("broken"))), /broken/);
});
