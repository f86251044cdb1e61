import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { browser, words } from "./own_page.mjs";
import { familyOf, firstActionFor } from "../../../../extension/pages/lure_words.js";

const PEOPLE = ["parent", "sibling", "teacher", "friend", "helpline"];
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

for (const family of new Set([...LURES, null].flatMap((lure) => [familyOf(about(lure)), familyOf(told(lure))]))) {
  test(`a ${family} note is there for everybody whom the child may choose`, () => {
    for (const person of PEOPLE) {
      for (const language of ["vi", "en"]) assert.ok(words(language)[`tell_note_${person}_${family}`]?.message, `${person}, ${language}`);
    }
  });
}

for (const [lure, family] of [
  ["fake_authority", "secret"], // who must keep silent needs a note that breaks the silence
  ["sextortion", "private"], // the note must not make a child name what happened
  ["grooming", "private"],
  ["harm_challenge", "unwell"],
  ["job_abroad", "offer"],
  ["task_scam", "money"],
]) {
  test(`${lure} gets the ${family} note`, () => assert.equal(familyOf(about(lure)), family));
}

for (const unknown of [null, "", "a_new_lure", "__proto__", "constructor"]) {
  test(`${JSON.stringify(unknown)} gets the general words, or those for somebody who told of harm`, () => {
    assert.equal(familyOf(about(unknown)), "general");
    assert.equal(firstActionFor(about(unknown)), words("vi").tell_first_general.message);
    assert.equal(familyOf(told(unknown)), "trouble");
    assert.equal(firstActionFor(told(unknown)), words("vi").tell_first_trouble.message);
  });
}
