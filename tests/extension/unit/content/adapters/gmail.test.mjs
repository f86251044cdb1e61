import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage, readPage } from "../page.mjs";

const GMAIL = { url: "https://mail.google.com/mail/u/0/#inbox/FMfcgz" };
const LURE = "Việc này em không được kể với bố mẹ";

const plain = (list) => JSON.parse(JSON.stringify(list));

function openGmail(subject = "Thông báo") {
  const page = openPage(readPage("gmail.html"), GMAIL);
  page.window.eval(readPage("gmail.js"));
  const { chat } = page.window;
  chat.open("18f00a", subject);
  const adapter = page.ours.adapters.find(({ matches }) => matches(page.window.location, page.document));
  const read = () => plain(adapter.messages(adapter.container(page.document)).map(({ text, from_me }) => [text, from_me]));
  return { ...page, chat, adapter, read };
}

for (const [url, isGmail] of [
  [GMAIL.url, true],
  ["https://mail.google.com.a.example/", false],
  ["https://www.google.com/mail", false],
]) {
  test(`${url} is ${isGmail ? "" : "not "}Gmail`, () => {
    const { ours, window, document } = openPage("<p>x</p>", { url });
    assert.equal(ours.adapters.find(({ name }) => name === "gmail").matches(window.location, document), isGmail);
  });
}

test("a mail is its sender's, and the subject counts once, with the first", () => {
  const { chat, read } = openGmail("Trúng thưởng");
  chat.receive("Chào em");
  chat.receive("Em đâu rồi");
  assert.deepEqual(read(), [["Trúng thưởng\nChào em", false], ["Em đâu rồi", false]]);
});

test("a mail from one's own address proves nothing: blackmailers forge it", () => {
  const { chat, read } = openGmail();
  chat.receive("Chào em");
  chat.send("Dạ");
  assert.deepEqual(read().map(([, fromMe]) => fromMe), [false, null]);
});

test("what a stranger writes into the subject does not make their address one's own", () => {
  const { chat, document, read } = openGmail();
  document.title = "Gấp - nguoila@thu.example - Gmail - hocsinh@truong.example - Gmail";
  chat.receive("Chào em");
  chat.send("Dạ");
  assert.deepEqual(read().map(([, fromMe]) => fromMe), [false, null]);
});

test("a quotation of an earlier mail is no new message", () => {
  const { chat, read } = openGmail("");
  chat.receive(LURE);
  chat.send("Sao vậy ạ?", { quoted: LURE });
  assert.deepEqual(read().map(([text]) => text), [LURE, "Sao vậy ạ?"]);
});

test("what was never written before is read, though it is dressed up as a quotation", () => {
  const { chat, read } = openGmail("");
  chat.receive("Xem dưới nhé", { quoted: LURE, attribution: false });
  chat.receive("Nhớ nhé", { quoted: `Xem dưới nhé ${LURE}. Chuyển khoản trước` });
  const [first, second] = read().map(([text]) => text);
  assert.ok(first.includes(LURE));
  assert.ok(second.includes("Chuyển khoản trước"));
});

test("a quotation of a mail that is folded away is left out, but for a mail that holds nothing else", () => {
  const { chat, read } = openGmail("");
  chat.receive(LURE);
  chat.fold(0);
  chat.send("Sao vậy ạ?", { quoted: LURE });
  chat.receive("", { quoted: LURE, attribution: false });
  assert.deepEqual(read().map(([text]) => text), ["Sao vậy ạ?", LURE]);
});

test("neither the list of mails, nor names, times or a reply being written are read", () => {
  const { chat, read } = openGmail();
  chat.receive("Chào em");
  const all = read().flat().join();
  for (const decoy of ["CANARY", "Vụ án", "Người gửi", "13:20"]) assert.ok(!all.includes(decoy), decoy);
});

test("the sign has its place above the body, where no mail can cover it", () => {
  const { chat, document, adapter } = openGmail();
  const id = chat.receive("Chào em");
  const [seen] = adapter.messages(adapter.container(document));
  assert.equal(seen.id, id);
  assert.ok(seen.element.matches(".gE"));
});

test("the thread names the conversation; the list of mails is none", () => {
  const { chat, document, adapter } = openGmail();
  chat.receive("Chào em");
  assert.equal(adapter.conversation(document), "18f00a");
  assert.equal(adapter.isOpen(document), true);
  chat.close();
  assert.equal(adapter.container(document), null);
  assert.equal(adapter.isOpen(document), false);
});
