import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "../page.mjs";

const CHAT = `<body data-practice="1"><ol id="practice-chat">
  <li data-message-id="1" data-from="them"><span class="who">Người lạ</span><p class="text">Chào em</p></li>
  <li data-message-id="2" data-from="me"><p class="text">Dạ</p></li>
  <li class="day">Hôm nay</li>
  <li data-message-id="4" data-from="them"><p class="text"></p></li>
  <li data-message-id="5" data-from="them"><span class="who">Người lạ</span></li></ol></body>`;
const plain = JSON.stringify; // what comes out of the page's realm has another Array

function openPractice(html) {
  const page = openPage(html);
  return { ...page, adapter: page.ours.adapters.find(({ name }) => name === "practice") };
}

for (const [what, html, isOurs] of [
  ["the practice page", CHAT, true],
  ["another page", '<body><ol id="practice-chat"></ol></body>', false],
  ["a page that says no", '<body data-practice="0"></body>', false],
]) {
  test(`${what} is ${isOurs ? "" : "not "}taken`, () => {
    const { window, document, adapter } = openPractice(html);
    assert.equal(adapter.matches(window.location, document), isOurs);
  });
}

test("the messages are read with who wrote them; names, days and empty ones are not", () => {
  const { document, adapter } = openPractice(CHAT);
  const seen = adapter.messages(adapter.container(document));
  assert.equal(plain(seen.map(({ id, text, from_me }) => [id, text, from_me])), plain([["1", "Chào em", false], ["2", "Dạ", true]]));
  assert.equal(seen[0].element.tagName, "LI", "the card has its place inside the list's item");
});

test("every round starts anew: the conversation has no name to be remembered by", () => {
  const { document, adapter } = openPractice(CHAT);
  assert.equal(adapter.conversation(document), null);
});
