import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { browser, words } from "./own_page.mjs";
import { familyOf, firstActionFor, nextStepsFor } from "../../../../extension/pages/lure_words.js";

const LURES = readdirSync(new URL("../../../../rules/lures/", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "any")
  .map((entry) => entry.name);

const about = (lure) => ({ lure, help: false });
const told = (lure) => ({ lure, help: true });

beforeEach(() => (browser.language = "vi"));

for (const lure of LURES) {
  test(`${lure} has its own first action and a kind of note`, () => {
    for (const language of ["vi", "en"]) {
      browser.language = language;
      assert.equal(firstActionFor(about(lure)), words(language)[`tell_first_${lure}`].message);
      assert.notEqual(firstActionFor(about(lure)), firstActionFor(about(null)));
    }
    assert.notEqual(familyOf(about(lure)), "general");
    assert.deepEqual([familyOf(told(lure)), firstActionFor(told(lure))], [familyOf(about(lure)), firstActionFor(about(lure))]);
  });
}

test("what comes next stands there in order, in the page's language", () => {
  assert.deepEqual(nextStepsFor(about("sim_lock")), [1, 2].map((n) => words("vi")[`tell_next_sim_lock_${n}`].message));
  browser.language = "en";
  assert.deepEqual(nextStepsFor(about(null)), [1, 2].map((n) => words("en")[`tell_next_general_${n}`].message));
  assert.equal(nextStepsFor(told(null)).length, 3);
});

for (const [lure, family] of [
  ["fake_authority", "secret"], // who must keep silent needs a note that breaks the silence
  ["sextortion", "private"], // the note must not make a child name what happened
  ["grooming", "private"],
  ["harm_challenge", "unwell"],
  ["job_abroad", "away"], // who may be on the way must be found
  ["task_scam", "money"],
  ["fake_app", "access"],
  ["hijacked_friend", "kin"], // whom to ask: the real person
  ["predatory_loan", "debt"], // who owes money is ashamed: no word of how it came
]) {
  test(`${lure} gets the ${family} note`, () => assert.equal(familyOf(about(lure)), family));
}

for (const unknown of [null, "", "a_new_lure", "__proto__", "constructor"]) {
  test(`${JSON.stringify(unknown)} gets the general words, or those for somebody who told of harm`, () => {
    assert.equal(familyOf(about(unknown)), "general");
    assert.equal(firstActionFor(about(unknown)), words("vi").tell_first_general.message);
    assert.notEqual(nextStepsFor(about(unknown)).length, 0);
    assert.equal(familyOf(told(unknown)), "trouble");
    assert.equal(firstActionFor(told(unknown)), words("vi").tell_first_trouble.message);
  });
}
