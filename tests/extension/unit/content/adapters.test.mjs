import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage, readPage } from "./page.mjs";

const ZALO = { url: "https://chat.zalo.me/" };

const plain = JSON.stringify; // what comes out of the page's realm has another Array

function openZalo() {
  const page = openPage(readPage("zalo.html"), ZALO);
  page.window.eval(readPage("zalo.js"));
  return { ...page, adapter: page.ours.adapters.find(({ matches }) => matches(page.window.location, page.document)) };
}

test("each place gets its adapter", () => {
  const nameAt = (url, html = "<p>x</p>") => {
    const { ours, window, document } = openPage(html, { url });
    return ours.adapters.find(({ matches }) => matches(window.location, document)).name;
  };
  assert.equal(nameAt("https://chat.zalo.me/?x=1"), "zalo");
  assert.equal(nameAt("https://chat.zalo.me.a.example/"), "generic");
  assert.equal(nameAt("https://page.test/"), "generic");
});

test("zalo: messages of the open chat, oldest first, with who wrote them", () => {
  const { window, document, adapter } = openZalo();
  window.chat.receive("Chào em");
  window.chat.send("Dạ ai đấy ạ");
  const seen = adapter.messages(adapter.container(document));
  assert.equal(plain(seen.map(({ text, from_me }) => [text, from_me])), plain([["Chào em", false], ["Dạ ai đấy ạ", true]]));
  assert.ok(seen.every(({ id, element }) => element.id === id && id.startsWith("bb_msg_id_")));
});

test("zalo: rows that stand newest first are still read oldest first", () => {
  const { window, document, adapter } = openZalo();
  for (const text of ["một", "hai", "ba"]) window.chat.receive(text);
  const list = document.querySelector("#list");
  list.replaceChildren(...[...list.children].reverse());
  assert.equal(plain(adapter.messages(adapter.container(document)).map(({ text }) => text)), plain(["một", "hai", "ba"]));
});

for (const [what, change] of [
  ["its class", (bubble) => bubble.querySelector("[data-id]").removeAttribute("data-id")],
  ["its data-id", (bubble) => bubble.classList.remove("me")],
]) {
  test(`zalo: ${what} alone tells that I wrote it`, () => {
    const { window, document, adapter } = openZalo();
    change(document.getElementById(window.chat.send("Dạ")));
    assert.equal(adapter.messages(adapter.container(document))[0].from_me, true);
  });
}

test("zalo: neither the field being typed in, nor previews, names or times are read", () => {
  const { window, document, adapter } = openZalo();
  window.chat.receive("Chào em");
  const read = JSON.stringify(adapter.messages(adapter.container(document)).map(({ text }) => text));
  for (const decoy of ["CANARY", "Vụ án", "Người lạ", "13:20"]) assert.ok(!read.includes(decoy), decoy);
});

test("zalo: the conversation's key follows the open thread", () => {
  const { window, document, adapter } = openZalo();
  assert.equal(adapter.conversation(document), "u100");
  window.chat.open("u200");
  assert.equal(adapter.conversation(document), "u200");
  assert.equal(adapter.messages(adapter.container(document)).length, 0);
});

test("zalo: a page without a chat has no container", () => {
  const { document, ours } = openPage("<p>Đăng nhập</p>", ZALO);
  const zalo = ours.adapters.find(({ name }) => name === "zalo");
  assert.equal(zalo.container(document), null);
  assert.equal(zalo.conversation(document), null);
});

test("practice: reads the agreed list", () => {
  const { window, document, ours } = openPage(`<body data-practice="1"><ol id="practice-chat">
    <li data-message-id="1" data-from="them"><span class="who">Người lạ</span><p class="text">Chào em</p></li>
    <li data-message-id="2" data-from="me"><p class="text">Dạ</p></li>
    <li class="day">Hôm nay</li></ol></body>`);
  const practice = ours.adapters.find(({ name }) => name === "practice");
  assert.ok(practice.matches(window.location, document));
  const seen = practice.messages(practice.container(document));
  assert.equal(plain(seen.map(({ id, text, from_me }) => [id, text, from_me])), plain([["1", "Chào em", false], ["2", "Dạ", true]]));
});
