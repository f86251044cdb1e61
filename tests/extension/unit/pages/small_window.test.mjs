import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { browser } from "./own_page.mjs";
import { SIZE } from "../../../../extension/background/tell.js";
import { openSmall } from "../../../../extension/pages/small_window.js";

afterEach(() => delete browser.windows);

test("the page opens in a small window of its own", async () => {
  const opened = [];
  browser.windows = { create: async (how) => opened.push(how) };
  await openSmall("phone");
  assert.deepEqual(opened, [{ url: "chrome-extension://id/pages/phone.html", type: "popup", ...SIZE }]);
  await openSmall("popup", "?picture");
  assert.equal(opened[1].url, "chrome-extension://id/pages/popup.html?picture");
});

test("where a browser has no windows it opens in a tab", async () => {
  browser.asked = [];
  await openSmall("phone");
  assert.deepEqual(browser.asked, [{ type: "tab", url: "chrome-extension://id/pages/phone.html" }]);
});
