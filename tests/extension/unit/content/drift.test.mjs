import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";

function open(html, adapter = {}) {
  const page = openPage(html);
  const clock = { at: 0 };
  const messages = (box) => [...box.querySelectorAll("li")];
  const container = (document) => document.querySelector("ol");
  const generic = { container: () => page.document.querySelector("[role=log]"), messages: (box) => [...box.children] };
  const drift = page.ours.drift.watchDrift({ document: page.document, now: () => clock.at, generic, adapter: { container, messages, ...adapter } });
  const after = (seconds) => {
    drift.look();
    clock.at += 1000 * seconds;
    drift.look();
    return drift.isSilent();
  };
  return { ...page, after };
}

for (const [what, html, adapter, isSilent] of [
  ["a chat that is read", "<ol><li>Chào</li></ol><textarea></textarea>", {}, false],
  ["a chat in which nobody has written yet", "<ol></ol><textarea></textarea>", {}, false],
  ["one that greets", "<ol><p>Chưa có tin nhắn</p><p>Bạn viết trước nhé</p><p>Hai bạn cùng lớp</p></ol>", {}, false],
  ["one of stickers alone", `<ol>${"<div><i>13:20</i><img></div>".repeat(5)}</ol>`, {}, false],
  ["rows that are messages no more", `<ol>${"<div><b>Chào em nhé</b></div>".repeat(3)}</ol>`, {}, true],
  ["two such rows, as they greet too", `<ol>${"<div><b>Chào em nhé</b></div>".repeat(2)}<hr></ol>`, {}, false],
  ["one such row between others", "<ol><hr><div><b>Chào em nhé</b></div><hr></ol>", {}, false],
  ["boxes of three kinds", "<ol><div><b>Chào em nhé</b></div><p><b>Mai gặp nhé</b></p><section><b>Bạn cùng lớp</b></section></ol>", {}, false],
  ["rows that say one word each", `<ol>${"<div><b>Sent</b> 13:20</div>".repeat(5)}</ol>`, {}, false],
  ["such rows behind thousands of elements: so far nobody looks", `<ol>${"<hr>".repeat(2500)}<section>${"<div><b>Chào em nhé</b></div>".repeat(3)}</section></ol>`, {}, false],
  ["such rows deep inside", `<ol><div><section>${"<div><b>Chào em nhé</b></div>".repeat(3)}</section></div></ol>`, {}, true],
  ["choices in a new chat", `<ol>${"<div><button>Thêm bạn nhé</button></div>".repeat(4)}</ol>`, {}, false],
  ["no list, and yet a field to write in", '<div contenteditable="true"></div>', {}, true],
  ["no list and no field: no conversation is open", "<p>Chào mừng</p>", {}, false],
  ["a comment box under a post", '<div role="article"><div contenteditable="true"></div></div>', {}, false],
  ["a field to search in", '<div role="combobox" contenteditable="true"></div>', {}, false],
  ["a field for the number one signs in with", '<div contenteditable="true" inputmode="decimal"></div>', {}, false],
  ["an adapter that cannot tell", "<textarea></textarea>", { isOpen: () => undefined }, true],
  ["an adapter that knows better: closed", "<textarea></textarea>", { isOpen: () => false }, false],
  ["an adapter that knows better: open", "<p>x</p>", { isOpen: () => true }, true],
  ["a part of the site that is no chat", "<textarea></textarea>", { knows: () => false }, false],
]) {
  test(`${what} is ${isSilent ? "" : "not "}said to have changed`, () => assert.equal(open(html, adapter).after(12), isSilent));
}

test("messages in a list beside the empty one are said to have moved there", () => {
  assert.equal(open('<ol></ol><div role="log"><p>Chào</p></div>').after(12), true);
  assert.equal(open('<ol></ol><div role="log"></div>').after(12), false);
  assert.equal(open('<ol><div role="log"><p>Chào</p></div></ol>').after(12), false, "a part of it: a notice");
});

const CHANGED = `<ol>${"<div><b>Chào em nhé</b></div>".repeat(3)}</ol>`;

test("a conversation may take its time to load", () => {
  assert.equal(open(CHANGED).after(5), false);
});

test("one message, and all is well again", () => {
  const { document, after } = open(CHANGED);
  assert.equal(after(12), true);
  document.querySelector("ol").append(document.createElement("li"));
  assert.equal(after(12), false);
});
