import assert from "node:assert/strict";
import { test } from "node:test";

import { chatKind, LONGEST, readChat, readMail, readName, readPhone, showPhone } from "../../../../extension/background/ways.js";

/** *wrong* is null where *typed* is taken as *value*. */
function holds(read, typed, value, wrong) {
  test(`${read.name} «${typed}»`, () => assert.deepEqual(read(typed), { value: wrong ? "" : value, wrong: wrong ?? "" }));
}

for (const [typed, value, wrong] of [
  [" Nguyễn  Thị\tHồng\nÁnh ", "Nguyễn Thị Hồng Ánh"],
  ["Nguyễn".normalize("NFD"), "Nguyễn"],
  ["Lan ❤️", "Lan ❤"],
  ["Đ", "Đ"],
  ["李娜", "李娜"],
  ["\u202Enaל\u202C", "naל"], // a mark that turns round what follows
  ["Lan\u0301\u0302\u0303\u0304\u0305", "Lań\u0302\u0303"],
  ["L\ud800an", "L\ufffdan"],
  ["x".repeat(60), "x".repeat(LONGEST.name)],
  [`${"x".repeat(LONGEST.name - 1)} y`, "x".repeat(LONGEST.name - 1)],
  ["𠮷".repeat(60), "𠮷".repeat(LONGEST.name)], // two UTF-16 units each: none is cut in half
  ["", "", "name"],
  ["   ", "", "name"],
  ["❤️👩‍👧", "", "name"],
  ["12345", "", "name"],
  ["\u3164\u200b", "", "name"], // a letter that is blank
  ["\u202e", "", "name"],
]) holds(readName, typed, value, wrong);

for (const [typed, value, wrong] of [
  ["0900000001", "0900000001"],
  [" 0900 000 001 ", "0900000001"],
  ["0900.000.001", "0900000001"],
  ["(0900) 000–001", "0900000001"],
  ["\u202a0900 000 001\u202c", "0900000001"], // as it is copied from a list of contacts
  ["+84 900 000 001", "0900000001"],
  ["+84 (0)900 000 001", "0900000001"],
  ["0084 900 000 001", "0900000001"],
  ["84900000001", "0900000001"],
  ["０９００ ０００ ００１", "0900000001"],
  ["024 3000 0000", "02430000000"],
  ["+84 24 3000 0000", "02430000000"],
  ["+61 491 570 006", "+61491570006"], // kept free for films by Australia's authority
  ["0061 491 570 006", "+61491570006"],
  ["", ""],
  [" - ", ""],
  ["900000001", "", "phone"],
  ["09000000011", "", "phone"],
  ["0900 000 00", "", "phone"],
  ["0600 000 001", "", "phone"], // no mobile begins so
  ["0120 000 0001", "", "phone"], // eleven digits, as until 2018
  ["1900 0000", "", "phone"],
  ["+84 1", "", "phone"],
  ["+0 123 456 789", "", "phone"],
  ["+123456", "", "phone"],
  ["+1234567890123456", "", "phone"],
  ["số của mẹ", "", "phone"],
  ["0900 000 001; 0900 000 002", "", "phone"],
  ["111", "", "emergency"],
  ["1 1 3", "", "emergency"],
  ["+84 113", "", "emergency"],
  ["0115", "", "emergency"],
  ["911", "", "emergency"],
]) holds(readPhone, typed, value, wrong);

for (const [typed, value, wrong] of [
  [" lan@gia-dinh.example ", "lan@gia-dinh.example"],
  ["\u200blan@gia-dinh.example", "lan@gia-dinh.example"],
  ["lan.anh+con@mail.truong-hoc.example", "lan.anh+con@mail.truong-hoc.example"],
  ["", ""],
  ["lan", "", "mail"],
  ["lan@", "", "mail"],
  ["lan@localhost", "", "mail"],
  ["lan@gia-dinh..example", "", "mail"],
  ["lan anh@gia-dinh.example", "", "mail"],
  ["lan@gia-dinh.example, hung@gia-dinh.example", "", "mail"],
  ["lan@gia-dinh.example?bcc=x@y.example", "", "mail"],
  ["Lan <lan@gia-dinh.example>", "", "mail"],
  [`${"x".repeat(LONGEST.mail)}@gia-dinh.example`, "", "mail"],
]) holds(readMail, typed, value, wrong);

for (const [typed, value, wrong] of [
  ["https://zalo.me/0900000001", "https://zalo.me/0900000001"],
  ["\u200bhttps://zalo.me/0900000001", "https://zalo.me/0900000001"],
  [" zalo.me/0900000001 ", "https://zalo.me/0900000001"],
  ["HTTPS://M.ME/lan", "https://m.me/lan"],
  ["https://chat.example/a?b=c#d", "https://chat.example/a?b=c#d"],
  ["https://người.example/", "https://xn--ngi-28a9548a.example/"],
  ["", ""],
  ["http://zalo.me/0900000001", "", "https"],
  ["ftp://chat.example/", "", "https"],
  [`java${"script"}:alert(1)`, "", "chat"],
  [`java${"script"}://chat.example/%0aalert(1)`, "", "https"],
  ["data:text/html,x", "", "chat"],
  ["zalo", "", "chat"],
  ["Zalo của Lan", "", "chat"],
  ["0900000001", "", "chat"],
  ["lan@gia-dinh.example", "", "chat"],
  ["https://zalo.me@chat.example/", "", "chat"],
  ["https://:x@chat.example/", "", "chat"],
  ["https://", "", "chat"],
  ["https://127.0.0.1/", "", "chat"],
  [`https://chat.example/${"x".repeat(LONGEST.chat)}`, "", "chat"],
]) holds(readChat, typed, value, wrong);

test("a number is shown as people read it out", () => {
  assert.deepEqual(["0900000001", "02430000000", "+61491570006", ""].map(showPhone), ["0900 000 001", "0243 000 0000", "+61491570006", ""]);
});

for (const [chat, kind] of [
  ["https://zalo.me/0900000001", "zalo"],
  ["https://chat.zalo.me/", "zalo"],
  ["https://m.me/lan", "messenger"],
  ["https://www.facebook.com/messages/t/1", "messenger"],
  ["https://khongphaizalo.me/x", ""],
  ["https://zalo.me.example/", ""],
  ["", ""],
]) {
  test(`the chat at «${chat}»`, () => assert.equal(chatKind(chat), kind));
}
