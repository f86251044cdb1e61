import assert from "node:assert/strict";
import { test } from "node:test";

import { knowsItsSite, openSite, plain } from "./simulated.mjs";

const TELEGRAM_K = {
  name: "telegram_k",
  url: "https://web.telegram.org/k/",
  hosts: [
    ["https://web.telegram.org/k/#100", true],
    ["https://web.telegram.org/k", true],
    ["https://webk.telegram.org/", true],
    ["https://web.telegram.org/a/", false],
    ["https://web.telegram.org/kids/", false],
    ["https://web.telegram.org.a.example/k/", false],
  ],
  open: [
    ["https://web.telegram.org/k/#@shop", true],
    ["https://web.telegram.org/k/#-100200", true],
    ["https://web.telegram.org/k/#?tgWebAuthToken=x", false],
    ["https://web.telegram.org/k/", false],
  ],
};

knowsItsSite(TELEGRAM_K);

test("whose words they are is not guessed", () => {
  const { chat, read } = openSite(TELEGRAM_K);
  chat.row(chat.send("Dạ")).classList.remove("is-out");
  assert.equal(read()[0].from_me, null);
});

test("words set as a quotation by who writes them are still theirs", () => {
  const { chat, document, texts } = openSite(TELEGRAM_K);
  const words = chat.row(chat.receive("Em đọc mã")).querySelector("[data-words]");
  const set = document.createElement("blockquote");
  set.className = "quote-like";
  set.append(...words.childNodes);
  words.append(set);
  assert.equal(plain(texts()), plain(["Em đọc mã"]));
});
