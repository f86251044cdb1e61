import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage, readPage } from "../page.mjs";

const plain = (list) => JSON.parse(JSON.stringify(list));
const texts = (adapter, scope) => plain(adapter.messages(adapter.container(scope)).map(({ text }) => text));

function open(html, { url } = {}) {
  const page = openPage(html, { url });
  return { ...page, adapter: page.ours.adapters.at(-1) };
}

function openChat(url = "https://page.test/lop-8a") {
  const page = open(readPage("any_chat.html"), { url });
  page.window.eval(readPage("any_chat.js"));
  return { ...page, chat: page.window.chat };
}

for (const url of ["https://page.test/", "http://a.example/tin-nhan", "https://zalo.me/", "https://chat.zalo.me.a.example/"]) {
  test(`${url} is a page like any other`, () => {
    const { ours, window, document } = open("<p>x</p>", { url });
    assert.equal(ours.adapters.find(({ matches }) => matches(window.location, document)).name, "generic");
  });
}

const decoys = (() => {
  const page = open(readPage("decoys.html"));
  page.window.eval(readPage("decoys.js"));
  // The heights that the page's style asks for: there is no layout here.
  const heightOf = ({ style, localName }) => Number.parseInt(style.blockSize, 10) || (/^(textarea|input)$/.test(localName) ? 40 : 400);
  Object.defineProperty(page.window.Element.prototype, "clientHeight", { get() { return heightOf(this); } });
  return page;
})();

// Those that only the layout gives away are for a real browser: tests/e2e/test_any_chat.py.
for (const name of [...decoys.window.decoys.names].filter((each) => !each.startsWith("laid-out"))) {
  test(`no chat: ${name}`, () => {
    decoys.window.decoys.show(name);
    assert.match(decoys.document.getElementById("shown").textContent, /không được kể/);
    assert.equal(decoys.adapter.container(decoys.document), null);
  });
}

for (const url of ["https://page.test/lop-8a", "https://page.test/lop-8a?en"]) {
  for (const kind of ["log", "list", "grid"]) {
    test(`a chat told by its roles: ${kind}, ${url}`, () => {
      const { chat, document, adapter } = openChat(url);
      chat.build(kind);
      chat.receive("Chào em");
      chat.send("Dạ");
      assert.deepEqual(texts(adapter, document), ["Chào em", "Dạ"]);
    });
  }
}

test("names, times, reactions, notices, previews and what is being typed are not read", () => {
  const { chat, document, adapter } = openChat();
  chat.receive("Chào em");
  const read = texts(adapter, document).join();
  for (const decoy of ["CANARY", "Vụ án", "Người lạ", "13:20", "👍", "kết nối"]) assert.ok(!read.includes(decoy), decoy);
});

test("a reply's quotation of somebody else's words is not read as the writer's", () => {
  const { chat, document, adapter } = openChat();
  chat.reply("Ừ", "không được kể với bố mẹ");
  assert.deepEqual(texts(adapter, document), ["Ừ"]);
});

test("who wrote a message stays open where the layout does not prove it", () => {
  const { chat, document, adapter } = openChat();
  chat.receive("Chào em");
  chat.send("Dạ");
  assert.deepEqual(plain(adapter.messages(adapter.container(document)).map(({ from_me }) => from_me)), [null, null]);
});

test("a list that does not grow by itself is no chat", () => {
  const { chat, document, adapter } = openChat();
  chat.build("bare");
  chat.receive("Chào em");
  assert.equal(adapter.container(document), null);
});

test("a chat in an open shadow root or a frame is found there", () => {
  const { chat, document, adapter } = openChat();
  chat.build("log", { in: "shadow" });
  chat.receive("Chào em");
  assert.equal(adapter.container(document), null);
  assert.deepEqual(texts(adapter, document.querySelector("section").shadowRoot), ["Chào em"]);
  chat.build("log", { in: "frame" });
  chat.receive("Chào bạn");
  assert.deepEqual(texts(adapter, document.querySelector("iframe").contentDocument), ["Chào bạn"]);
});

