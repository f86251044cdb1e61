import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "./own_page.mjs";
import { STORIES } from "../../../../extension/pages/stories.js";

for (const language of ["vi", "en"]) {
  for (const { id, from } of STORIES) {
    test(`story ${id} has a name, an expectation and exactly its messages in ${language}`, () => {
      const said = words(language);
      const lines = Object.keys(said).filter((key) => key.startsWith(`practice_${id}_`) && /\d$/.test(key));
      assert.deepEqual(lines.toSorted(), from.map((_, i) => `practice_${id}_${i + 1}`).toSorted());
      for (const key of [`practice_${id}`, `practice_${id}_about`, ...lines]) assert.ok(said[key]?.message.trim(), key);
    });
  }
}

test("no two stories have the same name", () => {
  assert.equal(new Set(STORIES.map(({ id }) => words("vi")[`practice_${id}`].message)).size, STORIES.length);
});

test("the stranger opens every story", () => {
  for (const { id, from } of STORIES) assert.equal(from[0], "them", id);
});
