import assert from "node:assert/strict";
import { test } from "node:test";

import { tellTabs } from "../../../../extension/background/tabs.js";

test("every tab is told; one that cannot hear keeps nobody else from it", async () => {
  const told = [];
  await tellTabs({
    tabs: {
      query: async () => [{ id: 1 }, {}, { id: 2 }, { id: 0 }],
      sendMessage: async (id, { type }) => {
        if (id === 1) throw new Error("Receiving end does not exist.");
        told.push([id, type]);
      },
    },
  }, { type: "options_changed" });
  assert.deepEqual(told, [[2, "options_changed"], [0, "options_changed"]]);
});
