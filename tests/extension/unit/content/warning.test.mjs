import assert from "node:assert/strict";
import { test } from "node:test";

import { makeReason, makeVerdict, openPage, WORDS } from "./page.mjs";

const TEXT = "Vụ án này bảo mật, em không được kể với bố mẹ";
const QUOTE = "không được kể";

function showCard(level, more = {}, { text = TEXT, quotes = [QUOTE], actions = {} } = {}) {
  const page = openPage("<div id=chat></div>");
  const reasons = quotes.map((quote) => makeReason(text, quote));
  const pressed = [];
  const sign = page.ours.warning.makeCard(
    page.document,
    makeVerdict(level, reasons, more),
    { texts: new Map([["m1", text]]), beside: "m1" },
    { tell: () => pressed.push("tell"), notSo: () => pressed.push("not so"), ...actions },
  );
  page.document.querySelector("#chat").append(sign.host);
  const find = (selector) => sign.root.querySelector(selector);
  const words = () => [...sign.root.querySelectorAll("button")].map(({ textContent }) => textContent);
  return { ...page, sign, find, words, pressed };
}

const say = (key) => WORDS[key].message;

test("the page cannot see into the card", () => {
  const { document } = showCard("danger");
  assert.equal(document.querySelector("#chat > div").shadowRoot, null);
  assert.ok(!document.documentElement.textContent.includes("công an"));
});

test("a card about the page itself has every reason in sight, and quotes no message", () => {
  const page = openPage("<div></div>");
  const verdict = makeVerdict("caution", [makeReason(TEXT, QUOTE, "page")]);
  const { root } = page.ours.warning.makeCard(page.document, verdict, null, { tell: () => {} });
  assert.equal(root.querySelector("blockquote"), null);
  assert.equal(root.querySelector(".reasons").hidden, false);
  assert.match(root.querySelector(".reasons").textContent, new RegExp(say("card_source")));
  assert.ok(![...root.querySelectorAll("button")].some(({ textContent }) => textContent === say("card_why")));
});

test("the card says title, the message's own words and what to do first", () => {
  const { find } = showCard("danger");
  assert.equal(find(".title").textContent, "Tin này giống kiểu giả danh công an");
  assert.equal(find("blockquote").textContent, `«${TEXT}»`);
  assert.equal(find("mark").textContent, QUOTE);
  assert.equal(find(".first-action").textContent, "Bạn có quyền tắt máy.");
});

test("a long message is quoted around the words", () => {
  const text = `${"Chào em nhé. ".repeat(40)}${TEXT}${" Nghe máy đi em.".repeat(40)}`;
  const { find } = showCard("danger", {}, { text });
  const quoted = find("blockquote").textContent;
  assert.ok(quoted.length < 200, quoted);
  assert.ok(quoted.startsWith("«…") && quoted.endsWith("…»") && quoted.includes(QUOTE), quoted);
});

test("two places in one message are both marked", () => {
  const { sign } = showCard("danger", {}, { quotes: [QUOTE, "bảo mật"] });
  assert.deepEqual([...sign.root.querySelectorAll("mark")].map((mark) => mark.textContent), ["bảo mật", QUOTE]);
});

test("markup in a message is only text", () => {
  const text = '<img src=x onerror="alert(1)"> không được kể';
  const { sign, find } = showCard("danger", {}, { text });
  assert.equal(sign.root.querySelector("img"), null);
  assert.ok(find("blockquote").textContent.includes("<img src=x"));
});

test("danger and caution differ in shape and words", () => {
  const [danger, caution] = [showCard("danger"), showCard("caution")];
  assert.notEqual(danger.find("path").getAttribute("d"), caution.find("path").getAttribute("d"));
  assert.notEqual(danger.find(".head span").textContent, caution.find(".head span").textContent);
});

test("only a caution can be waved away", () => {
  assert.ok(showCard("caution").words().includes(say("card_not_so")));
  assert.ok(!showCard("danger").words().includes(say("card_not_so")));
});

test("the helpline stands from severity 3 on, as a number to press", () => {
  const { words, find } = showCard("danger", { severity: 3 });
  assert.ok(words().includes(say("card_call_111")));
  assert.equal(find("a.call").getAttribute("href"), "tel:111");
  assert.ok(!showCard("danger", { severity: 2 }).words().includes(say("card_call_111")));
});

test("what was seen earlier is said in the place of a quote, and quotes nothing in the list", () => {
  const why = { vi: "Trước đó đã có những lời giống vậy.", en: "Earlier there were such words." };
  const earlier = { ...makeReason(TEXT, ""), rule: "earlier", signal: "EARLIER", message: "", start: 0, end: 0, why };
  const { find } = showCard("caution", { reasons: [earlier, makeReason(TEXT, QUOTE)] });
  assert.equal(find("blockquote"), null);
  const lines = [...find(".card").children].map(({ textContent }) => textContent);
  assert.ok(lines.includes(why.vi), lines.join("|"));
  const [first, second] = find("ol").children;
  assert.equal(first.querySelector("q"), null);
  assert.ok(second.querySelector("q").textContent.includes(QUOTE));
});

test("every reason has its sentence, quote, source and date", () => {
  const { find } = showCard("danger");
  const item = find("ol.reasons li").textContent;
  for (const part of ["Tin này bảo bạn giữ kín.", `«${QUOTE}»`, "example.test", "22/11/2026"]) {
    assert.ok(item.includes(part), `${part} in ${item}`);
  }
  assert.equal(find("ol.reasons").hidden, true);
});

test("presses made by the page's own scripts do nothing", () => {
  const { sign, pressed, clock, window, find } = showCard("caution");
  clock.at = 10_000;
  for (const button of sign.root.querySelectorAll("button")) {
    button.click();
    button.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  assert.deepEqual(pressed, []);
  assert.equal(find("ol.reasons").hidden, true);
});

test("the chip holds one neutral word and nothing of the warning", () => {
  const { ours, document } = openPage("<p>x</p>");
  const sign = ours.warning.makeChip(document, makeVerdict("danger", [makeReason(TEXT, QUOTE)]), {});
  const everything = [...sign.root.querySelectorAll(".sign, .sign *")];
  assert.equal(sign.root.querySelector(".sign").textContent, say("card_chip"));
  for (const { className, title } of everything) assert.ok(!/danger|caution/.test(className + title));
});

for (const [what, rule, level, key] of [
  ["a listed address", "listed.blocked", "danger", "card_badge_reported"],
  ["another dangerous link", "lookalike.brand", "danger", "card_badge_danger"],
  ["a doubtful link", "lookalike.brand", "caution", "card_badge_caution"],
]) {
  test(`the badge names ${what}`, () => {
    const { ours, document } = openPage("<p>x</p>");
    const verdict = makeVerdict(level, [{ ...makeReason(TEXT, QUOTE), rule }]);
    assert.equal(ours.warning.makeBadge(document, verdict, {}).root.querySelector(".badge").textContent, say(key));
  });
}
