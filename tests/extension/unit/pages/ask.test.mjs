import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, settle } from "./own_page.mjs";
import { ask, openTell } from "../../../../extension/pages/ask.js";

const STATUS = { state: "on", rules: null, service: "0.1.0" };
const CONTEXT = { lure: "grooming", level: "danger", reasons: [], help: false };
const TAB = { type: "tab", url: "chrome-extension://id/pages/tell.html" };

function setUp(answer) {
  Object.assign(browser, { answer, asked: [] });
}

for (const [what, answer, heard] of [
  ["an answer is handed on", () => STATUS, STATUS],
  ["a worker that does not know the question gives null", () => undefined, null],
  ["a worker that is gone gives null, not an error", () => Promise.reject(new Error("Receiving end does not exist.")), null],
]) {
  test(what, async () => {
    setUp(answer);
    assert.equal(await ask({ type: "status" }, { timeoutMs: 60_000 }), heard);
  });
}

test("a worker that never answers is waited for as long as said, no longer", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  setUp(() => new Promise(() => {}));
  let heard = "nothing yet";
  void ask({ type: "status" }, { timeoutMs: 1500 }).then((answer) => (heard = answer));
  t.mock.timers.tick(1499);
  await settle();
  assert.equal(heard, "nothing yet");
  t.mock.timers.tick(1);
  await settle();
  assert.equal(heard, null);
});

for (const [what, answer, tabs] of [
  ["the worker opens the tell window: no tab as well", () => ({ opened: true }), []],
  ["the worker could not: the page opens in a tab", () => ({ opened: false }), [TAB]],
  ["the worker is silent: the page opens in a tab", () => null, [TAB]],
  ["the worker is gone: the page opens in a tab", () => Promise.reject(new Error("gone")), [TAB]],
]) {
  test(what, async () => {
    setUp(answer);
    await openTell({ ...CONTEXT, other: "not handed on" });
    assert.deepEqual(browser.asked, [{ type: "open_tell", ...CONTEXT }, ...tabs]);
  });
}
