import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";

const STYLE = openPage("<p>x</p>", { scripts: ["extract", "sign_style"] }).ours.signStyle;
const DARK = "@media (prefers-color-scheme: dark)";
const LEAST = 7; // WCAG 2.2, level AAA

/** The declarations of every rule for *selector*, in light or in dark, as one object; later ones win. */
function declared(selector, { dark = false } = {}) {
  const found = {};
  const blocks = STYLE.split(/(?=@media)/).flatMap((part) => {
    if (!part.startsWith("@media")) return [{ part }];
    const end = part.indexOf("\n}") + 2; // what stands behind a media block is light again
    return [{ part: part.slice(part.indexOf("{") + 1, end), media: part.slice(0, part.indexOf(" {")) }, { part: part.slice(end) }];
  });
  for (const { part, media } of blocks) {
    if (media && !(dark && media === DARK)) continue;
    for (const [, names, body] of part.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      if (!names.split(",").some((name) => name.trim() === selector)) continue;
      for (const line of body.split(";").filter((each) => each.includes(":"))) {
        const at = line.indexOf(":");
        found[line.slice(0, at).trim()] = line.slice(at + 1).trim();
      }
    }
  }
  return found;
}

/** @param {string} colour #rrggbb */
function light(colour) {
  assert.match(colour ?? "", /^#[0-9a-f]{6}$/);
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [low, high] = [light(one), light(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

for (const dark of [false, true]) {
  for (const level of ["caution", "danger"]) {
    const colours = { ...declared(".sign", { dark }), ...(level === "danger" ? declared(".sign.danger", { dark }) : {}) };
    for (const [ink, paper] of [
      ["--ink", "--paper"], ["--soft", "--paper"], ["--label", "--paper"], ["--accent", "--paper"],
      ["--ink", "--quiet"], ["--soft", "--quiet"], ["--accent", "--quiet"], ["--ink", "--mark"], ["--on-accent", "--accent"],
    ]) {
      test(`${ink} is easy to read on ${paper}: ${level}, ${dark ? "dark" : "light"}`, () => {
        const ratio = contrast(colours[ink], colours[paper]);
        assert.ok(ratio >= LEAST, `${ratio.toFixed(2)}`);
      });
    }
  }
  test(`the chip is easy to read, and grey: ${dark ? "dark" : "light"}`, () => {
    const chip = declared(".chip", { dark });
    assert.ok(contrast(chip["--accent"], chip.background) >= LEAST);
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(chip.background.slice(at, at + 2), 16));
    assert.ok(Math.max(red, green, blue) - Math.min(red, green, blue) < 16, "whoever looks over the shoulder sees no warning colour");
  });
}

for (const dark of [false, true]) {
  const colours = { ...declared(".sign", { dark }), ...declared(".sign.help", { dark }) };
  for (const [ink, paper] of [["--ink", "--paper"], ["--soft", "--paper"], ["--on-accent", "--accent"]]) {
    test(`${ink} is easy to read on ${paper}: help, ${dark ? "dark" : "light"}`, () => {
      assert.ok(contrast(colours[ink], colours[paper]) >= LEAST);
    });
  }
  test(`help is grey and green-grey, no colour of alarm: ${dark ? "dark" : "light"}`, () => {
    for (const name of ["--paper", "--line"]) {
      const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colours[name].slice(at, at + 2), 16));
      assert.ok(red <= green && red <= blue && Math.max(red, green, blue) - red < 32, colours[name]);
    }
  });
}

test("danger differs from caution in shape too, for eyes that see no colours", () => {
  const [caution, danger] = [declared(".card"), declared(".card.danger")];
  assert.notEqual(danger["border-radius"], caution["border-radius"]);
  assert.ok(Number.parseInt(danger["border-inline-start-width"], 10) >= 4);
});

test("a letter that differs is told by weight and line, not by its colour alone", () => {
  assert.ok(Number(declared(".names mark")["font-weight"]) >= 700);
  assert.match(declared("mark")["text-decoration"], /underline/);
});

test("the letters of two names lined up are all of one width, and both rows break alike", () => {
  assert.match(declared(".names bdi").font, /monospace$/);
  assert.match(declared(".names span").flex, /^0 0 \d+px$/);
  assert.match(declared(".names bdi").flex, /^1 1 \d+ch$/, "not by what stands in the row");
});

test("nothing moves, and nothing is loaded", () => {
  assert.doesNotMatch(STYLE, /animation|transition|@keyframes|url\(|@import|@font-face/);
});

test("the page's own style has no say: the host is reset with important rules", () => {
  assert.deepEqual(Object.entries(declared(":host")).filter(([, value]) => !value.endsWith("!important")), []);
  assert.equal(declared(":host").all, "initial !important");
});

test("what is folded away is really hidden, whatever its display", () => {
  assert.equal(declared("[hidden]").display, "none !important");
});

for (const selector of ["button", "button.fold", ".chip", ".badge"]) {
  test(`${selector} is large enough for a finger`, () => assert.ok(Number.parseInt(declared(selector)["min-block-size"], 10) >= 24));
}

test("where the keyboard stands can be seen", () => {
  assert.match(declared("button:focus-visible").outline, /^[3-9]px solid/);
});
