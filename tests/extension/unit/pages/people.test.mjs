import assert from "node:assert/strict";
import { test } from "node:test";
import { EIGHT, HAI, HOA, LAN } from "./helpers_kept.mjs";
import { browser, openPage, settle } from "./own_page.mjs";

async function open(helpers, more = {}) {
  const page = await openPage("tell", { kept: { helpers, ...more } });
  const { document } = page;
  return {
    ...page,
    shown: () => [...document.querySelectorAll("#people label:not([hidden]) span")].map((span) => span.textContent),
    chosen: () => document.querySelector("#people input:checked + span").textContent,
    note: () => document.getElementById("note").value,
    row: (name) => [...document.querySelectorAll("#people-list li")].find((row) => row.textContent.startsWith(name)).querySelector("button"),
    choose: (value) => document.querySelector(`#people input[value="${value}"]`).click(),
  };
}

test("the named people come first, each in the place of the mere word; somebody else and 111 always stand there", async () => {
  const { shown, chosen } = await open([LAN, HOA, HAI]);
  assert.deepEqual(shown(), ["Mẹ Lan", "Cô Hoa", "Dì Hai", "Bố", "Chị", "Anh", "Thầy", "Bạn thân", "Người khác", "Gọi 111"]);
  assert.equal(chosen(), "Mẹ Lan");
});

test("with eight friends, too, somebody else can be told, and no ninth is offered", async () => {
  const { shown, document } = await open(EIGHT);
  assert.equal(document.getElementById("people-add").hidden, true);
  assert.deepEqual(shown().slice(-2), ["Người khác", "Gọi 111"]);
});

test("the note speaks to a named person as to anybody who is that to a child", async () => {
  const { note, choose } = await open([LAN, HOA, HAI]);
  assert.match(note(), /^Mẹ ơi, con /);
  choose(HOA.id);
  assert.match(note(), /^Thưa cô, em /);
  choose(HAI.id);
  assert.match(note(), /^Dì ơi, con .*Dì nghe con kể/);
});

test("whoever hides somebody with the keyboard stays there, also when another tab changes the list", async () => {
  const { row, document } = await open([LAN, HOA]);
  row("Cô Hoa").focus();
  row("Cô Hoa").click();
  await settle();
  assert.equal(document.activeElement, row("Cô Hoa"));
  await globalThis.chrome.storage.local.set({ helpers: [HOA] });
  await settle();
  assert.equal(document.activeElement, row("Cô Hoa"));
});

test("until somebody is chosen by a press it is the first, also when that one is named in another tab", async () => {
  const { chosen } = await open([]);
  await globalThis.chrome.storage.local.set({ helpers: [HOA] });
  await settle();
  assert.equal(chosen(), "Cô Hoa");
});

test("given up, nobody is added and the choice stays", async () => {
  const { document, press, chosen, shown } = await open([LAN]);
  const before = shown();
  press("edit-people");
  assert.equal(document.getElementById("edit-people").getAttribute("aria-expanded"), "true");
  press("people-add");
  document.querySelector("dialog [type=button]").click();
  await settle();
  assert.deepEqual([shown(), chosen()], [before, "Mẹ Lan"]);
});

test("who is hidden is gone from this page, the mere word is back, and nobody is told", async () => {
  const { shown, row, chosen } = await open([LAN, HOA]);
  row("Mẹ Lan").click();
  await settle();
  assert.deepEqual(shown().slice(0, 3), ["Cô Hoa", "Mẹ", "Bố"]);
  assert.equal(chosen(), "Cô Hoa");
  assert.deepEqual([row("Mẹ Lan").textContent, row("Mẹ Lan").getAttribute("aria-label")], ["Hiện lại", "Hiện lại Mẹ Lan"]);
  assert.deepEqual(browser.kept, { helpers: [LAN, HOA], helpers_hidden: [LAN.id] });
  assert.deepEqual(browser.asked.filter(({ type }) => type !== "tell_context"), []);
  row("Mẹ Lan").click();
  await settle();
  assert.deepEqual(shown().slice(0, 2), ["Mẹ Lan", "Cô Hoa"]);
});

test("the child adds somebody, who is chosen at once", async () => {
  const { document, press, chosen, note } = await open([LAN]);
  press("edit-people");
  assert.equal(document.getElementById("people-panel").hidden, false);
  press("people-add");
  document.getElementById("helper-name").value = "Nam";
  document.getElementById("helper-relation").value = "teacher_man";
  document.querySelector("dialog form").requestSubmit();
  await settle();
  assert.equal(chosen(), "Thầy Nam");
  assert.match(note(), /^Thưa thầy, em /);
});

test("what the child has written stays when the list changes in another tab", async () => {
  const { type, note, shown, choose, chosen } = await open([LAN]);
  choose("friend");
  type("note", "Cậu ơi, tớ sợ");
  await globalThis.chrome.storage.local.set({ helpers: [LAN, HAI] });
  await settle();
  assert.deepEqual([note(), chosen(), shown()[1]], ["Cậu ơi, tớ sợ", "Bạn thân", "Dì Hai"]);
});

test("whom the child chose is written nowhere", async () => {
  const { choose, press } = await open([LAN, HOA]);
  choose(HOA.id);
  press("copy");
  press("told");
  await settle();
  assert.deepEqual(browser.kept, { helpers: [LAN, HOA] });
});
