import assert from "node:assert/strict";
import { test } from "node:test";

import { makeShortcut } from "../../../../extension/background/shortcut.js";

const NO_CONTEXT = { lure: null, level: "no_information", reasons: [], help: false };
const TOLD = { lure: "grooming", level: "danger", reasons: [], help: false };

/** *said*: what the content script of the page in front answers; null: there is none. */
function setUp(said = null) {
  const opened = [];
  const asked = [];
  const sendMessage = async (...what) => {
    asked.push(what);
    if (!said) throw new Error("Could not establish connection. Receiving end does not exist.");
    return said;
  };
  const press = makeShortcut({
    api: { tabs: { sendMessage } },
    tellWindow: { open: async (context) => (opened.push(context), { opened: true }) },
    noContext: NO_CONTEXT,
  });
  return { press, opened, asked };
}

for (const [what, said, tab, context] of [
  ["on a page with a sign, the note is about that sign", { told: TOLD }, { id: 7 }, TOLD],
  ["on a page without one, it opens all the same", { told: null }, { id: 7 }, NO_CONTEXT],
  ["where we are not, it opens all the same", null, { id: 7 }, NO_CONTEXT],
  ["without any page, it opens all the same", null, undefined, NO_CONTEXT],
  ["a sign that cannot be read does not keep it shut", { told: { lure: 7 } }, { id: 7 }, NO_CONTEXT],
]) {
  test(what, async () => {
    const { press, opened } = setUp(said);
    await press("open_note", tab);
    assert.deepEqual(opened, [context]);
  });
}

test("only the page in front is asked", async () => {
  const { press, asked } = setUp({ told: TOLD });
  await press("open_note", { id: 7 });
  assert.deepEqual(asked, [[7, { type: "page_state" }]]);
});

test("another command opens nothing", async () => {
  const { press, opened } = setUp({ told: TOLD });
  await press("something_else", { id: 7 });
  assert.deepEqual(opened, []);
});
