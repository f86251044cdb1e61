import assert from "node:assert/strict";
import { test } from "node:test";

import { isStill } from "../../../../extension/background/is_still.js";

for (const [what, leftMs, expected] of [
  ["just set", 1000, true],
  ["nearly over", 1, true],
  ["over", 0, false],
  ["long over", -1, false],
  ["further away than when it was set: the clock went back", 1001, false],
]) {
  test(what, () => assert.equal(isStill(leftMs, 1000), expected));
}
