import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./own_page.mjs";
import { showReasons } from "../../../../extension/pages/reasons.js";

const REASON = {
  rule: "any.keep_it_secret", signal: "SECRECY", stage: "secrecy", message: "m1", quote: "không được kể", start: 0, end: 13,
  why: { vi: "Tin này bảo bạn giữ kín.", en: "It tells you to keep quiet." }, source: null, added: "2026-11-22",
};

const SOURCE = "https://example.test/bao-cao";

/** What stands in the list after each of *shows*, one after the other. */
async function listOf(shows, { language } = {}) {
  const { document } = await openPage("tell", { language });
  const list = document.getElementById("why-list");
  for (const reasons of shows) showReasons(list, reasons);
  return list;
}

const lines = (list) => [...list.children].map((item) => [...item.children].map(({ textContent }) => textContent));

for (const [what, language, reason, line] of [
  ["the message's words, what they do, and since when", "vi", REASON, ["không được kể", "Tin này bảo bạn giữ kín.", "Dấu hiệu ghi nhận ngày 22/11/2026"]],
  ["the same in English", "en", REASON, ["không được kể", "It tells you to keep quiet.", "Sign noted on 22/11/2026"]],
  ["with the host of its source", "vi", { ...REASON, source: SOURCE }, ["không được kể", "Tin này bảo bạn giữ kín.", "Nguồn: example.test · Dấu hiệu ghi nhận ngày 22/11/2026"]],
  ["with a source that has no address", "vi", { ...REASON, source: "Báo Tuổi Trẻ", added: null }, ["không được kể", "Tin này bảo bạn giữ kín.", "Nguồn: Báo Tuổi Trẻ"]],
  ["without words of a message", "vi", { ...REASON, quote: "" }, ["Tin này bảo bạn giữ kín.", "Dấu hiệu ghi nhận ngày 22/11/2026"]],
  ["without source or date", "vi", { ...REASON, added: null }, ["không được kể", "Tin này bảo bạn giữ kín.", ""]],
  ["with the Vietnamese sentence where the English one is missing", "en", { ...REASON, why: { vi: REASON.why.vi, en: "" } }, ["không được kể", "Tin này bảo bạn giữ kín.", "Sign noted on 22/11/2026"]],
]) {
  test(`a reason is shown: ${what}`, async () => assert.deepEqual(lines(await listOf([[reason]], { language })), [line]));
}

test("the rule's name is no reading for a child: it waits in the tooltip of the last line", async () => {
  const item = (await listOf([[REASON]])).firstElementChild;
  assert.ok(!item.textContent.includes(REASON.rule), item.textContent);
  assert.equal(item.lastElementChild.title, REASON.rule);
});

test("a source on the web is a link that tells the other side nothing", async () => {
  const link = (await listOf([[{ ...REASON, source: SOURCE }]])).querySelector("a");
  assert.deepEqual([link.textContent, link.href, link.target, link.rel], ["example.test", SOURCE, "_blank", "noopener noreferrer"]);
});

for (const source of [["javascript", "x()"].join(":"), "data:text/html,x", "//example.test", "https://["]) {
  test(`the source ${source} is words, not a link`, async () => {
    const list = await listOf([[{ ...REASON, source }]]);
    assert.equal(list.querySelector("a"), null);
    assert.ok(list.textContent.includes(source));
  });
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

const HOST = "vietcombank-xacthuc.test";
const WHY = `Địa chỉ này giống vietcombank.com.vn nhưng tên miền thật là ${HOST}.`;
const NAMES = "Giốngvietcombank.com.vnLink nàyvietcombank-xacthuc.test";
const COMPARE = { like: "vietcombank.com.vn", actual: HOST, differs: [[11, 24]] };
const BORROWED = { ...REASON, quote: HOST, rule: "lookalike.brand_in_name", why: { vi: WHY, en: "" }, added: null, compare: COMPARE };

for (const [what, reason, line] of [
  ["the names lined up behind the sentence, and no third quotation", BORROWED, [WHY, NAMES, ""]],
  ["with the words as they were typed", { ...BORROWED, quote: "VIETCOMBANK-xacthuc.test" }, ["VIETCOMBANK-xacthuc.test", WHY, NAMES, ""]],
  ["without names to line up", { ...BORROWED, compare: null }, [HOST, WHY, ""]],
]) {
  test(`a borrowed name is shown: ${what}`, async () => assert.deepEqual(lines(await listOf([[reason]])), [line]));
}

test("the letters that differ are marked", async () => {
  assert.equal((await listOf([[BORROWED]])).querySelector("mark").textContent, "-xacthuc.test");
});

test("an endless address is quoted without its middle", async () => {
  const quote = `https://vietcombank.com.vn.${"a".repeat(200)}.login-abc.test`;
  const read = (await listOf([[{ ...REASON, quote }]])).querySelector("q").textContent;
  assert.match(read, /^https:\/\/vietcombank\.com\.vn\.a+…a+\.login-abc\.test$/);
  assert.equal(read.length, 97);
});
