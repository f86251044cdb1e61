import assert from "node:assert/strict";
import { test } from "node:test";

import { sayIn, signWords } from "../../../../extension/background/languages.js";

const api = { i18n: { getMessage: (key, put) => `browser: ${key} ${put}` } };

test("by default the browser chooses", () => {
  assert.equal(sayIn(api, "browser", "welcome_step", ["1", "3"]), "browser: welcome_step 1,3");
  assert.equal(signWords("browser"), null);
});

test("a chosen language fills its texts as the browser does", () => {
  assert.equal(sayIn(api, "vi", "welcome_step", ["1", "3"]), "1 trên 3");
  assert.equal(sayIn(api, "en", "welcome_step", ["1", "3"]), "1 of 3");
  assert.equal(sayIn(api, "en", "welcome_step"), " of ");
  assert.equal(sayIn(api, "en", "no_such_key"), "");
});

test("pages of other people get the words of the signs alone", () => {
  assert.equal(signWords("en").language, "en");
  assert.equal(signWords("vi").language, "vi");
  for (const key of ["card_tell", "compare_like", "help_tell"]) assert.ok(signWords("en")[key], key);
  assert.ok(JSON.stringify(signWords("vi")).length < 8000, "they are sent to every page");
});
