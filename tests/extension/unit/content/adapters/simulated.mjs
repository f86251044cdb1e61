// What every adapter of a chat site must do, tried on its simulated site.
import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage, readPage } from "../page.mjs";

export const plain = JSON.stringify; // what comes out of the page's realm has another Array

const DECOYS = ["CANARY", "Vụ án", "không được kể", "Người lạ", "13:20", "đã sửa", "edited", "Xem trước", "Trả lời", "👍", "Bạn đã gửi"];

/** The simulated site *name* at *url*, and the adapter that takes it.
 *  @param {{name: string, url: string, page?: string, layOut?: (window: any) => void}} site
 *    *layOut* gives jsdom the places of bubbles, for adapters that go by them */
export function openSite({ name, url, page = name, layOut }, address = url) {
  const opened = openPage(readPage(`${page}.html`), { url: address });
  layOut?.(opened.window);
  opened.window.eval(readPage(`${name}.js`));
  const { window, document, ours } = opened;
  const adapter = ours.adapters.find(({ matches }) => matches(window.location, document));
  const container = () => adapter.container(document);
  return {
    ...opened,
    adapter,
    container,
    chat: window.chat,
    read: () => adapter.messages(container()),
    texts: () => adapter.messages(container()).map(({ text }) => text),
    key: () => adapter.conversation(document, container()),
  };
}

/** The tests that every simulated site's adapter passes.
 *  @param {{name: string, url: string, hosts: [string, boolean][], open?: [string, boolean][]}} site
 *    *hosts*: addresses, and whether they are this site's; *open*: whether a chat is open there */
export function knowsItsSite(site) {
  for (const [url, isTaken] of site.hosts) {
    test(`${url} is ${isTaken ? "" : "not "}taken`, () => {
      const { ours, window, document } = openPage("<p>x</p>", { url });
      assert.equal(ours.adapters.find(({ name }) => name === site.name).matches(window.location, document), isTaken);
    });
  }

  for (const [url, isOpen] of site.open ?? []) {
    test(`${url} is the address of ${isOpen ? "an open chat" : "a page with other fields"}`, () => {
      const { ours, document } = openPage("<textarea></textarea>", { url });
      assert.equal(ours.adapters.find(({ name }) => name === site.name).isOpen(document), isOpen);
    });
  }

  test("a page of the site without a chat has no conversation", () => {
    const { document, ours } = openPage("<p>Đăng nhập</p>", { url: site.url });
    assert.equal(ours.adapters.find(({ name }) => name === site.name).container(document), null);
  });

  for (const language of ["vi", "en"]) {
    test(`messages are read oldest first, with who wrote them, whatever the site's language (${language})`, () => {
      const { chat, read } = openSite(site, `${site.url}?lang=${language}`);
      chat.receive("Chào em");
      chat.receive("Em tên gì");
      chat.send("Dạ ai đấy ạ");
      chat.receive("Chị bên shop", { quote: "Ừ" });
      const seen = read().map(({ text, from_me }) => [text, from_me]);
      assert.equal(plain(seen), plain([["Chào em", false], ["Em tên gì", false], ["Dạ ai đấy ạ", true], ["Chị bên shop", false]]));
    });
  }

  test("neither typed words, previews, names, times nor what the site writes itself are read", () => {
    const { chat, read } = openSite(site);
    chat.receive("Chào em");
    chat.system("Vụ án này bảo mật, em không được kể với bố mẹ");
    chat.send("Dạ");
    const words = plain(read().map(({ text }) => text));
    assert.deepEqual(DECOYS.filter((decoy) => words.includes(decoy)), []);
    assert.equal(words, plain(["Chào em", "Dạ"]));
  });

  test("a reply's quotation of somebody else's words is not read as the writer's", () => {
    const { chat, texts } = openSite(site);
    chat.send("Ừ", { quote: "không được kể với bố mẹ" });
    assert.equal(plain(texts()), plain(["Ừ"]));
  });

  test("a message is known again by its id when its row is drawn anew", () => {
    const { chat, read } = openSite(site);
    const id = chat.receive("Chào em");
    chat.send("Dạ");
    const before = read();
    chat.rerender();
    const after = read();
    assert.equal(plain(after.map((one) => [one.id, one.from_me])), plain(before.map((one) => [one.id, one.from_me])));
    assert.ok(chat.row(id).contains(after[0].element) || after[0].element === chat.row(id));
    assert.notEqual(after[0].element, before[0].element);
    chat.prepend([["Hôm qua", false]]);
    assert.equal(plain(read().map((one) => one.id).slice(1)), plain(before.map((one) => one.id)));
    assert.equal(read()[0].text, "Hôm qua");
  });

  test("the conversation's key follows the open one, and comes back with it", () => {
    const { chat, key, texts } = openSite(site);
    chat.receive("Chào em");
    const first = key();
    assert.ok(first);
    chat.open("u200");
    chat.receive("Mẹ về muộn nhé");
    assert.ok(key());
    assert.notEqual(key(), first);
    assert.equal(plain(texts()), plain(["Mẹ về muộn nhé"]));
    chat.open("u100");
    assert.equal(key(), first);
    assert.equal(plain(texts()), plain(["Chào em"]));
  });

  test("a site whose names have changed is silent, and its conversation is still found", () => {
    const { chat, container, read } = openSite(site);
    chat.receive("Em không được kể với bố mẹ");
    chat.send("Dạ");
    chat.rename();
    assert.ok(container(), "the drift can be seen");
    assert.equal(read().length, 0);
  });

  test("a chat in which nobody has written yet is not said to have changed, and one with other names is", () => {
    const { chat, document, ours, adapter } = openSite(site);
    const isSilent = () => {
      let at = 0;
      const drift = ours.drift.watchDrift({ document, adapter, now: () => at });
      for (at of [0, 20_000]) drift.look();
      return drift.isSilent();
    };
    assert.equal(isSilent(), false, "empty");
    for (const text of ["Chào em nhé", "Em tên gì thế", "Chị bên shop đây"]) chat.receive(text);
    assert.equal(isSilent(), false, "read");
    chat.rename();
    assert.equal(isSilent(), true, "changed");
  });

  test("of a long chat the newest are read, as many as one question holds, past those that say nothing", () => {
    const { chat, texts } = openSite(site);
    for (let at = 0; at < 130; at += 1) chat.receive(`tin ${at}`);
    assert.deepEqual([texts().length, texts()[0], texts().at(-1)], [50, "tin 80", "tin 129"]);
    for (let picture = 0; picture < 40; picture += 1) chat.receive("");
    assert.deepEqual([texts().length, texts()[0], texts().at(-1)], [50, "tin 80", "tin 129"]);
    for (let picture = 0; picture < 40; picture += 1) chat.receive("");
    assert.deepEqual([texts().length, texts()[0], texts().at(-1)], [20, "tin 110", "tin 129"]);
  });
}