test("a message keeps its id when its row is made anew and when older ones come before it", () => {
  const { chat, document, adapter } = openChat();
  const ids = () => plain(adapter.messages(adapter.container(document)).map(({ id, text }) => [text, id]));
  for (const text of ["một", "hai", "hai"]) chat.receive(text);
  const before = ids();
  assert.equal(new Set(before.map(([, id]) => id)).size, 3);
  chat.rerender();
  assert.deepEqual(ids(), before);
  document.querySelector("[role=log]").prepend(chat.receive("không"));
  assert.deepEqual(ids().slice(1), before);
});

for (const [url, key] of [
  ["https://page.test/t/178541/", "/t/178541/"],
  ["https://page.test/client/T0/C04ABCDE", "/client/T0/C04ABCDE"],
  ["https://page.test/#/phong?id=ab12-99", "/#/phong?id=ab12-99"],
  ["https://page.test/tin-nhan", null],
  ["https://page.test/", null],
]) {
  test(`the conversation at ${url} is ${key ?? "not named: two must never be taken for one"}`, () => {
    const { document, adapter } = open("<p>x</p>", { url });
    assert.equal(adapter.conversation(document), key);
  });
}

test("of a long chat the newest sixty rows are read", () => {
  const { chat, document, adapter } = openChat();
  for (let at = 0; at < 80; at += 1) chat.receive(`tin ${at}`);
  const seen = texts(adapter, document);
  assert.deepEqual([seen.length, seen[0], seen.at(-1)], [60, "tin 20", "tin 79"]);
});

const WHATSAPP = `<div id="main"><div style="overflow-y: auto" id="box">
  <div class="message-in" data-id="A1"><div role="button"><span class="selectable-text">không được kể với bố mẹ</span></div><div class="copyable-text"><span class="selectable-text"><span>Chào em</span></span></div><span dir="auto">10:32</span></div>
  <div class="message-out" data-id="A2"><div class="copyable-text"><span class="selectable-text">Dạ</span></div></div></div>
  <footer><div contenteditable="true">CANARY</div></footer></div>`;

test("WhatsApp Web: its own marks tell who wrote, and quotations are left out", () => {
  const { window, document, adapter } = open(WHATSAPP, { url: "https://web.whatsapp.com/" });
  assert.equal(adapter.knows(window.location), true);
  assert.equal(adapter.isOpen(document), true);
  assert.equal(adapter.isOpen(open('<div id="side"><div contenteditable="true"></div></div>', { url: window.location.href }).document), false);
  const seen = adapter.messages(adapter.container(document));
  assert.deepEqual(plain(seen.map(({ id, text, from_me }) => [id, text, from_me])), [["A1", "Chào em", false], ["A2", "Dạ", true]]);
});

test("Instagram: of a reply only the last words, under /direct/ only", () => {
  const html = `<main><div role="grid" style="overflow-y: auto"><div role="row"><div dir="auto">không được kể</div><div role="button"><div dir="auto">Ừ</div></div></div></div>
    <div role="textbox" contenteditable="true"></div></main>`;
  const inbox = open(html, { url: "https://www.instagram.com/direct/t/17854100/" });
  assert.deepEqual(texts(inbox.adapter, inbox.document), ["Ừ"]);
  const elsewhere = open(html, { url: "https://www.instagram.com/p/17854100/" });
  assert.equal(elsewhere.adapter.knows(elsewhere.window.location), false);
  assert.equal(elsewhere.adapter.container(elsewhere.document), null);
});

test("TikTok: the messages of its inbox, though it gives no roles", () => {
  const html = '<div style="overflow-y: auto"><div data-e2e="chat-item"><p>Chào em</p></div><div data-e2e="chat-item"><p>Dạ</p></div></div>';
  const { document, adapter } = open(html, { url: "https://www.tiktok.com/messages?lang=vi" });
  assert.deepEqual(texts(adapter, document), ["Chào em", "Dạ"]);
  const video = open(html, { url: "https://www.tiktok.com/@a/video/1" });
  assert.equal(video.adapter.container(video.document), null);
});
