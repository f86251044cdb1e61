import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";

function textOf(inner) {
  const { document, ours } = openPage(`<div id="it">${inner}</div>`);
  return ours.extract.visibleText(document.querySelector("#it"));
}

for (const [what, inner, text] of [
  ["plain words", "Chào em", "Chào em"],
  ["words in many tags", "Mã <b>OTP</b> <i>của</i> em", "Mã OTP của em"],
  ["line breaks", "một<br>hai<div>ba</div>", "một\nhai\nba"],
  ["no input, no text area", 'a<input value="mật khẩu"><textarea>riêng</textarea>b', "ab"],
  ["nothing editable", 'a<p contenteditable="true">đang gõ</p>b', "ab"],
  ["nothing inside something editable", 'a<div contenteditable><span>đang gõ</span></div>b', "ab"],
  ["no scripts and styles", "a<script>x()</script><style>p{}</style>b", "ab"],
  ["nothing hidden", "a<span hidden>ẩn</span>b", "ab"],
]) {
  test(`reads ${what}`, () => assert.equal(textOf(inner), text));
}

test("what a caller leaves out is left out, and the rest is read", () => {
  const { document, ours } = openPage('<div id="it">Ừ<blockquote>giữ kín nhé</blockquote><p>mai gặp</p></div>');
  assert.equal(ours.extract.visibleText(document.querySelector("#it"), "blockquote, .quote"), "Ừ\nmai gặp");
});

test("an editable message is not read at all", () => {
  const { document, ours } = openPage('<div id="it" contenteditable="true">đang gõ</div>');
  assert.equal(ours.extract.visibleText(document.querySelector("#it")), "");
});

test("a message of one megabyte is cut, quickly", () => {
  const { document, ours } = openPage('<div id="it"></div>');
  document.querySelector("#it").textContent = "chuyển khoản ".repeat(80_000);
  assert.equal(ours.extract.visibleText(document.querySelector("#it")).length, 20_000);
});

const ids = (elements) => elements.map(({ id }) => id).join("");

test("the newest of a chat are found in the order of the page, however deep, and none inside another", () => {
  const { document, ours } = openPage(
    '<div id="it"><b id="a"></b><section><b id="b"></b><i><b id="c"><b id="inner"></b></b></i></section><hr><div><div><b id="d"></b></div></div></div>',
  );
  const [box] = document.querySelectorAll("#it");
  for (const [most, last, first] of [
    [1, "d", "a"],
    [3, "bcd", "abc"],
    [9, "abcd", "abcd"],
  ]) {
    assert.equal(ids(ours.extract.outermost(box, "b", { most })), last);
    assert.equal(ids(ours.extract.outermost(box, "b", { most, first: true })), first);
  }
});

test("a page with a hundred thousand elements around no message is left after a while", () => {
  const { document, ours } = openPage('<div id="it"></div>');
  const [box] = document.querySelectorAll("#it");
  box.append(...Array.from({ length: 30_000 }, () => document.createElement("b")), document.createElement("p"));
  assert.equal(ours.extract.outermost(box, "p", { most: 1 }).length, 1);
  assert.equal(ours.extract.outermost(box, "p", { most: 1, first: true }).length, 0);
});

for (const [href, address] of [
  ["http://vnpost-giaohang.example/nhan", "http://vnpost-giaohang.example/nhan"],
  ["//a.example/x", "https://a.example/x"],
  ["https://l.facebook.com/l.php?u=http%3A%2F%2Fa.example%2Fx&h=1", "https://l.facebook.com/l.php?u=http%3A%2F%2Fa.example%2Fx&h=1"],
  ["/l.php?u=http%3A%2F%2Fa.example%2Fx", "https://page.test/l.php?u=http%3A%2F%2Fa.example%2Fx"],
  ["/url?q=https://a.example/", "https://page.test/url?q=https://a.example/"],
  ["/ck/a?u=a1aHR0cHM6Ly9hLmV4YW1wbGUv", "https://page.test/ck/a?u=a1aHR0cHM6Ly9hLmV4YW1wbGUv"],
  [["javascript", "alert(1)"].join(":"), null],
  ["data:text/html,x", null],
  ["mailto:a@a.example", null],
  ["tel:111", null],
  ["http://[", null],
  ["#cuoi", null],
  ["/trang-nay", null],
  ["https://page.test/trang-khac", null],
]) {
  test(`${href} leads to ${address}`, () => {
    const { document, ours } = openPage('<a id="it">x</a>');
    const anchor = document.querySelector("#it");
    anchor.setAttribute("href", href);
    assert.equal(ours.extract.linkAddress(anchor), address);
  });
}

test("a very long address keeps its host", () => {
  const { document, ours } = openPage(`<a id="it" href="https://a.example/${"x".repeat(9000)}">x</a>`);
  const address = ours.extract.linkAddress(document.querySelector("#it"));
  assert.equal(address.length, 2048);
  assert.equal(new URL(address).host, "a.example");
});

test("a link in a drawing is read too", () => {
  const { document, ours } = openPage('<svg><a href="https://a.example/x"><text>x</text></a></svg>');
  assert.equal(ours.extract.linkAddress(document.querySelector("a")), "https://a.example/x");
});
