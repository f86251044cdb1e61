import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, openPage, words } from "./own_page.mjs";
import { fillWords, inOurLanguage, language, part, say } from "../../../../extension/pages/words.js";

test("what belongs into a sentence is put there", () => {
  browser.language = "vi";
  assert.match(say("page_rules_old", "95"), /đã 95 ngày/);
});

for (const [tongue, both, read] of [
  ["vi", { vi: "Chào", en: "Hello" }, "Chào"],
  ["en", { vi: "Chào", en: "Hello" }, "Hello"],
  ["en", { vi: "Chào", en: "" }, "Chào"],
]) {
  test(`in ${tongue}, ${JSON.stringify(both)} reads "${read}"`, () => {
    browser.language = tongue;
    assert.equal(inOurLanguage(both), read);
  });
}

test("a browser in a third language gets Vietnamese words marked as Vietnamese", (t) => {
  t.mock.method(browser.i18n, "getMessage", (key) => (key === "language" ? "" : "Chào"));
  assert.equal(language(), "vi");
});

for (const tongue of ["vi", "en"]) {
  for (const name of ["parents", "phone", "popup", "practice", "tell", "welcome"]) {
    test(`${name} in ${tongue}: no text, label or hint is left empty`, async () => {
      const { document } = await openPage(name, { language: tongue });
      fillWords();
      assert.equal(document.documentElement.lang, tongue);
      for (const [mark, read] of [
        ["data-i18n", (element) => element.textContent],
        ["data-i18n-label", (element) => element.getAttribute("aria-label")],
        ["data-i18n-placeholder", (element) => element.getAttribute("placeholder")],
      ]) {
        for (const element of document.querySelectorAll(`[${mark}]`)) {
          const key = element.getAttribute(mark);
          assert.ok(words(tongue)[key]?.message, key);
          assert.equal(read(element), words(tongue)[key].message, key);
        }
      }
    });
  }
}

test("a part that is missing, or another kind of thing, is found out at once", async () => {
  const { document } = await openPage("welcome");
  assert.equal(part("state", HTMLElement), document.getElementById("state"));
  assert.throws(() => part("nowhere", HTMLElement), /nowhere/);
  assert.throws(() => part("state", HTMLButtonElement), /HTMLButtonElement with id state/);
});
