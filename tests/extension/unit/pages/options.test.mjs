import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, openPage, settle, words } from "./own_page.mjs";

const open = async (kept = {}) => {
  const page = await openPage("options", { kept: { options: kept } });
  const choice = (name, value) => page.document.querySelector(`input[name="${name}"][value="${value}"]`);
  return { ...page, choice, kept: () => browser.kept.options, wrong: () => page.document.getElementById("site-wrong").textContent,
    sites: () => [...page.document.querySelectorAll("#sites bdi")].map((name) => name.textContent),
    async add(text) {
      page.type("site", text);
      page.document.querySelector("#add button").click();
      await settle();
    } };
};

test("it opens with what was chosen", async () => {
  const { choice, sites } = await open({ strictness: "calm", audience: "adult", sites_off: ["a.example"] });
  assert.ok(choice("strictness", "calm").checked && choice("audience", "adult").checked && choice("language", "browser").checked);
  assert.deepEqual(sites(), ["a.example"]);
});

test("a press is kept at once and says so; it alone changes", async () => {
  const { choice, kept, document } = await open({ audience: "under_13" });
  choice("strictness", "calm").click();
  await settle();
  assert.deepEqual(kept(), { strictness: "calm", audience: "under_13", language: "browser", sites_off: [] });
  assert.equal(document.getElementById("kept").textContent, words("vi").options_kept.message);
});

test("another language is spoken at once, and the focus stays", async () => {
  const { choice, document } = await open();
  choice("language", "en").focus();
  choice("language", "en").click();
  await settle();
  assert.equal(document.querySelector("h1").textContent, "Options");
  assert.equal(document.documentElement.lang, "en");
  assert.equal(document.activeElement, choice("language", "en"));
});

for (const [typed, host] of [
  ["truong-hoc.example", "truong-hoc.example"],
  [" https://www.Truong-Hoc.example/lop-8?x=1 ", "truong-hoc.example"],
  ["http://a.example:8080", "a.example"],
]) {
  test(`a site to leave alone: ${typed}`, async () => {
    const { add, sites, kept, wrong } = await open();
    await add(typed);
    await add(typed);
    assert.deepEqual(sites(), [host]);
    assert.deepEqual(kept().sites_off, [host]);
    assert.equal(wrong(), "");
  });
}

for (const typed of ["", "   ", "trường học", "không phải địa chỉ", "data:text/html,x", "https://", "zalo"]) {
  test(`no site, and it says how one looks: «${typed}»`, async () => {
    const { add, sites, wrong, document } = await open();
    await add(typed);
    assert.deepEqual(sites(), []);
    assert.equal(wrong(), words("vi").options_site_wrong.message);
    assert.equal(document.activeElement.id, "site");
  });
}

test("a site is looked at again after one press", async () => {
  const { document, sites, kept } = await open({ sites_off: ["a.example", "b.example"] });
  document.querySelector("#sites button").click();
  await settle();
  assert.deepEqual([sites(), kept().sites_off], [["b.example"], ["b.example"]]);
});

test("what is changed elsewhere shows here too", async () => {
  const { sites } = await open();
  await globalThis.chrome.storage.local.set({ options: { sites_off: ["a.example"] } });
  await settle();
  assert.deepEqual(sites(), ["a.example"]);
});

const PIN = { outcome: "ok", is_set: true, wait_s: 0, reset_in_s: null };

/** The options of a family whose service answers *replies* to what is done with the PIN. */
async function openWithPin(replies) {
  const page = await openPage("options", { answer: ({ type, request }) => (type === "pin" ? (replies[request.do] ?? null) : null) });
  await settle();
  const { document } = page;
  const shows = (id) => !document.getElementById(id).hidden;
  const typeInto = async (selector, ...pins) => {
    document.querySelectorAll(`${selector} input`).forEach((field, place) => (field.value = pins[place]));
    document.querySelector(selector).requestSubmit();
    await settle();
  };
  return { ...page, shows, typeInto, pins: () => browser.asked.filter(({ type }) => type === "pin").map(({ request }) => request) };
}

test("with a PIN a guarded press waits for it: given up, it goes back; typed, it is kept", async () => {
  const { document, typeInto } = await openWithPin({ state: PIN, check: PIN });
  const adult = document.querySelector("[name=audience][value=adult]");
  adult.click();
  await settle();
  assert.equal(browser.kept.options, undefined);
  document.querySelector("dialog [type=button]").click();
  await settle();
  assert.equal(adult.checked, false);
  assert.equal(browser.kept.options, undefined);
  adult.click();
  await settle();
  await typeInto("dialog form", "482913");
  assert.equal(browser.kept.options.audience, "adult");
  document.querySelector("[name=language][value=en]").click();
  await settle();
  assert.equal(browser.kept.options.language, "en", "the language is everybody's");
});

test("a PIN is set by typing it twice the same; nobody has to", async () => {
  const { document, shows, typeInto, pins } = await openWithPin({ state: { ...PIN, is_set: false }, set: PIN });
  assert.deepEqual([shows("pin-new"), shows("pin-there"), shows("pin-reset")], [true, false, false]);
  for (const [first, again, key] of [["12", "12", "pin_form"], ["1234", "1235", "pin_differs"]]) {
    await typeInto("#pin-new", first, again);
    assert.equal(document.getElementById("pin-wrong").textContent, words("vi")[key].message);
  }
  await typeInto("#pin-new", "482913", "482913");
  assert.deepEqual(pins().at(-1), { do: "set", new: "482913" });
  assert.deepEqual([shows("pin-new"), shows("pin-there")], [false, true]);
  assert.equal(document.getElementById("pin-first").value, "");
});

test("the PIN goes with the PIN; a reset is told with its hours and taken back with the PIN", async () => {
  const coming = { ...PIN, reset_in_s: 86_400 };
  const { document, shows, press, typeInto, pins } = await openWithPin({ state: coming, check: PIN, remove: { ...PIN, is_set: false } });
  assert.equal(document.getElementById("pin-reset-line").textContent, words("vi").pin_reset_comes.message.replace("$1", "24"));
  press("pin-stay");
  await typeInto("dialog form", "482913");
  assert.equal(shows("pin-reset"), false);
  press("pin-remove");
  await typeInto("dialog form", "482913");
  assert.deepEqual(pins().map((request) => request.do), ["state", "check", "remove"]);
  assert.deepEqual([shows("pin-new"), shows("pin-there")], [true, false]);
});

test("with the service off the PIN says so", async () => {
  const { shows } = await openWithPin({});
  assert.deepEqual([shows("pin-unreachable"), shows("pin-new"), shows("pin-there")], [true, false, false]);
});

test("the age of the lists and of the signs, where the checker tells it", async () => {
  const rules = { version: "1", built: "2026-11-22", age_days: 1, state: "fresh", lists: { state: "fresh", age_days: 0, rows: 9 } };
  const { document } = await openPage("options", { answer: ({ type }) => (type === "status" ? { state: "on", rules, service: "0.1.0" } : null) });
  await settle();
  assert.equal(document.getElementById("ages").textContent, "Danh sách địa chỉ: cập nhật hôm nay · Dấu\u00a0hiệu:\u00a0hôm\u00a0qua");
  const off = await openPage("options", { answer: ({ type }) => (type === "status" ? { state: "off", rules: null, service: null } : null) });
  await settle();
  assert.equal(off.document.getElementById("ages").hidden, true);
  assert.equal(off.document.getElementById("state-line").textContent, words("vi").page_state_off.message);
});
