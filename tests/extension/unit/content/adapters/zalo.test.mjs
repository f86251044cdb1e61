import assert from "node:assert/strict";
import { test } from "node:test";

import { knowsItsSite, openSite, plain } from "./simulated.mjs";

const ZALO = {
  name: "zalo",
  url: "https://chat.zalo.me/",
  hosts: [
    ["https://chat.zalo.me/?x=1", true],
    ["https://chat.zalo.me.a.example/", false],
    ["https://zalo.me/", false],
    ["https://page.test/chat.zalo.me", false],
  ],
};

knowsItsSite(ZALO);

test("a message's id is its bubble's", () => {
  const { chat, read } = openSite(ZALO);
  chat.receive("Chào em");
  assert.ok(read().every(({ id, element }) => element.id === id && id.startsWith("bb_msg_id_")));
});

test("rows that stand newest first are still read oldest first", () => {
  const { chat, document, texts } = openSite(ZALO);
  for (const text of ["một", "hai", "ba"]) chat.receive(text);
  const list = document.querySelector("#list");
  list.replaceChildren(...[...list.children].reverse());
  assert.equal(plain(texts()), plain(["một", "hai", "ba"]));
});

for (const [what, change, expected] of [
  ["its class alone tells", (bubble) => bubble.querySelector("[data-id]").removeAttribute("data-id"), true],
  ["its data-id alone tells", (bubble) => bubble.classList.remove("me"), true],
  ["without both nobody knows", (bubble) => {
    bubble.classList.remove("me");
    bubble.querySelector("[data-id]").removeAttribute("data-id");
  }, null],
]) {
  test(`who wrote it: ${what}`, () => {
    const { chat, read } = openSite(ZALO);
    change(chat.row(chat.send("Dạ")));
    assert.equal(read()[0].from_me, expected);
  });
}

test("a bubble is one message, whichever of its names is left", () => {
  const { chat, texts, document } = openSite(ZALO);
  const row = chat.row(chat.receive("Chào em"));
  const outer = document.createElement("div");
  outer.id = row.id;
  row.removeAttribute("id");
  row.replaceWith(outer);
  outer.append(row);
  assert.equal(plain(texts()), plain(["Chào em"]));
});

test("where a time is missing, rows are read in the order they stand in", () => {
  const { chat, texts } = openSite(ZALO);
  for (const text of ["một", "hai", "ba"]) chat.receive(text);
  chat.row(chat.receive("bốn")).id = "bb_msg_id_new";
  assert.equal(plain(texts()), plain(["một", "hai", "ba", "bốn"]));
});

test("words that stand in two of the site's boxes are read once", () => {
  const { chat, texts, document } = openSite(ZALO);
  const words = chat.row(chat.receive("Chào em")).querySelector("[data-words]");
  const outer = document.createElement("div");
  outer.dataset.component = "text-container";
  words.replaceWith(outer);
  outer.append(words);
  assert.equal(plain(texts()), plain(["Chào em"]));
});
