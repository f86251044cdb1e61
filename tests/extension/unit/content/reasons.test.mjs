import assert from "node:assert/strict";
import { test } from "node:test";

import { makeReason, openPage, readWords } from "./page.mjs";

const TEXT = "Vụ án này bảo mật, em không được kể với bố mẹ";
const BEFORE = "Chào em nhé. ".repeat(20);
const AFTER = " Nghe máy đi em.".repeat(20);

/** The quotation of *text*, with [brackets] where the card marks words. */
function quoted(text, spans) {
  const { document, ours } = openPage("<p>x</p>");
  const reasons = spans.map(([start, end]) => ({ ...makeReason(text, ""), start, end }));
  const parts = ours.reasons.quoteWords(document, text, reasons).childNodes;
  return Array.from(parts, ({ nodeName, textContent }) => (nodeName === "MARK" ? `[${textContent}]` : textContent)).join("");
}

for (const [what, text, spans, read] of [
  ["what matched is marked inside the whole message", TEXT, [[22, 35]], "«Vụ án này bảo mật, em [không được kể] với bố mẹ»"],
  ["two places are both marked, in reading order", TEXT, [[22, 35], [10, 17]], "«Vụ án này [bảo mật], em [không được kể] với bố mẹ»"],
  ["places that overlap are marked once", TEXT, [[10, 28], [22, 35]], "«Vụ án này [bảo mật, em không ][được kể] với bố mẹ»"],
  ["a place inside another adds nothing", TEXT, [[10, 35], [22, 27]], "«Vụ án này [bảo mật, em không được kể] với bố mẹ»"],
  ["letters of two units do not shift the marks", "😀😀 đừng kể ai", [[5, 12]], "«😀😀 [đừng kể] ai»"],
  ["a place past the end is left out", TEXT, [[900, 950]], ""],
  ["a place that ends before it begins is left out", TEXT, [[35, 22]], ""],
  ["a place before the beginning is left out, the good one stays", "đừng kể", [[-4, 2], [0, 4]], "«[đừng] kể»"],
]) {
  test(what, () => assert.equal(quoted(text, spans), read));
}

for (const [what, text, begins, ends] of [
  ["behind much talk the quotation begins at a word", BEFORE + TEXT, /^«…[^\s]/, /bố mẹ»$/],
  ["before much talk it ends at a word", TEXT + AFTER, /^«Vụ án/, /[^\s]…»$/],
  ["a text without any space is cut all the same", "x".repeat(5000) + TEXT.replaceAll(" ", "") + "y".repeat(5000), /^«…/, /…»$/],
]) {
  test(what, () => {
    const start = text.indexOf("không");
    const read = quoted(text, [[start, start + 5]]);
    assert.match(read, begins);
    assert.match(read, ends);
    assert.ok(read.includes("[không]"), read);
    assert.ok(read.length < 260, `${read.length} letters`);
    const words = read.replace(/^«…|…»$|[«»[\]]/g, "").replaceAll(/[[\]]/g, "");
    assert.ok(text.includes(words), "nothing but the message's own words");
  });
}

for (const [what, before, after] of [
  ["alone", "https://", ""],
  ["inside a message", "Vào https://", "/otp nhé em, đừng kể với ai hết nha em"],
]) {
  test(`the name of a site may be endless: its end, where its owner stands, is quoted: ${what}`, () => {
    const host = `vietcombank.com.vn.${"a".repeat(217)}.login-abc.test`;
    assert.equal(host.length, 251);
    const read = quoted(before + host + after, [[before.length, before.length + host.length]]);
    assert.match(read, /\[vietcombank\.com\.vn\.a+…a+\.login-abc\.test\]/);
    assert.ok(read.length < 160, read);
  });
}

test("a place as long as a page is not quoted whole", () => {
  const text = "chuyển tiền ngay ".repeat(300);
  assert.ok(quoted(text, [[0, text.length]]).length < 320);
});

function listed(reasons, { words } = {}) {
  const { document, ours } = openPage("<p>x</p>", { words });
  return ours.reasons.listReasons(document, reasons);
}

const REASON = makeReason(TEXT, "không được kể");

for (const [language, sentence, date] of [
  ["vi", "Tin này bảo bạn giữ kín.", "22/11/2026"],
  ["en", "This message tells you to keep quiet.", "22/11/2026"],
]) {
  test(`in ${language} a reason has its sentence, its quotation, its source, and the day first`, () => {
    const item = listed([REASON], { words: readWords(language) }).textContent;
    for (const part of [sentence, "«không được kể»", "example.test", date]) assert.ok(item.includes(part), `${part} in ${item}`);
  });
}

test("the rule's name is no reading for a child: it waits in the tooltip of the last line", () => {
  const item = listed([REASON]).querySelector("li");
  assert.ok(!item.textContent.includes(REASON.rule), item.textContent);
  assert.equal(item.lastElementChild.title, REASON.rule);
});

test("every reason has a line of its own", () => assert.equal(listed([REASON, REASON, REASON]).children.length, 3));

test("a source on the web is a link that tells the other side nothing", () => {
  const link = listed([REASON]).querySelector("a");
  assert.deepEqual([link.textContent, link.href, link.target], ["example.test", "https://example.test/bao-cao", "_blank"]);
  assert.deepEqual(link.rel.split(" ").toSorted(), ["noopener", "noreferrer"]);
});

for (const source of [["javascript", "x()"].join(":"), "data:text/html,x", "//example.test", "https://[", "Báo Tuổi Trẻ"]) {
  test(`the source ${source} is words, not a link`, () => {
    const list = listed([{ ...REASON, source }]);
    assert.equal(list.querySelector("a"), null);
    assert.ok(list.textContent.includes(source));
  });
}

for (const [what, unknown, origin] of [
  ["without a source the date stands alone", { source: null }, "Dấu hiệu ghi nhận ngày 22/11/2026"],
  ["without a date the source stands alone", { added: null }, "Nguồn: example.test"],
  ["what is not known is not spoken of", { source: null, added: null }, ""],
]) {
  test(what, () => assert.equal(listed([{ ...REASON, ...unknown }]).querySelector(".small").textContent, origin));
}

test("markup in a quotation is only words", () => {
  const list = listed([{ ...REASON, quote: "<img src=x onerror=alert(1)>" }]);
  assert.equal(list.querySelector("img"), null);
  assert.ok(list.textContent.includes("<img src=x"));
});

const HOST = "vietcombank-xacthuc.test";
const BORROWED = {
  ...makeReason(`Vào https://${HOST}/ nhé`, HOST), rule: "lookalike.brand_in_name",
  why: { vi: `Địa chỉ này giống vietcombank.com.vn nhưng tên miền thật là ${HOST}.`, en: "" },
  compare: { like: "vietcombank.com.vn", actual: HOST, differs: [[11, 24]] },
};

test("a borrowed name stands over the real one, behind the sentence that says both", () => {
  const item = listed([BORROWED]).querySelector("li");
  assert.equal(item.firstChild.textContent, BORROWED.why.vi);
  assert.equal(item.firstElementChild.className, "names");
});

for (const [what, reason, quotes] of [
  ["what the sentence and the picture show is not quoted a third time", BORROWED, []],
  ["what was typed otherwise is", { ...BORROWED, quote: "VIETCOMBANK-xacthuc.test" }, ["«VIETCOMBANK-xacthuc.test»"]],
  ["without a picture the quotation stays", { ...BORROWED, compare: null }, [`«${HOST}»`]],
]) {
  test(what, () => assert.deepEqual([...listed([reason]).querySelectorAll("q")].map(({ textContent }) => textContent), quotes));
}
