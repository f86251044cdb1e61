import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, openPage, settle } from "./own_page.mjs";
import { leave, leaveBy } from "../../../../extension/pages/leave.js";

const CLOSED = { type: "closed", id: 7 };

test("the page is closed through its tab, which Firefox allows too", async () => {
  await openPage("parents");
  await leave();
  assert.deepEqual(browser.asked, [CLOSED]);
});

test("any of the buttons closes it", async () => {
  const { document } = await openPage("popup");
  leaveBy(document.getElementById("tell"), document.getElementById("look"));
  document.getElementById("look").click();
  await settle();
  assert.deepEqual(browser.asked.filter(({ type }) => type === "closed"), [CLOSED]);
});

for (const [how, closes] of [[{ key: "Escape" }, 1], [{ key: "Escape", isComposing: true }, 0], [{ key: "Enter" }, 0]]) {
  test(`${JSON.stringify(how)} closes the page ${closes} times`, async () => {
    const { document } = await openPage("parents");
    document.dispatchEvent(new window.KeyboardEvent("keydown", how));
    await settle();
    assert.equal(browser.asked.filter(({ type }) => type === "closed").length, closes);
  });
}
