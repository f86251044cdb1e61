import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, openPage, settle, words } from "./own_page.mjs";

const { DEFAULTS } = await import("../../../../extension/background/options.js");
const { askForPin, mayChange, resetLine, usePin, whyNot } = await import("../../../../extension/pages/pin.js");

const OK = { outcome: "ok", is_set: true, wait_s: 0, reset_in_s: null };
const say = (key, put = "") => words("vi")[key].message.replace("$1", put);

/** Our options page, and the dialog that stands over it. */
async function setUp({ answer = () => OK, kept = { pin_set: true } } = {}) {
  const { document } = await openPage("options", { answer, kept });
  await settle();
  const dialog = () => document.querySelector("dialog");
  const type = async (pin) => {
    dialog().querySelector("input").value = pin;
    dialog().querySelector("form").requestSubmit();
    await settle();
  };
  return { document, dialog, type, wrong: () => document.getElementById("pin-typed-wrong").textContent };
}

test("strictness, audience and another site off ask for the PIN; language and a site on again do not", async () => {
  const { dialog } = await setUp();
  const before = { ...DEFAULTS, sites_off: ["a.example"] };
  for (const change of [{ language: "en" }, { sites_off: [] }, { strictness: "normal" }, {}]) {
    assert.equal(await mayChange(before, change), true);
    assert.equal(dialog(), null);
  }
  for (const change of [{ strictness: "calm" }, { audience: "adult" }, { sites_off: ["a.example", "b.example"] }]) {
    const may = mayChange(before, change);
    await settle();
    dialog().querySelector("[type=button]").click(); // not now
    assert.equal(await may, false);
    assert.equal(dialog(), null);
  }
});

test("where there is no PIN nobody is asked", async () => {
  const { dialog } = await setUp({ kept: {}, answer: () => ({ ...OK, is_set: false }) });
  assert.equal(await mayChange(DEFAULTS, { audience: "adult" }), true);
  assert.equal(dialog(), null);
});

test("the dialog stays until the PIN is taken, and says why it was not", async () => {
  const { dialog, type, wrong } = await setUp();
  const tried = [];
  const replies = [{ ...OK, outcome: "wrong" }, { ...OK, outcome: "wait", wait_s: 30 }, null, OK];
  const taken = askForPin(async (pin) => (tried.push(pin), replies.shift()));
  await type("abc");
  assert.equal(wrong(), say("pin_form"));
  for (const said of [say("pin_wrong"), say("pin_wait_seconds", "30"), say("pin_unreachable")]) {
    await type("1234");
    assert.equal(wrong(), said);
  }
  await type(" 482913 ");
  assert.equal(await taken, true);
  assert.deepEqual(tried, ["1234", "1234", "1234", "482913"]);
  assert.equal(dialog(), null, "the PIN is nowhere on the page any more");
});

test("long waits are told in minutes", () => {
  assert.equal(whyNot({ ...OK, outcome: "wait", wait_s: 3600 }), say("pin_wait_minutes", "60"));
});

test("a reset is told with its hours, and no reset with nothing", () => {
  assert.equal(resetLine({ ...OK, reset_in_s: 3601 }), say("pin_reset_comes", "2"));
  assert.equal(resetLine(OK), "");
  assert.equal(resetLine(null), "");
});

test("whether there is a PIN is remembered for when the service is off", async () => {
  await setUp({ kept: {} });
  await usePin({ do: "state" });
  assert.equal(browser.kept.pin_set, true);
  browser.answer = () => null;
  assert.equal(await usePin({ do: "state" }), null);
  assert.equal(browser.kept.pin_set, true);
  browser.answer = () => ({ ...OK, is_set: false });
  await usePin({ do: "state" });
  assert.equal(browser.kept.pin_set, false, "as after a reset");
});
