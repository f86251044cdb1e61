import assert from "node:assert/strict";
import { test } from "node:test";
import { EIGHT, HAI, HOA, LAN } from "./helpers_kept.mjs";
import { browser, openPage, settle, words } from "./own_page.mjs";

async function open(helpers, more = {}) {
  const page = await openPage("options", { kept: { helpers, ...more } });
  await settle();
  const { document } = page;
  const rows = () => [...document.querySelectorAll("#helpers li")];
  return { ...page, rows, names: () => rows().map((row) => row.querySelector("b").textContent), shows: (id) => !document.getElementById(id).hidden };
}

test("everybody with the ways that are known, and a word where none is", async () => {
  const { rows, names, shows } = await open([LAN, { ...HOA, chat: "" }]);
  assert.deepEqual(names(), ["Mẹ Lan", "Cô Hoa"]);
  assert.match(rows()[0].textContent, /0900 000 001 · lan@gia-dinh\.example · zalo\.me\/0900000001/);
  assert.match(rows()[1].textContent, new RegExp(words("vi").helper_no_way.message));
  assert.deepEqual([shows("no-helpers"), shows("helpers-full"), shows("helper-add")], [false, false, true]);
});

test("nobody yet, and as many as may be", async () => {
  const none = await open([]);
  assert.deepEqual([none.shows("no-helpers"), none.shows("helper-add")], [true, true]);
  const full = await open(EIGHT);
  assert.deepEqual([full.names().length, full.shows("helpers-full"), full.shows("helper-add")], [8, true, false]);
});

test("nothing here tells whom the child hides", async () => {
  const page = await open([LAN, HAI]);
  const before = page.document.getElementById("helpers").textContent;
  const { document } = await open([LAN, HAI], { helpers_hidden: [LAN.id] });
  assert.equal(document.getElementById("helpers").textContent, before);
});

test("somebody is added, changed and taken away, and needs no PIN", async () => {
  const { document, press, names, rows } = await open([LAN], { pin_set: true });
  press("helper-add");
  document.getElementById("helper-name").value = "Hùng";
  document.getElementById("helper-relation").value = "father";
  document.querySelector("dialog form").requestSubmit();
  await settle();
  assert.deepEqual(names(), ["Mẹ Lan", "Bố Hùng"]);
  const [change, remove] = rows()[0].querySelectorAll("button");
  assert.deepEqual([change, remove].map((button) => button.getAttribute("aria-label")), ["Sửa Mẹ Lan", "Bỏ Mẹ Lan"]);
  change.click();
  document.getElementById("helper-name").value = "Lan Anh";
  document.querySelector("dialog form").requestSubmit();
  await settle();
  assert.deepEqual(names(), ["Mẹ Lan Anh", "Bố Hùng"]);
  rows()[0].querySelectorAll("button")[1].click();
  await settle();
  assert.deepEqual(names(), ["Bố Hùng"]);
  assert.equal(document.activeElement.id, "helper-add");
  assert.deepEqual(browser.kept.helpers.map(({ name }) => name), ["Hùng"]);
});

test("what another tab changes shows here at once", async () => {
  const { names } = await open([LAN]);
  await globalThis.chrome.storage.local.set({ helpers: [LAN, HAI] });
  await settle();
  assert.deepEqual(names(), ["Mẹ Lan", "Dì Hai"]);
});
