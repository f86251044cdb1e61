import assert from "node:assert/strict";
import { test } from "node:test";
import { EIGHT, HAI, LAN } from "./helpers_kept.mjs";
import { browser, openPage, settle, words } from "./own_page.mjs";
import { askForHelper } from "../../../../extension/pages/helper_form.js";

/** The form on a page of ours, filled with *typed*. */
async function open({ kept = [], language = "vi", before } = {}) {
  const { document } = await openPage("phone", { kept: { helpers: kept }, language });
  const asked = askForHelper(before);
  const field = (name) => document.getElementById(`helper-${name}`);
  return {
    document,
    asked,
    field,
    wrong: (name) => document.getElementById(`helper-${name}-wrong`).textContent,
    isAsked: (name) => !field(name).parentElement.hidden,
    async save(typed) {
      for (const [name, value] of Object.entries(typed)) {
        field(name).value = value;
        field(name).dispatchEvent(new window.Event("change"));
      }
      document.querySelector("dialog form").requestSubmit();
      await settle();
    },
    kept: () => browser.kept.helpers,
  };
}

test("a name is enough; what was typed is kept as it can be used", async () => {
  const { save, asked, kept, document } = await open();
  await save({ name: " Lan ", phone: "+84 900.000.001", mail: " lan@gia-dinh.example ", chat: "zalo.me/0900000001" });
  const helper = await asked;
  assert.deepEqual({ ...helper, id: LAN.id }, LAN);
  assert.match(helper.id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(kept(), [helper]);
  assert.equal(document.querySelector("dialog"), null);
});

for (const [name, typed, key] of [
  ["name", "", "name"],
  ["name", "❤️", "name"],
  ["phone", "12345", "phone"],
  ["phone", "113", "emergency"],
  ["mail", "lan@", "mail"],
  ["chat", "Zalo của Lan", "chat"],
  ["chat", "http://zalo.me/1", "https"],
]) {
  test(`«${typed}» is no ${name}: a line beside the field says how one looks, and nothing is kept`, async () => {
    const { save, wrong, field, kept, document } = await open();
    await save({ name: "Lan", [name]: typed });
    assert.equal(wrong(name), words("vi")[`helper_wrong_${key}`].message);
    assert.equal(field(name).getAttribute("aria-invalid"), "true");
    assert.equal(document.activeElement, field(name));
    assert.deepEqual(kept(), []);
    await save({ name: "Lan", [name]: name === "name" ? "Lan" : "" });
    assert.deepEqual(kept().map((helper) => helper.name), ["Lan"], "mended, it is kept");
  });
}

test("a line goes as soon as its field is being mended", async () => {
  const { save, wrong, field } = await open();
  await save({ name: "Lan", phone: "113" });
  assert.ok(wrong("phone"));
  field("phone").value = "0";
  field("phone").dispatchEvent(new window.Event("input"));
  assert.deepEqual([wrong("phone"), field("phone").getAttribute("aria-invalid")], ["", "false"]);
});

test("every field that is wrong says so at once, and the first of them is gone to", async () => {
  const { save, wrong, field, document } = await open();
  await save({ name: "", phone: "x", mail: "x", chat: "x" });
  for (const name of ["name", "phone", "mail", "chat"]) assert.ok(wrong(name), name);
  assert.equal(document.activeElement, field("name"));
});

test("the same person twice is refused, and named", async () => {
  const { save, wrong, kept, field, document } = await open({ kept: [LAN] });
  await save({ name: "lan" });
  assert.equal(document.activeElement, field("name"));
  assert.equal(wrong("name"), words("vi").helper_wrong_twice.message.replace("$1", "Mẹ Lan"));
  assert.deepEqual(kept(), [LAN]);
});

test("a ninth person is refused, with what to do", async () => {
  const { save, wrong, kept } = await open({ kept: EIGHT });
  await save({ name: "Lan" });
  assert.equal(wrong("name"), words("vi").helper_wrong_full.message.replace("$1", "8"));
  assert.equal(kept().length, 8);
});

test("own words for both are asked for where there are none, and must be words", async () => {
  const { save, wrong, isAsked, asked } = await open();
  assert.deepEqual(["you", "me"].map(isAsked), [false, false]);
  await save({ name: "Hai", relation: "other", you: "", me: "❤️" });
  assert.deepEqual(["you", "me"].map(isAsked), [true, true]);
  assert.deepEqual([wrong("you"), wrong("me")], Array(2).fill(words("vi").helper_wrong_word.message));
  await save({ you: "dì", me: "con", phone: "0900 000 003" });
  assert.deepEqual({ ...(await asked), id: HAI.id }, HAI);
});

test("in English nobody is asked for a word for themselves", async () => {
  const { save, isAsked, asked } = await open({ language: "en" });
  await save({ name: "", relation: "other" });
  assert.deepEqual(["you", "me"].map(isAsked), [true, false]);
  await save({ name: "Hai", relation: "other", you: "Auntie" });
  assert.equal((await asked).you, "Auntie");
});

test("a change begins with what is known, and drops words that are not needed any more", async () => {
  const { save, field, asked, kept, document } = await open({ kept: [HAI], before: HAI });
  assert.deepEqual(["name", "relation", "you", "me", "phone"].map((name) => field(name).value), ["Hai", "other", "dì", "con", "0900 000 003"]);
  assert.equal(document.querySelector("dialog h2").textContent, words("vi").helper_change_title.message);
  await save({ relation: "sister" });
  assert.deepEqual(await asked, { ...HAI, relation: "sister", you: "", me: "" });
  assert.deepEqual(kept(), [{ ...HAI, relation: "sister", you: "", me: "" }]);
});

test("a change in English leaves the Vietnamese word for oneself", async () => {
  const { save, asked } = await open({ kept: [HAI], before: HAI, language: "en" });
  await save({ name: "Ba" });
  assert.deepEqual(await asked, { ...HAI, name: "Ba" });
});

test("given up, nothing is kept; no browser remembers or checks what was typed", async () => {
  const { asked, document, kept } = await open();
  for (const input of document.querySelectorAll("dialog input")) assert.deepEqual([input.autocomplete, input.spellcheck ?? false], ["off", false]);
  document.querySelector("dialog [type=button]").click();
  assert.equal(await asked, null);
  assert.deepEqual(kept(), []);
});

test("what another tab has changed of them while the form stood open stays", async () => {
  const { save, kept } = await open({ kept: [HAI], before: HAI });
  browser.kept.helpers = [{ ...HAI, phone: "0900000009" }];
  await save({ name: "Ba" });
  assert.deepEqual(kept(), [{ ...HAI, name: "Ba", phone: "0900000009" }]);
});

test("a field takes no more than can be kept, and a tablet shows the keys that it needs", async () => {
  const { field } = await open();
  const seen = ["name", "you", "me", "phone", "mail", "chat"].map((name) => [field(name).maxLength, field(name).inputMode]);
  assert.deepEqual(seen, [[40, "text"], [30, "text"], [30, "text"], [24, "tel"], [254, "email"], [300, "url"]]);
});
