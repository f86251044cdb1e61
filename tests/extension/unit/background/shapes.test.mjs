import assert from "node:assert/strict";
import { test } from "node:test";

import { isNameOrNull, readCheckRequest, readPinRequest, readQrRequest, readTellContext } from "../../../../extension/background/shapes.js";

const LINK = { id: "1", url: "https://a.example/x", text: "bấm vào đây" };
const MESSAGE = { id: "m1", text: "xin chào", from_me: false };
const EMPTY = { links: [], messages: [], earlier: [] };
const REASON = {
  rule: "any.keep_secret", signal: "SECRECY", stage: "secrecy", message: "m1", quote: "đừng kể", start: 3, end: 10,
  why: { vi: "Tin này bảo bạn giữ kín.", en: "Keep quiet." }, source: "https://example.test/bao-cao", added: "2026-11-22", compare: null,
};
const COMPARE = { like: "vietcombank.com.vn", actual: "vietcombank-kyc.test", differs: [[11, 20]] };
const many = (count, item) => Array(count).fill(item);

for (const [what, value, read] of [
  ["nothing at all", {}, EMPTY],
  ["links and messages", { links: [LINK], messages: [MESSAGE] }, { ...EMPTY, links: [LINK], messages: [MESSAGE] }],
  ["a link without words", { links: [{ id: "1", url: "x" }] }, { ...EMPTY, links: [{ id: "1", url: "x", text: undefined }] }],
  ["a message whose writer is unknown", { messages: [{ id: "m1", text: "a" }] }, { ...EMPTY, messages: [{ id: "m1", text: "a", from_me: null }] }],
  ["half a letter, as broken pages hold", { messages: [{ ...MESSAGE, text: "a\ud800b" }] }, { ...EMPTY, messages: [{ ...MESSAGE, text: "a\ud800b" }] }],
  ["an audience", { audience: "under_13" }, { ...EMPTY, audience: "under_13" }],
  ["signals seen earlier", { earlier: ["SECRECY"] }, { ...EMPTY, earlier: ["SECRECY"] }],
]) {
  test(`a question with ${what} is read as it is`, () => assert.deepEqual(readCheckRequest(value), read));
}

test("what nobody asked for falls away", () => {
  const { links, messages } = readCheckRequest({ links: [{ ...LINK, html: "<b>" }], messages: [{ ...MESSAGE, name: "Lan" }], token: "x" });
  assert.deepEqual([links, messages], [[LINK], [MESSAGE]]);
});

for (const [what, value] of [
  ["no question", null],
  ["a list", [MESSAGE]],
  ["a text", "xin chào"],
  ["links that are no list", { links: { 0: LINK } }],
  ["a link without an address", { links: [{ id: "1" }] }],
  ["a link whose words are a number", { links: [{ ...LINK, text: 7 }] }],
  ["a message without an id", { messages: [{ ...MESSAGE, id: "" }] }],
  ["a message with a long id", { messages: [{ ...MESSAGE, id: "i".repeat(513) }] }],
  ["a message by 'nobody'", { messages: [{ ...MESSAGE, from_me: "no" }] }],
  ["one bad message among good ones", { messages: [MESSAGE, null, MESSAGE] }],
  ["a signal that is no text", { earlier: [7] }],
  ["a signal as long as a sentence", { earlier: ["S".repeat(65)] }],
  ["an unknown audience", { audience: "baby" }],
  ["an audience from the prototype", { audience: ["teen"] }],
]) {
  test(`a question with ${what} is refused`, () => assert.equal(readCheckRequest(value), null));
}

for (const [what, most, question] of [
  ["links", 2000, (count) => ({ links: many(count, LINK) })],
  ["messages", 200, (count) => ({ messages: many(count, MESSAGE) })],
  ["earlier signals", 80, (count) => ({ earlier: many(count, "SECRECY") })],
  ["letters in a message", 2_000_000, (count) => ({ messages: [{ ...MESSAGE, text: "a".repeat(count) }] })],
  ["letters in an address", 2_000_000, (count) => ({ links: [{ ...LINK, url: "a".repeat(count) }] })],
]) {
  test(`${most} ${what} are taken, one more is refused`, () => {
    assert.notEqual(readCheckRequest(question(most)), null);
    assert.equal(readCheckRequest(question(most + 1)), null);
  });
}

