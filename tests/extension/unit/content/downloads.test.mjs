import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage, runScript } from "./page.mjs";

/** A page whose navigations the test makes: go(address, more). */
function open() {
  const page = openPage("<p>x</p>", { scripts: [] });
  let hear = null;
  page.window.navigation = { addEventListener: (type, listen) => type === "navigate" && (hear = listen) };
  runScript(page.window, "downloads");
  const go = (url, more) => hear({ isTrusted: true, destination: { url }, downloadRequest: null, ...more });
  const heard = [];
  const follow = () => page.window.khongMotMinh.downloads.follow((address) => heard.push(address));
  return { ...page, go, heard, follow };
}

test("an app's file is heard of, by its address or the name it is kept under; other pages and files are not", () => {
  const { go, heard, follow } = open();
  follow();
  go("https://page.test/tai/VCB.apk?v=2");
  go("https://page.test/tai?tep=vcb.xapk");
  go("blob:https://page.test/1", { downloadRequest: "vcb.apk" });
  go("https://page.test/bai.html");
  go("https://page.test/apk/huong-dan");
  go("https://page.test/anh.png", { downloadRequest: "anh.png" });
  assert.deepEqual(heard, ["https://page.test/tai/VCB.apk?v=2", "https://page.test/tai?tep=vcb.xapk", "blob:https://page.test/1"]);
});

test("what was taken before anybody listened is told of at once", () => {
  const { go, heard, follow } = open();
  go("https://page.test/vcb.apk");
  assert.deepEqual(heard, []);
  follow();
  assert.deepEqual(heard, ["https://page.test/vcb.apk"]);
});

test("an event that the page's script made up counts for nothing", () => {
  const { go, heard, follow } = open();
  follow();
  go("https://page.test/vcb.apk", { isTrusted: false });
  assert.deepEqual(heard, []);
});

test("who takes one file after another is heard a few times", () => {
  const { go, heard, follow } = open();
  follow();
  for (let at = 0; at < 1000; at += 1) go(`https://page.test/${at}.apk`);
  assert.ok(heard.length <= 20, `${heard.length} times`);
});

test("a browser that tells nothing of navigations is no mistake", () => {
  const { ours } = openPage("<p>x</p>");
  ours.downloads.follow(() => assert.fail("nothing was taken"));
});

test("a page that only calls itself after files does not wear us out before it takes one", () => {
  const { go, heard, follow } = open();
  follow();
  for (let at = 0; at < 100; at += 1) go("https://page.test/", { destination: { url: `https://page.test/#${at}.apk`, sameDocument: true } });
  go("https://page.test/vcb.apk");
  go("https://page.test/", { destination: { url: "https://page.test/#", sameDocument: true }, downloadRequest: "vcb.apk" });
  assert.deepEqual(heard, ["https://page.test/vcb.apk", "https://page.test/#"]);
});
