import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, openPage, settle, words } from "./own_page.mjs";

const FRESH = { version: "1", built: "2026-11-22", age_days: 0, state: "fresh" };
const status = (state) => () => ({ state, rules: state === "on" ? FRESH : null, service: null });

for (const language of ["vi", "en"]) {
  test(`every sentence stands there in ${language}, and none calls anything safe`, async () => {
    const { document } = await openPage("welcome", { language, answer: status("on") });
    assert.equal(document.documentElement.lang, language);
    for (const element of document.querySelectorAll("[data-i18n]")) {
      assert.equal(element.textContent, words(language)[element.dataset.i18n].message);
    }
    assert.match(document.querySelector("h1").textContent, /\S/);
    assert.doesNotMatch(document.body.textContent, /an toàn|\bsafe\b|bảo vệ tuyệt đối/i);
  });
}

for (const [state, mend] of [["on", null], ["off", /make start/], ["not_installed", /README/]]) {
  test(`it says whether the service was found: ${state}`, async () => {
    const { document } = await openPage("welcome", { answer: status(state) });
    await settle();
    assert.equal(document.getElementById("state-line").textContent, words("vi")[`page_state_${state}`].message);
    const line = document.getElementById("state-mend");
    assert.equal(line.hidden, mend === null);
    if (mend) assert.match(line.textContent, mend);
  });
}

test("one press leads to the practice page", async () => {
  const { document } = await openPage("welcome", { answer: status("on") });
  assert.equal(document.querySelector("a.button").getAttribute("href"), "practice.html");
});

test("three screens, one at a time, there and back", async () => {
  const { document, press } = await openPage("welcome", { answer: status("on") });
  const shown = () => [...document.querySelectorAll(".screen")].filter(({ hidden }) => !hidden).map(({ id }) => id);
  const walk = [shown()];
  for (const way of ["next", "next", "back"]) {
    press(way);
    walk.push(shown());
    assert.equal(document.activeElement, document.querySelector(".screen:not([hidden]) h2"), "reading goes on there");
  }
  assert.deepEqual(walk.flat(), ["screen-1", "screen-2", "screen-3", "screen-2"]);
  assert.deepEqual([...document.querySelectorAll(".step")].map((step) => step.textContent), ["1 trên 3", "2 trên 3", "3 trên 3"]);
});

test("a chosen person shows the ready note, and is written nowhere", async () => {
  const { document } = await openPage("welcome", { answer: status("on") });
  document.querySelector('[value="mother"]').click();
  await settle();
  assert.match(document.getElementById("note").textContent, /^Mẹ ơi/);
  assert.deepEqual(browser.kept, {});
  assert.ok(browser.asked.every(({ type }) => type === "status"), "nobody is asked or told either");
});
