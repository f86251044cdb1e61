import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { browser, openPage } from "./own_page.mjs";
import { nameElement, nameOf, waysOf } from "../../../../extension/pages/helper_name.js";

const LAN = { id: "1", name: "Lan", relation: "mother", you: "", me: "", phone: "", mail: "", chat: "" };

beforeEach(() => (browser.language = "vi"));

for (const [helper, vi, en] of [
  [{ relation: "mother" }, "Mẹ Lan", "Lan (Mum)"],
  [{ relation: "father" }, "Bố Lan", "Lan (Dad)"],
  [{ relation: "sister" }, "Chị Lan", "Lan (sister)"],
  [{ relation: "brother" }, "Anh Lan", "Lan (brother)"],
  [{ relation: "teacher_woman" }, "Cô Lan", "Ms Lan"],
  [{ relation: "teacher_man" }, "Thầy Lan", "Mr Lan"],
  [{ relation: "friend" }, "Bạn Lan", "Lan (friend)"],
  [{ relation: "other", you: "dì" }, "Dì Lan", "Dì Lan"],
  [{ relation: "other", you: "" }, "Lan", "Lan"],
]) {
  test(`${helper.relation} ${helper.you ?? ""} is called ${vi}`, () => {
    assert.equal(nameOf({ ...LAN, ...helper }), vi);
    browser.language = "en";
    assert.equal(nameOf({ ...LAN, ...helper }), en);
  });
}

for (const [name, helper, called, language = "vi"] of [
  ["Mẹ Lan", {}, "Mẹ Lan"],
  ["mẹ", {}, "mẹ"],
  ["Mẹo", {}, "Mẹ Mẹo"],
  ["Dì Hai", { relation: "other", you: "dì" }, "Dì Hai"],
  ["Mum", {}, "Mum", "en"],
  ["Ms Hoa", { relation: "teacher_woman" }, "Ms Hoa", "en"],
]) {
  test(`nobody is called twice the same: ${name}`, () => {
    browser.language = language;
    assert.equal(nameOf({ ...LAN, name, ...helper }), called);
  });
}

test("a name stands by itself, and is text", async () => {
  await openPage("phone");
  const element = nameElement({ ...LAN, name: "<b>דנה</b>" });
  assert.deepEqual([element.localName, element.children.length, element.textContent], ["bdi", 0, "Mẹ <b>דנה</b>"]);
});

test("the ways that are known, in one line", () => {
  assert.equal(waysOf({ ...LAN, phone: "0900000001", mail: "lan@gia-dinh.example", chat: "https://zalo.me/0900000001" }), "0900 000 001 · lan@gia-dinh.example · zalo.me/0900000001");
  assert.equal(waysOf({ ...LAN, chat: "https://chat.zalo.me/" }), "chat.zalo.me");
  assert.equal(waysOf(LAN), "");
});
