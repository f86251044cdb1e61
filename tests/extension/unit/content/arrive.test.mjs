import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage, runScript, settled } from "./page.mjs";

function start({ blocked = false, gone = false, prerendering = false, tells = true } = {}) {
  const { window, document } = openPage("<p>x</p>", { url: "https://page.test/a", scripts: [] });
  const asked = [];
  window.chrome.runtime.sendMessage = async (message) => {
    asked.push({ ...message });
    if (gone) throw new Error("Receiving end does not exist.");
    return message.type === "arrived" ? { blocked } : { done: true };
  };
  const page = { prerendering };
  Object.defineProperty(document, "prerendering", { get: () => page.prerendering });
  if (tells) window.navigation = new window.EventTarget();
  runScript(window, "arrive");
  return { window, document, asked, page, types: () => asked.map(({ type }) => type) };
}

test("a page says that it arrived, and not where: the browser tells that", async () => {
  const { asked } = start();
  await settled();
  assert.deepEqual(asked, [{ type: "arrived" }]);
});

test("a listed page asks to be left", async () => {
  const { types } = start({ blocked: true });
  await settled();
  assert.deepEqual(types(), ["arrived", "leave_page"]);
});

test("no worker: the page stays as it is", async () => {
  const { types } = start({ gone: true });
  await settled();
  assert.deepEqual(types(), ["arrived"]);
});

test("a page drawn in advance waits until somebody sees it", async () => {
  const { document, window, page, types } = start({ prerendering: true });
  await settled();
  assert.deepEqual(types(), []);
  page.prerendering = false;
  document.dispatchEvent(new window.Event("prerenderingchange"));
  await settled();
  assert.deepEqual(types(), ["arrived"]);
});

test("another path in the same page is looked at; the same one is not again, but out of memory it is", async () => {
  const { window, types } = start();
  await settled();
  window.navigation.dispatchEvent(new window.Event("currententrychange"));
  await settled();
  assert.equal(types().length, 1);
  window.history.pushState(null, "", "/b");
  window.navigation.dispatchEvent(new window.Event("currententrychange"));
  await settled();
  assert.equal(types().length, 2);
  window.dispatchEvent(new window.PageTransitionEvent("pageshow", { persisted: true }));
  await settled();
  assert.equal(types().length, 3);
});

test("in a browser that tells nothing of navigations a page still says that it arrived, and again out of memory", async () => {
  const { window, types } = start({ tells: false });
  await settled();
  window.dispatchEvent(new window.PageTransitionEvent("pageshow", { persisted: true }));
  await settled();
  assert.deepEqual(types(), ["arrived", "arrived"]);
});
