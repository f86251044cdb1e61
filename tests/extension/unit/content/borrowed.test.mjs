import assert from "node:assert/strict";
import { test } from "node:test";

import { makeReason, makeVerdict, openPage, WORDS } from "./page.mjs";

const { document, ours } = openPage("<p>x</p>");
const { addressOf, makeCard, worthSaying } = ours.borrowed;
const reason = (more) => ({ ...makeReason("vietcornbank", "vietcornbank", "page"), compare: null, ...more });
const LIKE = reason({ rule: "lookalike.disguised_letters", compare: { like: "vietcombank.com.vn", actual: "vietcornbank.example", differs: [[6, 8]] } });
const LISTED = reason({ rule: "listed.blocked" });
const ODD = reason({ rule: "throwaway.lure" });

for (const [what, url, expected] of [
  ["nothing, where there is nothing to leave out", "http://a.example/x", "http://a.example/x"],
  ["the parameters and the part after #", "https://a.example/x/y?z=https://b.example/#c", "https://a.example/x/y"],
  ["another site's address in the path", "https://a.example/web/https://b.example/otp", "https://a.example/web/"],
  ["the same, escaped", "https://a.example/web/https%3A%2F%2Fb.example", "https://a.example/web/"],
  ["what is too long for one question", `https://a.example/${"x".repeat(3000)}`, `https://a.example/${"x".repeat(2030)}`],
]) {
  test(`of an address is left out: ${what}`, () => assert.equal(addressOf(new URL(url)), expected));
}

test("what is not of the web has no address", () => {
  for (const url of ["about:blank", "blob:https://a.example/1", "chrome-extension://x/y", "file:///x", "data:,x"]) {
    assert.equal(addressOf(new URL(url)), null, url);
  }
});

test("a borrowed name and a report are worth a card, and nothing else is", () => {
  const said = worthSaying(makeVerdict("danger", [ODD, LIKE, LISTED]), "caution");
  assert.deepEqual(said.reasons.map(({ rule }) => rule), [LIKE.rule, LISTED.rule]);
  assert.equal(worthSaying(makeVerdict("danger", [ODD]), "caution"), null);
  assert.equal(worthSaying(makeVerdict("no_information", [LIKE]), "caution"), null);
  assert.equal(worthSaying(makeVerdict("caution", [LIKE]), "danger"), null, "less than somebody wants to see");
  assert.equal(worthSaying(undefined, "caution"), null);
});

for (const kind of ["password", "app"]) {
  test(`the card says what to wait with, and whose name it is: ${kind}`, () => {
    const { root } = makeCard(document, kind, makeVerdict("danger", [LIKE]), { neutral: true, tell: () => {} });
    for (const key of [`card_field_${kind}`, `card_field_${kind}_do`]) assert.ok(root.textContent.includes(WORDS[key].message), key);
    assert.ok(root.textContent.includes("vietcombank.com.vn"));
  });
}

test("where the screen may be watched it is a neutral chip, but not where nobody watches", () => {
  const watched = makeVerdict("danger", [LIKE], { watched: true });
  const words = (neutral) => makeCard(document, "app", watched, { neutral, tell: () => {} }).body.textContent;
  assert.equal(words(true), WORDS.card_chip.message);
  assert.ok(words(false).includes(WORDS.card_field_app.message));
});

test("what is told is the verdict as the service gave it", () => {
  const page = openPage("<p>x</p>");
  const told = [];
  page.ours.warning.makeCard = (_page, _words, _seen, { tell }) => ({ press: tell });
  const about = makeVerdict("danger", [LIKE]);
  page.ours.borrowed.makeCard(page.document, "app", about, { neutral: true, tell: (verdict) => told.push(verdict) }).press();
  assert.deepEqual(told, [about]);
});