for (const [value, isOne] of [["u100", true], [null, true], ["", true], ["u".repeat(513), false], [undefined, false], [7, false], [{}, false]]) {
  test(`${JSON.stringify(value)?.slice(0, 12)} ${isOne ? "can" : "cannot"} name a conversation`, () => assert.equal(isNameOrNull(value), isOne));
}

test("the tell window gets lure, level, reasons and whether it is help, and nothing else", () => {
  const context = { lure: "grooming", level: "danger", reasons: [REASON], help: true };
  const sent = { type: "open_tell", ...context, reasons: [{ ...REASON, html: "<b>" }] };
  assert.deepEqual(readTellContext(sent), context);
});

test("the names that are lined up reach the tell window, and nothing else of them", () => {
  const sent = { lure: null, level: "caution", reasons: [{ ...REASON, compare: { ...COMPARE, html: "<b>" } }] };
  assert.deepEqual(readTellContext(sent).reasons, [{ ...REASON, compare: COMPARE }]);
});

test("a reason without source, date and names is shown without them", () => {
  const sent = { ...REASON, source: undefined, added: undefined, compare: undefined };
  assert.deepEqual(readTellContext({ lure: null, level: "caution", reasons: [sent] }).reasons, [{ ...REASON, source: null, added: null }]);
});

for (const [what, change] of [
  ["an unknown level", { level: "safe" }],
  ["no lure", { lure: undefined }],
  ["help that is neither yes nor no", { help: "yes" }],
  ["a reason without a sentence", { reasons: [{ ...REASON, why: undefined }] }],
  ["a reason in one language", { reasons: [{ ...REASON, why: { vi: "Tin này bảo bạn giữ kín." } }] }],
  ["an unknown stage", { reasons: [{ ...REASON, stage: "toString" }] }],
  ["a quote as long as a book", { reasons: [{ ...REASON, quote: "a".repeat(8193) }] }],
  ["a place between two letters", { reasons: [{ ...REASON, start: 1.5 }] }],
  ["a place that is no number", { reasons: [{ ...REASON, end: "10" }] }],
  ["a source that is an object", { reasons: [{ ...REASON, source: {} }] }],
  ["names that are a text", { reasons: [{ ...REASON, compare: "vietcombank" }] }],
  ["one name without the other", { reasons: [{ ...REASON, compare: { ...COMPARE, like: undefined } }] }],
  ["a name as long as a page", { reasons: [{ ...REASON, compare: { ...COMPARE, actual: "a".repeat(513) } }] }],
  ["a mark that never ends", { reasons: [{ ...REASON, compare: { ...COMPARE, differs: [[11]] } }] }],
  ["a mark between two letters", { reasons: [{ ...REASON, compare: { ...COMPARE, differs: [[1.5, 3]] } }] }],
  ["more marks than letters", { reasons: [{ ...REASON, compare: { ...COMPARE, differs: many(65, [0, 1]) } }] }],
  ["more reasons than anybody reads", { reasons: many(41, REASON) }],
]) {
  test(`a tell context with ${what} is refused`, () => {
    assert.equal(readTellContext({ lure: "grooming", level: "danger", reasons: [REASON], ...change }), null);
  });
}

test("a picture is two whole numbers and its pixels, and no longer than the service takes", () => {
  const picture = { width: 2, height: 1, grey: "AAA=" };
  assert.deepEqual(readQrRequest({ ...picture, name: "anh.png" }), picture);
  assert.ok(readQrRequest({ ...picture, grey: "A".repeat(2_000_000) }));
  for (const wrong of [null, "x", { ...picture, width: 1.5 }, { ...picture, height: "1" }, { ...picture, grey: "A".repeat(2_000_001) }, { ...picture, grey: [0] }]) {
    assert.equal(readQrRequest(wrong), null);
  }
});

test("what is done with a PIN is one of four things, with four to twelve digits or none", () => {
  assert.deepEqual(readPinRequest({ do: "state", more: 1 }), { do: "state", pin: null, new: null });
  assert.deepEqual(readPinRequest({ do: "set", pin: "1234", new: "123456789012" }), { do: "set", pin: "1234", new: "123456789012" });
  for (const wrong of [null, {}, { do: "reset" }, { do: "check", pin: "123" }, { do: "check", pin: 1234 }, { do: "set", new: "1234567890123" }, { do: "set", new: "１２３４" }]) {
    assert.equal(readPinRequest(wrong), null);
  }
});
