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
