import assert from "node:assert/strict";
import { test } from "node:test";

import { knowsItsSite, openSite, plain } from "./simulated.mjs";

/** jsdom lays nothing out: the list is 400 wide, one's own bubbles stand at its end. */
function layOut(window, { width = 120 } = {}) {
  window.Element.prototype.getBoundingClientRect = function () {
    const isList = this.matches('[role="log"], [role="grid"], [data-pagelet="MWV2MessageList"]');
    if (isList) return { left: 0, right: 400, width: 400 };
    return this.closest(".x9out") ? { left: 388 - width, right: 388, width } : { left: 12, right: 12 + width, width };
  };
}

const MESSENGER = {
  name: "messenger",
  url: "https://www.messenger.com/t/100/",
  layOut,
  hosts: [
    ["https://www.messenger.com/t/100/", true],
    ["https://www.facebook.com/messages/e2ee/t/100/", true],
    ["https://www.facebook.com/", true],
    ["https://facebook.com.a.example/messages/t/100", false],
    ["https://l.facebook.com/l.php", false],
  ],
  open: [
    ["https://www.messenger.com/t/100/", true],
    ["https://www.facebook.com/messages/e2ee/t/100/", true],
    ["https://www.messenger.com/", false],
    ["https://www.facebook.com/some.page/posts/100", false],
  ],
};
const TABS = { ...MESSENGER, page: "facebook", url: "https://www.facebook.com/" };

knowsItsSite(MESSENGER);

test("a name that says «You» or «Bạn» makes nobody's words one's own", () => {
  const { chat, read } = openSite(MESSENGER);
  const id = chat.receive("Em đọc mã OTP cho anh");
  const cell = chat.row(id).querySelector("[data-message-id]");
  for (const name of ["You", "Bạn"]) {
    cell.setAttribute("aria-label", `At 1:20 PM, ${name}: Em đọc mã OTP cho anh`);
    assert.equal(read()[0].from_me, false);
  }
});

for (const [what, prepare, expected] of [
  ["a list that is not laid out", (window) => layOut(window, { width: 0 }), null],
  ["a bubble as wide as the list", (window) => layOut(window, { width: 376 }), null],
  ["a page that runs from right to left", (window) => {
    window.document.querySelector("[data-pagelet=MWV2MessageList]").style.direction = "rtl";
  }, false],
]) {
  test(`whose side a bubble stands on: ${what}`, () => {
    const { window, chat, read } = openSite(MESSENGER);
    chat.send("Dạ");
    prepare(window);
    assert.equal(read()[0].from_me, expected);
  });
}

test("the older form, rows and cells of a grid, is read too", () => {
  const { chat, document, texts } = openSite(MESSENGER);
  const row = chat.row(chat.receive("Chào em"));
  document.querySelector("[data-pagelet=MWV2MessageList]").removeAttribute("data-pagelet");
  document.querySelector("#list").setAttribute("role", "grid");
  row.querySelector("[data-message-id]").removeAttribute("data-message-id");
  assert.equal(plain(texts()), plain(["Chào em"]));
});

test("a reply without words of its own says nothing", () => {
  const { chat, texts } = openSite(MESSENGER);
  chat.row(chat.send("x", { quote: "không được kể với bố mẹ" })).querySelector(".x3bubble").remove();
  assert.equal(plain(texts()), plain([]));
});

test("each chat tab is a conversation of its own; posts and comments are none", () => {
  const { window, document, adapter } = openSite(TABS);
  window.chat.receive("Chào em");
  window.other.receive("Mẹ về muộn nhé");
  const open = adapter.containers(document).map((box) => [
    adapter.conversation(document, box),
    adapter.messages(box).map(({ text }) => text).join(),
  ]);
  assert.equal(plain(open), plain([["https://www.facebook.com/100/", "Chào em"], ["https://www.facebook.com/200/", "Mẹ về muộn nhé"]]));
});

test("a page of the site with posts alone has no conversation", () => {
  const { document, adapter } = openSite(TABS);
  document.querySelector(".x4tabs").remove();
  assert.equal(adapter.container(document), null);
});

test("of a quotation that cannot be pressed and the words under it, the words are said", () => {
  const { chat, document, texts } = openSite(MESSENGER);
  const bubble = chat.row(chat.receive("Dạ")).querySelector(".x3bubble");
  const quotation = document.createElement("div");
  quotation.dir = "auto";
  quotation.textContent = "không được kể với bố mẹ";
  bubble.before(quotation);
  assert.equal(plain(texts()), plain(["Dạ"]));
});

test("a cell inside a message is no message of its own", () => {
  const { chat, document, texts } = openSite(MESSENGER);
  const cell = chat.row(chat.receive("Chào em")).querySelector("[data-message-id]");
  const outer = document.createElement("div");
  outer.dataset.messageId = cell.dataset.messageId;
  cell.replaceWith(outer);
  outer.append(cell);
  assert.equal(plain(texts()), plain(["Chào em"]));
});
