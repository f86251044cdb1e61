import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage, readPage } from "../page.mjs";

const ZALO = { url: "https://chat.zalo.me/" };

const plain = JSON.stringify; // what comes out of the page's realm has another Array

function openZalo() {
  const page = openPage(readPage("zalo.html"), ZALO);
  page.window.eval(readPage("zalo.js"));
  return { ...page, adapter: page.ours.adapters.find(({ matches }) => matches(page.window.location, page.document)) };
}

for (const [url, isZalo] of [
  ["https://chat.zalo.me/?x=1", true],
  ["https://chat.zalo.me.a.example/", false],
  ["https://zalo.me/", false],
  ["https://page.test/chat.zalo.me", false],
]) {
  test(`${url} is ${isZalo ? "" : "not "}Zalo Web`, () => {
    const { ours, window, document } = openPage("<p>x</p>", { url });
    assert.equal(ours.adapters.find(({ name }) => name === "zalo").matches(window.location, document), isZalo);
  });
}

test("messages of the open chat, oldest first, with who wrote them", () => {
  const { window, document, adapter } = openZalo();
  window.chat.receive("Chào em");
  window.chat.send("Dạ ai đấy ạ");
  const seen = adapter.messages(adapter.container(document));
  assert.equal(plain(seen.map(({ text, from_me }) => [text, from_me])), plain([["Chào em", false], ["Dạ ai đấy ạ", true]]));
  assert.ok(seen.every(({ id, element }) => element.id === id && id.startsWith("bb_msg_id_")));
});

test("rows that stand newest first are still read oldest first", () => {
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
  test(`${what} alone tells that I wrote it`, () => {
    const { window, document, adapter } = openZalo();
    change(document.getElementById(window.chat.send("Dạ")));
    assert.equal(adapter.messages(adapter.container(document))[0].from_me, true);
  });
}

test("neither the field being typed in, nor previews, names or times are read", () => {
  const { window, document, adapter } = openZalo();
  window.chat.receive("Chào em");
  const read = JSON.stringify(adapter.messages(adapter.container(document)).map(({ text }) => text));
  for (const decoy of ["CANARY", "Vụ án", "Người lạ", "13:20"]) assert.ok(!read.includes(decoy), decoy);
});

test("the conversation's key follows the open thread", () => {
  const { window, document, adapter } = openZalo();
  assert.equal(adapter.conversation(document), "u100");
  window.chat.open("u200");
  assert.equal(adapter.conversation(document), "u200");
  assert.equal(adapter.messages(adapter.container(document)).length, 0);
});

test("a page without a chat has no container", () => {
  const { document, ours } = openPage("<p>Đăng nhập</p>", ZALO);
  const zalo = ours.adapters.find(({ name }) => name === "zalo");
  assert.equal(zalo.container(document), null);
  assert.equal(zalo.conversation(document), null);
});

test("a reply's quotation of somebody else's words is not read as the writer's", () => {
  const { window, document, adapter } = openZalo();
  const words = document.getElementById(window.chat.receive("Ừ")).querySelector(".text");
  const quotation = document.createElement("span");
  quotation.className = "quote-banner";
  const earlier = words.cloneNode();
  earlier.textContent = "không được kể với bố mẹ";
  quotation.append(earlier);
  words.before(quotation);
  assert.equal(adapter.messages(adapter.container(document))[0].text, "Ừ");
});

test("of a long chat the newest hundred are read", () => {
  const { window, document, adapter } = openZalo();
  for (let at = 0; at < 130; at += 1) window.chat.receive(`tin ${at}`);
  const seen = adapter.messages(adapter.container(document));
  assert.deepEqual([seen.length, seen[0].text, seen.at(-1).text], [100, "tin 30", "tin 129"]);
});
