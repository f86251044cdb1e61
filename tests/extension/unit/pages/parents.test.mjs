import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, openPage, settle, words } from "./own_page.mjs";

test("the steps stand in the order in which they help: no money, the police, people who are near", async () => {
  const { document } = await openPage("parents");
  const heads = Array.from(document.querySelectorAll("#steps h2"), ({ textContent }) => textContent);
  assert.deepEqual(heads, ["no_money", "113", "near", "line", "write"].map((step) => words("vi")[`parents_${step}`].message));
});

test("it asks nobody, prints when asked to, and closes quickly", async () => {
  const { press } = await openPage("parents");
  assert.deepEqual(browser.asked, []);
  let printed = 0;
  window.print = () => (printed += 1);
  press("print");
  assert.equal(printed, 1);
  press("leave");
  await settle();
  assert.deepEqual(browser.asked, [{ type: "closed", id: 7 }]);
});

for (const language of ["vi", "en"]) {
  test(`in ${language} no step blames or shouts`, () => {
    for (const [key, { message }] of Object.entries(words(language))) {
      if (key.startsWith("parents_")) assert.doesNotMatch(message, /!|tại sao con|an toàn|\bsafe\b/i, key);
    }
  });
}
