import assert from "node:assert/strict";
import { test } from "node:test";

import { knowsItsSite, openSite } from "./simulated.mjs";

const TELEGRAM_A = {
  name: "telegram_a",
  url: "https://web.telegram.org/a/",
  hosts: [
    ["https://web.telegram.org/a/#100", true],
    ["https://weba.telegram.org/#100", true],
    ["https://web.telegram.org/k/", false],
    ["https://web.telegram.org/abc/", false],
    ["https://a.example/web.telegram.org/a/", false],
  ],
  open: [
    ["https://web.telegram.org/a/#@shop", true],
    ["https://web.telegram.org/a/#-100200", true],
    ["https://web.telegram.org/a/#?tgWebAuthToken=x", false],
    ["https://web.telegram.org/a/", false],
  ],
};

knowsItsSite(TELEGRAM_A);

test("what stands behind the chat in the address is no part of its key", () => {
  const { window, chat, key } = openSite(TELEGRAM_A);
  chat.receive("Chào em");
  const before = key();
  window.location.hash = `#${before}?tgaddr=x`;
  assert.equal(key(), before);
});

test("while one chat slides away the other is read", () => {
  const { chat, document, texts } = openSite(TELEGRAM_A);
  chat.receive("Chào em");
  const left = document.querySelector(".Transition_slide-from");
  left.parentElement.append(left); // whichever stands first
  assert.equal(texts()[0], "Chào em");
});

test("an advertisement is nobody's message", () => {
  const { chat, texts } = openSite(TELEGRAM_A);
  chat.receive("Chào em");
  chat.row(chat.receive("Việc nhẹ lương cao")).classList.add("SponsoredMessage");
  assert.equal(JSON.stringify(texts()), JSON.stringify(["Chào em"]));
});
