import assert from "node:assert/strict";
import { test } from "node:test";
import { LAN } from "./helpers_kept.mjs";
import { browser, openPage, settle, words } from "./own_page.mjs";

const text = (page, id) => page.document.getElementById(id).textContent;
const isHidden = (page, id) => page.document.getElementById(id).hidden;

test("with nobody answering, the first question stands there at once, and the way out too", async () => {
  const page = await openPage("phone");
  assert.equal(text(page, "question"), words("vi").phone_ask_authority.message);
  assert.equal(text(page, "step"), "Câu 1 trên 6");
  assert.deepEqual([isHidden(page, "asking"), isHidden(page, "answer"), isHidden(page, "back")], [false, true, true]);
  assert.equal(page.document.title, "Ghi chú");
  assert.deepEqual(browser.asked, [], "it asks nobody");
});

test("a yes that settles it leads to one thing to do, read out first", async () => {
  const page = await openPage("phone");
  page.press("yes");
  page.press("no");
  page.press("yes"); // to be kept secret
  assert.equal(text(page, "todo"), words("vi").phone_do_hang_up.message);
  assert.equal(text(page, "because"), words("vi").phone_why_hang_up.message);
  assert.equal(isHidden(page, "asking"), true);
  assert.equal(page.document.activeElement.id, "todo");
});

test("a press by mistake can be taken back", async () => {
  const page = await openPage("phone");
  page.press("no");
  page.press("yes");
  assert.equal(page.document.getElementById("answer").dataset.outcome, "go");
  page.press("back");
  assert.equal(text(page, "question"), words("vi").phone_ask_place.message);
  page.press("back");
  assert.deepEqual([text(page, "step"), isHidden(page, "back")], ["Câu 1 trên 6", true]);
});

test("one press then opens the note that fits, and closes this page", async () => {
  const page = await openPage("phone", { answer: () => ({ opened: true }) });
  page.press("yes");
  page.press("no");
  page.press("no");
  page.press("yes"); // must stay on the line
  page.press("tell");
  await settle();
  assert.deepEqual(browser.asked, [
    { type: "open_tell", lure: "fake_authority", level: "no_information", reasons: [], help: false },
    { type: "closed", id: 7 },
  ]);
});

test("the family's people stand with the one thing to do, to be called", async () => {
  const page = await openPage("phone", { kept: { helpers: [LAN] } });
  await settle();
  assert.ok(page.document.getElementById("answer").contains(page.document.querySelector("#calls-list a[href='tel:0900000001']")));
  assert.equal(isHidden(page, "calls"), false);
});

for (const language of ["vi", "en"]) {
  test(`in ${language} every question is short, and every answer is one short thing to do`, () => {
    for (const [key, { message }] of Object.entries(words(language))) {
      if (/^phone_(ask|do)_/.test(key)) assert.ok(message.length <= 90, `${key}: ${message.length}`);
      if (key.startsWith("phone_why_")) assert.ok(message.length <= 130, `${key}: ${message.length}`);
      if (key.startsWith("phone_ask_")) assert.match(message, /\?$/, key);
      if (key.startsWith("phone_")) assert.doesNotMatch(message, /!|an toàn|\bsafe\b/i, key);
    }
  });
}
