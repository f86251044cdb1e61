import assert from "node:assert/strict";
import { test } from "node:test";
import { linksIn } from "../../../../extension/pages/links_in.js";

for (const [text, links] of [
  ["xem https://a.example/x?y=1#z nhé", ["https://a.example/x?y=1#z"]],
  ["vào a-b.test, rồi a-b.test nữa.", ["http://a-b.test"]],
  ["(https://a.example/dang-nhap)", ["https://a.example/dang-nhap"]],
  ["HTTPS://A.EXAMPLE", ["HTTPS://A.EXAMPLE"]],
  ["nhận quà tại quà.example/ngay", ["http://quà.example/ngay"]],
  ["gửi về me@nha.example giúp mẹ", []],
  ["mai 7.30 tập trung, mang 1.500.000đ", []],
  ["mailto:a@b.example data:text/html,x", []],
  ["", []],
]) {
  test(`"${text}" holds ${links.length ? links.join(", ") : "no address"}`, () => {
    assert.deepEqual(linksIn(text), links);
  });
}

test("a text full of addresses stays within what the service takes", () => {
  assert.equal(linksIn(Array.from({ length: 500 }, (_, i) => `http://a${i}.example`).join(" ")).length, 20);
  assert.deepEqual(linksIn(`http://a.example/${"x".repeat(3000)}`), []);
});

test("a long run of dots and letters is read in no time", () => {
  const started = performance.now();
  linksIn("a.".repeat(2000));
  linksIn("a-".repeat(2000));
  assert.ok(performance.now() - started < 1000);
});
