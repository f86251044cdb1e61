// Whether another reader can read the codes is tested in tests/extension/test_qr.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./own_page.mjs";
import { drawQr, qrModules } from "../../../../extension/pages/qr.js";

// Bytes that fit: ISO/IEC 18004:2015 table 7.
for (const [correction, bytes, side] of [
  ["M", 14, 21], ["M", 15, 25], ["L", 17, 21], ["L", 18, 25], ["M", 213, 57], ["M", 214, 61], ["L", 2953, 177], ["M", 2331, 177],
]) {
  test(`${bytes} bytes at ${correction} make a code ${side} modules wide`, () => {
    const modules = qrModules("a".repeat(bytes), { correction });
    assert.deepEqual([modules.length, ...new Set(modules.map((row) => row.length))], [side, side]);
  });
}

for (const [correction, bytes] of [["L", 2954], ["M", 2332]]) {
  test(`${bytes} bytes at ${correction} are too many, and that is said`, () => {
    assert.equal(qrModules("a".repeat(bytes), { correction }), null);
  });
}

test("letters with marks count with all their bytes", () => {
  assert.equal(qrModules("ặ".repeat(777), { correction: "M" }).length, 177); // 2,331 bytes
  assert.equal(qrModules("ặ".repeat(778), { correction: "M" }), null);
});

test("the three corners by which a camera finds the code stand there", () => {
  const modules = qrModules("Bố mẹ ơi");
  const far = modules.length - 7;
  const ring = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"].join("\n");
  const corner = (x, y) => modules.slice(y, y + 7).map((row) => row.slice(x, x + 7).map(Number).join("")).join("\n");
  assert.deepEqual([corner(0, 0), corner(far, 0), corner(0, far)], [ring, ring, ring]);
});

test("the same note gives the same code, another note another", () => {
  assert.deepEqual(qrModules("Mẹ ơi"), qrModules("Mẹ ơi"));
  assert.notDeepEqual(qrModules("Mẹ ơi"), qrModules("Bố ơi"));
});

test("the picture holds every dark module once, inside the quiet edge that readers need", async () => {
  const { document } = await openPage("tell");
  const svg = document.getElementById("code-picture");
  const modules = qrModules("Mẹ ơi");
  drawQr(svg, modules);
  drawQr(svg, modules);
  assert.equal(svg.children.length, 1, "a new code replaces the old one");
  const side = modules.length + 8;
  assert.equal(svg.getAttribute("viewBox"), `0 0 ${side} ${side}`);
  const places = Array.from(svg.querySelector("path").getAttribute("d").matchAll(/M(\d+) (\d+)h1v1h-1z/g), ([, x, y]) => [Number(x), Number(y)]);
  assert.equal(places.length, modules.flat().filter(Boolean).length);
  for (const [x, y] of places) assert.equal(modules[y - 4][x - 4], true);
});
