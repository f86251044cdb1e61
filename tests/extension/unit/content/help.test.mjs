import assert from "node:assert/strict";
import { test } from "node:test";

import { makeDisclosure, makeReason, openPage, readWords, WORDS } from "./page.mjs";

const TOLD = "Có người dọa đăng ảnh em";
const say = (key) => WORDS[key].message;

function showHelp({ neutral = false, mine = true, verdict = makeDisclosure("m1"), words = WORDS } = {}) {
  const page = openPage("<div id=chat></div>", { words });
  const pressed = [];
  const actions = { tell: () => pressed.push("tell"), close: () => pressed.push("close") };
  const sign = page.ours.help.makeHelp(page.document, verdict, actions, { neutral, mine });
  page.document.querySelector("#chat").append(sign.host);
  const find = (selector) => sign.root.querySelector(selector);
  return { ...page, sign, find, pressed, buttons: [...sign.root.querySelectorAll("button")], text: find(".sign").textContent };
}

test("the help says the service's title and line, and offers one way on and one out", () => {
  const { find, buttons } = showHelp();
  assert.equal(find(".title").textContent, "Bạn không phải tự lo một mình");
  assert.equal(find(".first-action").textContent, "Kể cho một người bạn tin nhé.");
  assert.deepEqual(buttons.map((button) => button.getAttribute("aria-label") ?? button.textContent), [say("help_close"), say("help_tell")]);
});

test("it speaks English to whom reads English", () => {
  const { text } = showHelp({ words: readWords("en") });
  assert.match(text, /You are not alone with this.*Tell someone you trust\..*Tell someone$/s);
});

test("it has nothing of a warning: no quote, no reasons, no shape, no colour of alarm", () => {
  const verdict = makeDisclosure("m1", { reasons: [makeReason(TOLD, "dọa")], severity: 4 });
  const { sign, text } = showHelp({ verdict });
  assert.doesNotMatch(text, /dọa|«/);
  assert.equal(sign.root.querySelector("svg, blockquote, mark, ol, a.call"), null);
  for (const { className } of sign.root.querySelectorAll(".sign, .sign *")) assert.doesNotMatch(className, /danger|caution/);
});

test("the neutral form is one small word and a way to close it", () => {
  const { text, buttons } = showHelp({ neutral: true });
  assert.equal(text, `${say("card_chip")}×`);
  assert.deepEqual(buttons.map((button) => button.getAttribute("aria-label")), [say("card_chip_label"), say("help_close")]);
});

test("the page cannot see into it", () => {
  const { document, sign } = showHelp();
  assert.equal(sign.host.shadowRoot, null);
  assert.equal(sign.host.attributes.length, 0);
  assert.equal(document.querySelector("#chat").textContent, "");
});

for (const neutral of [false, true]) {
  test(`presses made by the page's own scripts do nothing, ${neutral ? "chip" : "card"}`, () => {
    const { buttons, pressed, clock } = showHelp({ neutral });
    clock.at = 10_000;
    for (const button of buttons) button.click();
    assert.deepEqual(pressed, []);
  });
}

test("it stands on the side of the child's own messages, where the page shows them apart", () => {
  assert.ok(showHelp({ mine: true }).find(".sign.mine"));
  assert.equal(showHelp({ mine: false }).find(".sign.mine"), null);
});
