import assert from "node:assert/strict";
import { test } from "node:test";

import { makeReason, openPage, readWords } from "./page.mjs";

const TEXT = "Vào https://vietcombank-xacthuc.test/ nhé";
const WORD = { like: "vietcombank.com.vn", actual: "vietcombank-xacthuc.test", differs: [[11, 24]] };

/** The pictures of *compares*, one reason each. */
function drawn(compares, { rule = "lookalike.brand_in_name", language = "vi" } = {}) {
  const words = readWords(language);
  const { document, ours } = openPage("<p>x</p>", { words });
  const reasons = compares.map((compare) => ({ ...makeReason(TEXT, "nhé"), rule, compare }));
  const pictures = ours.comparison.drawComparisons(document, reasons, (key) => words[key].message);
  return reasons.map((reason) => pictures.get(reason) ?? null);
}

/** Each row as it is read, with [brackets] where the difference is marked. */
function rows(picture) {
  return [...picture.children].map(({ children: [label, name] }) => {
    const parts = Array.from(name.childNodes, ({ nodeName, textContent }) => (nodeName === "MARK" ? `[${textContent}]` : textContent));
    return `${label.textContent}: ${parts.join("")}`;
  });
}

for (const [what, compare, really] of [
  ["an added word and another ending", WORD, "vietcombank[-xacthuc.test]"],
  ["two letters for one", { ...WORD, actual: "vietcornbank.com.vn", differs: [[6, 8]] }, "vietco[rn]bank.com.vn"],
  ["letters in two places", { ...WORD, actual: "v1etc0mbank.com.vn", differs: [[1, 2], [5, 6]] }, "v[1]etc[0]mbank.com.vn"],
  ["the owner behind a borrowed name", { ...WORD, actual: "vietcombank.com.vn.abc.test", differs: [[19, 27]] }, "vietcombank.com.vn.[abc.test]"],
  ["a letter of two units", { ...WORD, actual: "𐐨𐐨vietcombank.test", differs: [[2, 4]] }, "𐐨[𐐨]vietcombank.test"],
  ["nothing to mark", { ...WORD, differs: [] }, "vietcombank-xacthuc.test"],
  ["places that cannot be", { ...WORD, differs: [[-1, 3], [5, 5], [8, 2], [20, 99]] }, "vietcombank-xacthuc.test"],
  ["places that overlap", { ...WORD, differs: [[0, 4], [2, 6]] }, "[viet]combank-xacthuc.test"],
]) {
  test(`the two names stand one over the other: ${what}`, () => {
    assert.deepEqual(rows(drawn([compare])[0]), ["Giống: vietcombank.com.vn", `Link này: ${really}`]);
  });
}

for (const [language, rule, first, second] of [
  ["vi", "speaks_as.spoken_for", "Xưng là", "Link này"],
  ["en", "speaks_as.spoken_for", "Claims to be", "This link"],
  ["en", "lookalike.disguised_letters", "Looks like", "This link"],
]) {
  test(`${rule} in ${language}: ${first}, ${second}`, () => {
    assert.deepEqual(rows(drawn([WORD], { rule, language })[0]).map((row) => row.split(": ")[0]), [first, second]);
  });
}

test("a screen reader hears the sentence and not the picture of it", () => {
  assert.equal(drawn([WORD])[0].getAttribute("aria-hidden"), "true");
});

test("whatever letters a name holds, it reads from left to right and turns nothing around it", () => {
  const names = drawn([{ ...WORD, actual: "\u05e9\u05dc\u05d5\u05dd.test" }])[0].querySelectorAll("bdi");
  assert.deepEqual([...names].map(({ dir }) => dir), ["ltr", "ltr"]);
});

test("two reasons about one address show its name once", () => {
  const [first, second, other] = drawn([WORD, { ...WORD }, { ...WORD, actual: "abc.test" }]);
  assert.ok(first && other);
  assert.equal(second, null);
});

test("a reason without two names has no picture", () => {
  assert.deepEqual(drawn([null, undefined]), [null, null]);
});

test("markup in a name is only words", () => {
  const [picture] = drawn([{ like: "<b>a", actual: "<img src=x onerror=alert(1)>", differs: [[0, 4]] }]);
  assert.equal(picture.querySelector("img, b"), null);
  assert.ok(picture.textContent.includes("<img src=x"));
});
