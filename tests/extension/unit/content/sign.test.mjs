import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";

for (const [what, html, parent] of [
  ["a message that flows downwards takes the sign inside", '<div id="out"><div id="it">x</div></div>', "it"],
  ["a list item takes it inside", '<ol><li id="it">x</li></ol>', "it"],
  ["a row has no room below: the box above takes it", '<div id="out"><div id="it" style="display:flex">x</div></div>', "out"],
  ["a column takes it", '<div id="it" style="display:flex;flex-direction:column">x</div>', "it"],
  ["a span hands it up", '<div id="out"><p id="p"><span id="it">x</span></p></div>', "p"],
]) {
  test(what, () => {
    const { document, ours } = openPage(html);
    const { host } = ours.sign.makeSign(document);
    ours.sign.placeBeside(host, document.querySelector("#it"));
    assert.equal(host.parentElement.id, parent);
    assert.equal(host.parentElement.lastElementChild, host);
  });
}

test("in a column that runs upwards the first place is the lowest", () => {
  const { document, ours } = openPage('<div id="it" style="display:flex;flex-direction:column-reverse"><p>x</p></div>');
  const { host } = ours.sign.makeSign(document);
  ours.sign.placeBeside(host, document.querySelector("#it"));
  assert.equal(document.querySelector("#it").firstElementChild, host);
});

test("the host tells the page nothing: no class, no id, no style", () => {
  const { document, ours } = openPage("<p>x</p>");
  assert.equal(ours.sign.makeSign(document).host.attributes.length, 0);
});

test("text comes in the extension's language", () => {
  const { ours } = openPage("<p>x</p>");
  assert.equal(ours.sign.inMyLanguage({ vi: "Chào", en: "Hello" }), "Chào");
  assert.equal(ours.sign.inMyLanguage(null), "");
});
