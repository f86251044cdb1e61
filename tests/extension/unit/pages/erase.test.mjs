import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, openPage, settle, words } from "./own_page.mjs";

const PIN = { outcome: "ok", is_set: true, wait_s: 0, reset_in_s: null };

/** The options; *pin* is what the service says of the PIN, *erased* what the worker says in the end. */
async function open({ pin = { ...PIN, is_set: false }, erased = { revoked: false }, kept = {} } = {}) {
  const page = await openPage("options", { kept, answer: ({ type, request }) => (type === "erase" ? erased : type === "pin" ? (typeof pin === "function" ? pin(request) : pin) : null) });
  await settle();
  const { document } = page;
  const erasures = () => browser.asked.filter(({ type }) => type === "erase").length;
  const said = () => document.getElementById("erased").textContent;
  const go = async () => {
    page.press("erase");
    page.press("erase-go");
    await settle();
  };
  return { ...page, erasures, said, go };
}

test("one calm question comes first; to keep everything is the main answer", async () => {
  const { document, press, erasures } = await open();
  press("erase");
  const dialog = document.querySelector("dialog");
  assert.match(dialog.textContent, new RegExp(words("vi").erase_what.message.slice(0, 30)));
  dialog.querySelector(".main").click();
  await settle();
  assert.deepEqual([document.querySelector("dialog"), erasures()], [null, 0]);
});

test("without a PIN two presses erase everything", async () => {
  const { go, erasures } = await open();
  await go();
  assert.equal(erasures(), 1);
});

test("with a PIN nothing is erased before it is typed", async () => {
  const { document, go, erasures } = await open({ pin: ({ pin }) => ({ ...PIN, outcome: pin === "482913" ? "ok" : "wrong" }) });
  await go();
  const type = async (pin) => {
    document.getElementById("pin-typed").value = pin;
    document.querySelector("dialog form").requestSubmit();
    await settle();
  };
  await type("000000");
  assert.equal(erasures(), 0);
  await type("482913");
  assert.equal(erasures(), 1);
});

test("a PIN that was set in another browser meanwhile is asked for too", async () => {
  const state = { ...PIN, is_set: false };
  const { document, go, erasures } = await open({ pin: () => state });
  state.is_set = true;
  await go();
  assert.ok(document.getElementById("pin-typed"));
  assert.equal(erasures(), 0);
});

test("while it is being erased that is said, and then one is welcomed as after an installation", async () => {
  const work = Promise.withResolvers();
  const { go, said } = await open({ erased: work.promise });
  const led = [];
  globalThis.location = { assign: (page) => led.push(page) };
  await go();
  assert.deepEqual([said(), led], [words("vi").erase_busy.message, []]);
  work.resolve({ revoked: true });
  await settle();
  assert.deepEqual(led, ["welcome.html"]);
});

test("what was said of the last time goes when it is tried again", async () => {
  const { go, press, said } = await open({ erased: null });
  await go();
  assert.ok(said());
  press("erase");
  assert.equal(said(), "");
});

test("with a PIN and the service off nothing is erased", async () => {
  const { document, go, erasures } = await open({ pin: null, kept: { pin_set: true } });
  await go();
  document.getElementById("pin-typed").value = "482913";
  document.querySelector("dialog form").requestSubmit();
  await settle();
  assert.equal(document.getElementById("pin-typed-wrong").textContent, words("vi").pin_unreachable.message);
  assert.equal(erasures(), 0);
});

for (const [what, erased, key] of [
  ["the service did not answer", { revoked: false }, "erase_half"],
  ["the worker did not answer", null, "erase_failed"],
]) {
  test(`${what}: that is said`, async () => {
    const { go, said } = await open({ erased });
    await go();
    assert.equal(said(), words("vi")[key].message);
  });
}
