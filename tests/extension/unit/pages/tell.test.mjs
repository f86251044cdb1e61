import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, openPage, settle, words } from "./own_page.mjs";

const REASON = { rule: "any.keep_it_secret", signal: "SECRECY", stage: "secrecy", message: "m1", quote: "không được kể", start: 0, end: 13, why: { vi: "Tin này bảo bạn giữ kín.", en: "It tells you to keep quiet." }, source: null, added: "2026-11-22" };
const about = (lure) => (message) => (message.type === "tell_context" ? { lure, level: "danger", reasons: [REASON] } : null);

test("a note to the parents is ready at once and one press copies it, with nobody answering", async () => {
  const { document, press, copied } = await openPage("tell");
  press("copy");
  await settle();
  assert.deepEqual(copied, [words("vi").tell_note_parent_general.message]);
  assert.equal(document.getElementById("copied").textContent, words("vi").tell_copied.message);
});

test("the name of the window tells nothing", async () => {
  const { document } = await openPage("tell");
  assert.equal(document.title, "Ghi chú");
});

test("another person gets another note", async () => {
  const { document } = await openPage("tell");
  document.querySelector("input[value=teacher]").click();
  assert.match(document.getElementById("note").value, /^Thưa thầy\/cô/);
});

test("the lure chooses the kind of note, the first action and the reasons", async () => {
  const { document } = await openPage("tell", { answer: about("sextortion"), language: "en" });
  assert.equal(document.getElementById("note").value, words("en").tell_note_parent_private.message);
  assert.equal(document.getElementById("first-action").textContent, words("en").tell_first_sextortion.message);
  assert.equal(document.getElementById("why").hidden, false);
  assert.match(document.getElementById("why-list").textContent, /không được kể.*keep quiet.*22\/11\/2026/s);
});

test("who has told of harm gets a note and a first line for that, and no list of reasons", async () => {
  const { document } = await openPage("tell", { answer: (message) => (message.type === "tell_context" ? { lure: null, level: "no_information", reasons: [], help: true } : null) });
  assert.equal(document.getElementById("note").value, words("vi").tell_note_parent_trouble.message);
  assert.equal(document.getElementById("first-action").textContent, words("vi").tell_first_trouble.message);
  assert.equal(document.getElementById("why").hidden, true);
});

test("the note never carries the stranger's words", async () => {
  const { document } = await openPage("tell", { answer: about("fake_authority") });
  assert.doesNotMatch(document.getElementById("note").value, /không được kể/);
});

test("what the child has written stays when the context comes late", async () => {
  let answerNow;
  const opening = openPage("tell", { answer: (message) => (message.type === "tell_context" ? new Promise((resolve) => (answerNow = resolve)) : null) });
  await settle();
  while (!answerNow) await new Promise(setImmediate); // the page is still being read
  document.getElementById("note").value = "Mẹ ơi gọi con";
  document.getElementById("note").dispatchEvent(new window.Event("input"));
  answerNow({ lure: "task_scam", level: "danger", reasons: [] });
  await opening;
  assert.equal(document.getElementById("note").value, "Mẹ ơi gọi con");
  assert.equal(document.getElementById("first-action").textContent, words("vi").tell_first_task_scam.message);
});

test("mail carries the edited note and no address", async () => {
  const { document, type } = await openPage("tell");
  type("note", "Bố ơi & mẹ ơi?");
  assert.match(document.getElementById("mail").href, /^mailto:\?subject=[^&]+&body=B%E1%BB%91%20%C6%A1i%20%26%20m%E1%BA%B9%20%C6%A1i%3F$/);
});

test("the code for the phone is drawn when asked for and follows the note", async () => {
  const { document, press, type } = await openPage("tell");
  const path = () => document.querySelector("#code-picture path")?.getAttribute("d");
  assert.equal(path(), undefined);
  press("show-code");
  const first = path();
  assert.ok(first);
  type("note", "Gọi cho con nhé");
  assert.notEqual(path(), first);
});

test("calling 111 shows the number and hides what does not help there", async () => {
  const { document } = await openPage("tell");
  document.querySelector("input[value=helpline]").click();
  assert.equal(document.getElementById("call").hidden, false);
  assert.equal(document.getElementById("call").getAttribute("href"), "tel:111");
  assert.equal(document.getElementById("ways").hidden, true);
});

test("after telling, the note is gone from the page and a kind word stands there", async () => {
  const { document, press } = await openPage("tell");
  press("told");
  assert.equal(document.getElementById("telling").hidden, true);
  assert.equal(document.getElementById("closing").hidden, false);
  assert.equal(document.getElementById("note").value, "");
});

test("the quick way out closes the window, by press and by Escape", async () => {
  const { document, press } = await openPage("tell");
  press("leave");
  document.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape" }));
  document.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape", isComposing: true }));
  await settle();
  assert.deepEqual(browser.asked.filter(({ type }) => type === "closed"), [{ type: "closed", id: 7 }, { type: "closed", id: 7 }]);
});

for (const language of ["vi", "en"]) {
  test(`every ${language} note is short, and every first action fits two short lines`, () => {
    for (const [key, { message }] of Object.entries(words(language))) {
      if (key.startsWith("tell_note_")) assert.ok(message.length <= 200, `${key}: ${message.length}`);
      if (key.startsWith("tell_first_")) assert.ok(message.length <= 90, `${key}: ${message.length}`);
      assert.doesNotMatch(message, /!/, key);
    }
  });
}
