import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, openPage, settle, words } from "./own_page.mjs";

const text = (key, language = "vi") => words(language)[key].message;

async function connect(page, typed) {
  page.type("code", typed);
  page.press("connect");
  await settle();
}

for (const language of ["vi", "en"]) {
  test(`every sentence stands there in ${language}`, async () => {
    const { document } = await openPage("pair", { language });
    assert.equal(document.documentElement.lang, language);
    for (const element of document.querySelectorAll("[data-i18n]")) {
      assert.equal(element.textContent, text(element.dataset.i18n, language));
    }
  });
}

for (const outcome of ["paired", "no_code", "refused", "no_service"]) {
  test(`what became of the code is said: ${outcome}`, async () => {
    const page = await openPage("pair", { answer: () => ({ outcome }) });
    await connect(page, "k7qf m2xd 9vth");
    assert.deepEqual(browser.asked, [{ type: "pair_by_code", code: "k7qf m2xd 9vth" }]);
    assert.equal(page.document.getElementById("answer").textContent, text(`pair_answer_${outcome}`));
    assert.equal(page.document.getElementById("code").value, outcome === "paired" ? "" : "k7qf m2xd 9vth");
    assert.equal(page.document.getElementById("connect").disabled, false);
  });
}

test("a worker that does not answer is a service that was not found", async () => {
  const page = await openPage("pair", { answer: () => null });
  await connect(page, "K7QF-M2XD-9VTH");
  assert.equal(page.document.getElementById("answer").textContent, text("pair_answer_no_service"));
});

test("an answer goes when another code is typed", async () => {
  const page = await openPage("pair", { answer: () => ({ outcome: "refused" }) });
  await connect(page, "K7QF-M2XD-9VTH");
  page.type("code", "K7QF-M2XD-9VTJ");
  assert.equal(page.document.getElementById("answer").hidden, true);
});
