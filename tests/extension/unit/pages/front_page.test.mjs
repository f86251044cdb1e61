import assert from "node:assert/strict";
import { test } from "node:test";
import { browser } from "./own_page.mjs";
import { frontPage } from "../../../../extension/pages/front_page.js";

const gone = () => Promise.reject(new Error("Could not establish connection. Receiving end does not exist."));

for (const [what, tabs, pageAnswer, heard] of [
  ["a page that answers", [{ id: 3 }], async () => ({ silent: true }), { silent: true }],
  ["a page without our scripts", [{ id: 3 }], gone, null],
  ["a page that does not know the question", [{ id: 3 }], async () => undefined, null],
  ["no page at all", [], gone, null],
]) {
  test(`${what}: ${JSON.stringify(heard)}`, async () => {
    Object.assign(browser, { front: tabs, pageAnswer, asked: [] });
    assert.deepEqual(await frontPage(), heard);
  });
}

test("the page in front of this window is asked, and nothing but its state", async () => {
  Object.assign(browser, { front: [{ id: 3 }], pageAnswer: async () => null, asked: [] });
  await frontPage();
  assert.deepEqual(browser.asked, [{ type: "page_state", tab: 3 }]);
  assert.deepEqual(browser.howAsked, { active: true, currentWindow: true });
});
