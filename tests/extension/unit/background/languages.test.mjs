import assert from "node:assert/strict";
import { before, test } from "node:test";

import { fill, sayIn, signWords } from "../../../../extension/background/languages.js";
import { fetchOwnFile } from "./fakes.mjs";

const api = {
  i18n: { getMessage: (key) => `browser: ${key}` },
  runtime: { getURL: (path) => `chrome-extension://abc/${path}` },
};

before(() => {
  globalThis.fetch = fetchOwnFile;
});

test("by default the browser chooses", async () => {
  assert.equal(await sayIn(api, "browser", "state_on"), "browser: state_on");
  assert.equal(await signWords(api, "browser"), null);
});

test("a chosen language says it in its words", async () => {
  assert.equal(await sayIn(api, "vi", "menu_check"), "Kiểm tra tin này");
  assert.equal(await sayIn(api, "en", "menu_check"), "Check this message");
});

test("texts are filled as the browser does it", () => {
  const messages = { step: { message: "$1 trên $2" } };
  assert.equal(fill(messages, "step", ["1", "3"]), "1 trên 3");
  assert.equal(fill(messages, "step", []), " trên ");
  assert.equal(fill(messages, "no_such_key", []), "");
});

test("pages of other people get the words of the signs alone", async () => {
  const words = await signWords(api, "en");
  for (const key of ["card_tell", "compare_like", "help_tell"]) assert.ok(words[key], key);
  assert.deepEqual(Object.keys(words).filter((key) => !/^(card|compare|help|language)/.test(key)), []);
  assert.equal((await signWords(api, "vi")).language, "vi");
  assert.ok(JSON.stringify(await signWords(api, "vi")).length < 8000, "they are sent to every page");
});
