import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";

function open(html, adapter = {}) {
  const page = openPage(html);
  const clock = { at: 0 };
  const messages = (box) => [...box.querySelectorAll("li")];
  const container = (document) => document.querySelector("ol");
  const drift = page.ours.drift.watchDrift({ document: page.document, now: () => clock.at, adapter: { container, messages, ...adapter } });
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
  ["a list without messages", "<ol></ol>", {}, true],
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

test("a conversation may take its time to load", () => {
  assert.equal(open("<ol></ol>").after(5), false);
});

test("one message, and all is well again", () => {
  const { document, after } = open("<ol></ol>");
  assert.equal(after(12), true);
  document.querySelector("ol").append(document.createElement("li"));
  assert.equal(after(12), false);
});
