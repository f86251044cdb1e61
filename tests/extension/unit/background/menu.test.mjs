import assert from "node:assert/strict";
import { test } from "node:test";

import { Menu } from "../../../../extension/background/menu.js";

function setUp() {
  const [lines, windows, tabs] = [[], [], []];
  const api = {
    runtime: { getURL: (path) => `ext:${path}` },
    contextMenus: { removeAll: async () => void lines.splice(0), create: (line) => void lines.push(line) },
    windows: { create: async (how) => void windows.push(how) },
    tabs: { create: async (how) => void tabs.push(how) },
  };
  return { menu: new Menu(api), api, lines, windows, tabs };
}

test("one line, on marked words and links, also when its words change", async () => {
  const { menu, lines } = setUp();
  await menu.show("Kiểm tra tin này");
  await menu.show("Check this message");
  assert.deepEqual(lines, [{ id: "check", title: "Check this message", contexts: ["selection", "link"] }]);
});

test("two changes at once leave one line, with the later words", async () => {
  const { menu, lines } = setUp();
  await Promise.all([menu.show("Kiểm tra tin này"), menu.show("Check this message")]);
  assert.deepEqual(lines.map(({ title }) => title), ["Check this message"]);
});

for (const [what, pressed, asked] of [
  ["marked words", { selectionText: " chuyển tiền gấp " }, "chuyển tiền gấp"],
  ["a link", { linkUrl: "https://a.example/x" }, "https://a.example/x"],
  ["marked words on a link", { selectionText: "nhận quà", linkUrl: "https://a.example/x" }, "nhận quà"],
  ["very many words", { selectionText: "x".repeat(9000) }, "x".repeat(4000)],
]) {
  test(`${what}: asked about in a small window, given once, never in its address`, async () => {
    const { menu, windows } = setUp();
    await menu.open({ menuItemId: "check", ...pressed });
    assert.deepEqual(windows.map(({ url, type }) => [url, type]), [["ext:pages/popup.html?asked", "popup"]]);
    assert.equal(menu.take(), asked);
    assert.equal(menu.take(), null);
  });
}

test("nothing marked, or somebody else's line: no window", async () => {
  const { menu, windows } = setUp();
  await menu.open({ menuItemId: "check", selectionText: "  " });
  await menu.open({ menuItemId: "other", selectionText: "x" });
  assert.deepEqual(windows, []);
});

test("where there are no windows it is a tab, and where there is no menu nothing breaks", async () => {
  const { menu, api, tabs } = setUp();
  delete api.windows;
  await menu.open({ menuItemId: "check", selectionText: "x" });
  assert.equal(tabs.length, 1);
  delete api.contextMenus;
  await menu.show("x");
});
