import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, openPage, settle, words } from "./own_page.mjs";

const WHY = { vi: "Địa chỉ này có trong danh sách bị báo cáo.", en: "This address is on a list of reported ones." };
const blocked = (more = {}) => ({
  site: "cong-an-xac-minh.example", lure: "fake_authority", waitMs: 0,
  reason: { rule: "listed.feed", why: WHY, quote: "", source: "tinnhiemmang.vn", added: "2026-11-02" }, ...more,
});
const open = (page, more) => openPage("blocked", { answer: ({ type }) => ({ blocked_page: page, open_tell: { opened: true } })[type] ?? null, ...more });
const hidden = (document, id) => document.getElementById(id).hidden;

for (const language of ["vi", "en"]) {
  test(`it says which page, why, who reported it and when, and calls nothing safe: ${language}`, async () => {
    const { document } = await open(blocked(), { language });
    const text = document.body.textContent;
    for (const part of ["cong-an-xac-minh.example", WHY[language], "tinnhiemmang.vn", "2026"]) assert.ok(text.includes(part), part);
    assert.doesNotMatch(text, /an toàn|\bsafe\b/i);
  });
}

test("markup in an address or a source stays text", async () => {
  const { document } = await open(blocked({ site: "<img src=x>", reason: { ...blocked().reason, source: "<b>x</b>" } }));
  assert.equal(document.querySelector("#why img, #why b"), null);
});

test("while the wait lasts the way through takes no press; afterwards one", async () => {
  const { document, press } = await open(blocked({ waitMs: 10_000 }));
  assert.equal(document.getElementById("wait").textContent, words("vi").blocked_wait.message.replace("$1", "10"));
  press("pass");
  assert.ok(!browser.asked.some(({ type }) => type === "pass_blocked"));
  const later = await open(blocked({ waitMs: 0 }));
  later.press("pass");
  assert.ok(browser.asked.some(({ type }) => type === "pass_blocked"));
});

test("under 13: an adult is asked, and there is nothing to open", async () => {
  const { document } = await open(blocked({ waitMs: null }));
  assert.deepEqual([hidden(document, "adult"), hidden(document, "through")], [false, true]);
});

test("telling takes the reason along", async () => {
  const { press } = await open(blocked());
  press("tell");
  await settle();
  const { lure, reasons } = browser.asked.find(({ type }) => type === "open_tell");
  assert.deepEqual([lure, reasons.length], ["fake_authority", 1]);
});

test("opened later or by hand: it says nothing of any page, and still leads back and to help", async () => {
  const { document } = await open(null);
  assert.equal(document.getElementById("heading").textContent, words("vi").blocked_over.message);
  assert.deepEqual(["why", "calm", "adult", "through"].map((id) => hidden(document, id)), [true, true, true, true]);
  assert.equal(hidden(document, "back"), false);
});

test("under 13 with a PIN: a parent beside the child goes on with it, and nobody without", async () => {
  const reply = { outcome: "ok", is_set: true, wait_s: 0, reset_in_s: null };
  const none = await open(blocked({ waitMs: null }), { answer: ({ type }) => ({ blocked_page: blocked({ waitMs: null }), pin: { ...reply, is_set: false } })[type] ?? null });
  await settle();
  assert.equal(hidden(none.document, "pin"), true);

  const passes = [{ done: false, pin: { ...reply, outcome: "wrong" } }, { done: true }];
  const answer = ({ type }) => ({ blocked_page: blocked({ waitMs: null }), pin: reply, pass_blocked: type === "pass_blocked" && passes.shift() })[type] ?? null;
  const { document, press } = await open(null, { answer });
  await settle();
  assert.equal(hidden(document, "pin"), false);
  press("pin");
  const type = async (pin) => {
    document.querySelector("dialog input").value = pin;
    document.querySelector("dialog form").requestSubmit();
    await settle();
  };
  await type("0000");
  assert.equal(document.getElementById("pin-typed-wrong").textContent, words("vi").pin_wrong.message);
  await type("482913");
  assert.equal(document.querySelector("dialog"), null);
  assert.deepEqual(browser.asked.filter((asked) => asked.type === "pass_blocked").map(({ pin }) => pin), ["0000", "482913"]);
});
