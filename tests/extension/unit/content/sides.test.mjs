import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";

const plain = (list) => JSON.parse(JSON.stringify(list));
const box = (left, right) => ({ left, right });
const tell = (...boxes) => plain(openPage("<p>x</p>").ours.sides.tellSides(boxes));

for (const [what, boxes, sides] of [
  ["bubbles at both sides", [box(0, 300), box(500, 800), box(0, 200), box(600, 800)], [false, true, false, true]],
  ["a notice in the middle has no side", [box(0, 300), box(0, 200), box(500, 800), box(300, 500), box(600, 800)], [false, false, true, null, true]],
  ["one of each is no proof", [box(0, 300), box(500, 800)], [null, null]],
  ["rows as wide as the list", [box(48, 800), box(48, 800), box(48, 800)], [null, null, null]],
  ["a list with all words at the left", [box(48, 300), box(48, 700), box(48, 200)], [null, null, null]],
  ["replies indented under others", [box(0, 800), box(0, 800), box(150, 800), box(300, 800)], [null, null, null, null]],
  ["a thread whose replies are as wide as their words", [box(0, 300), box(0, 500), box(150, 300), box(150, 800), box(300, 800)], [null, null, null, null, null]],
  ["what is not laid out", [null, null], [null, null]],
  ["what is not laid out among others", [box(0, 300), null, box(500, 800), box(0, 200), box(600, 800)], [false, null, true, false, true]],
]) {
  test(`${what}: ${JSON.stringify(sides)}`, () => assert.deepEqual(tell(...boxes), sides));
}

/** Boxes as a browser would lay them out: `data-at="left right"`, in a row of 800 pixels. */
function layOut(html) {
  const { document, window, ours } = openPage(`<div id="row" data-at="0 800">${html}</div>`);
  window.Element.prototype.getBoundingClientRect = function () {
    const [left, right] = (this.getAttribute("data-at") ?? "0 0").split(" ").map(Number);
    return { left, right, width: right - left };
  };
  return plain(ours.sides.boxOf(document.querySelector("#row"), document.querySelector("#words")));
}

for (const [what, html, found] of [
  ["the bubble with its picture is the box", '<div data-at="10 500"><i data-at="10 40"></i><p id="words" data-at="60 500"></p></div>', box(10, 500)],
  ["a box that fills the row says nothing", '<div data-at="0 800"><p id="words" data-at="20 790"></p></div>', null],
  ["the words alone, within a line, say nothing", '<div data-at="0 800"><span id="words" data-at="600 800"></span></div>', null],
  ["a text that turns its box round says nothing", '<div data-at="0 800" style="direction: rtl"><p id="words" data-at="600 800"></p></div>', null],
]) {
  test(what, () => assert.deepEqual(layOut(html), found));
}
