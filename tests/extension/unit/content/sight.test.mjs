import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";

const SEEN_MS = 500;

/** A button in a closed shadow root; `report({...})` is what the browser says of it. *version2*: whether it knows of coverings. */
function openButton({ version2 = true } = {}) {
  const page = openPage("<div id=box></div>");
  const { window, document, clock } = page;
  const pending = [];
  const observed = new Set();
  window.IntersectionObserver = class {
    constructor(take) {
      this.take = take;
      page.observer = this;
    }
    observe(target) {
      observed.add(target);
    }
    unobserve(target) {
      observed.delete(target);
    }
    takeRecords() {
      return pending.splice(0);
    }
  };
  const place = { left: 10, top: 20, width: 100, height: 40 };
  const host = document.createElement("div");
  const button = document.createElement("button");
  button.getBoundingClientRect = () => ({ ...place });
  host.attachShadow({ mode: "closed" }).append(button);
  document.querySelector("#box").append(host);
  let top = host;
  document.elementFromPoint = () => top;
  const { sight } = page.ours;
  sight.watch(button);
  return {
    ...page, host, button, place, observed,
    cover: (element) => (top = element),
    late: (entry) => pending.push(makeEntry(entry)),
    report: (entry) => page.observer.take([makeEntry(entry)]),
    beat: () => page.beats.at(-1)(),
    isSeen: () => sight.isSeen(button),
  };
  function makeEntry({ isVisible = true, intersectionRatio = 1 } = {}) {
    const entry = { target: button, intersectionRatio, boundingClientRect: { ...place }, time: clock.at };
    return version2 ? { ...entry, isVisible } : entry;
  }
}

test("a button counts once it has been seen long enough to read, and not before", () => {
  const { clock, report, isSeen } = openButton();
  assert.equal(isSeen(), false, "nobody has said anything yet");
  report();
  clock.at = SEEN_MS - 1;
  assert.equal(isSeen(), false);
  clock.at = SEEN_MS;
  assert.equal(isSeen(), true);
});

for (const [what, entry] of [
  ["covered or faded", { isVisible: false }],
  ["partly out of sight", { intersectionRatio: 0.5 }],
]) {
  test(`one that is ${what} does not count, and afterwards the time begins anew`, () => {
    const { clock, report, late, isSeen } = openButton();
    report();
    clock.at = 1000;
    late(entry); // the browser has noticed, but not yet told
    assert.equal(isSeen(), false);
    clock.at = 2000;
    report();
    clock.at = 2000 + SEEN_MS - 1;
    assert.equal(isSeen(), false);
    clock.at = 2000 + SEEN_MS;
    assert.equal(isSeen(), true);
  });
}

test("one that moves under the finger does not count", () => {
  const { clock, report, place, isSeen } = openButton();
  report();
  clock.at = 10_000;
  place.top += 80;
  assert.equal(isSeen(), false);
});

test("a move is noticed between presses too, and the time runs from there", () => {
  const { clock, report, place, beat, isSeen } = openButton();
  report();
  clock.at = 10_000;
  place.left += 30;
  beat();
  clock.at = 10_000 + SEEN_MS;
  assert.equal(isSeen(), true);
});

test("without version 2 the moment of the press has to do: covered", () => {
  const { clock, document, report, cover, isSeen } = openButton({ version2: false });
  report();
  clock.at = SEEN_MS;
  assert.equal(isSeen(), true);
  cover(document.body);
  assert.equal(isSeen(), false);
});

test("without version 2 the moment of the press has to do: faded by what is around it", () => {
  const { clock, document, report, isSeen } = openButton({ version2: false });
  report();
  clock.at = SEEN_MS;
  document.querySelector("#box").style.opacity = "0.1";
  assert.equal(isSeen(), false);
});

test("what has left the page is let go", () => {
  const { host, observed, beat } = openButton();
  host.remove();
  beat();
  assert.equal(observed.size, 0);
});
