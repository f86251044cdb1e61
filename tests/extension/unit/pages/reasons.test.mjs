import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./own_page.mjs";
import { showReasons } from "../../../../extension/pages/reasons.js";

const REASON = {
  rule: "any.keep_it_secret", signal: "SECRECY", stage: "secrecy", message: "m1", quote: "không được kể", start: 0, end: 13,
  why: { vi: "Tin này bảo bạn giữ kín.", en: "It tells you to keep quiet." }, source: null, added: "2026-11-22",
};

/** What stands in the list after each of *shows*, one after the other. */
async function listOf(shows, { language } = {}) {
  const { document } = await openPage("tell", { language });
  const list = document.getElementById("why-list");
  for (const reasons of shows) showReasons(list, reasons);
  return list;
}

const lines = (list) => [...list.children].map((item) => [...item.children].map(({ textContent }) => textContent));

for (const [what, language, reason, line] of [
  ["the message's words, what they do, and the rule", "vi", REASON, ["không được kể", "Tin này bảo bạn giữ kín.", "Dấu hiệu: any.keep_it_secret · 2026-11-22"]],
  ["the same in English", "en", REASON, ["không được kể", "It tells you to keep quiet.", "Rule: any.keep_it_secret · 2026-11-22"]],
  ["without words of a message", "vi", { ...REASON, quote: "" }, ["Tin này bảo bạn giữ kín.", "Dấu hiệu: any.keep_it_secret · 2026-11-22"]],
  ["without a date", "vi", { ...REASON, added: null }, ["không được kể", "Tin này bảo bạn giữ kín.", "Dấu hiệu: any.keep_it_secret"]],
  ["with the Vietnamese sentence where the English one is missing", "en", { ...REASON, why: { vi: REASON.why.vi, en: "" } }, ["không được kể", "Tin này bảo bạn giữ kín.", "Rule: any.keep_it_secret · 2026-11-22"]],
]) {
  test(`a reason is shown: ${what}`, async () => assert.deepEqual(lines(await listOf([[reason]], { language })), [line]));
}

test("every reason has its place, in the order they came", async () => {
  const list = await listOf([["một", "hai", "ba"].map((quote) => ({ ...REASON, quote }))]);
  assert.deepEqual(lines(list).map(([quote]) => quote), ["một", "hai", "ba"]);
});

test("an answer never mixes with the one before", async () => {
  assert.equal((await listOf([[REASON, REASON], [REASON]])).children.length, 1);
  assert.equal((await listOf([[REASON], []])).children.length, 0);
});

test("markup in a quotation is only words", async () => {
  const list = await listOf([[{ ...REASON, quote: "<img src=x onerror=alert(1)>" }]]);
  assert.equal(list.querySelector("img"), null);
  assert.equal(list.querySelector("q").textContent, "<img src=x onerror=alert(1)>");
});
