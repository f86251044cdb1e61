// Whether another reader reads the pictures is tested in tests/extension/test_qr.py and tests/e2e/test_tell.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./own_page.mjs";
import { drawCallCode, drawNoteCode, textForPhone } from "../../../../extension/pages/phone_code.js";

for (const [how, text] of [
  [{ number: "", isPlain: false }, "SMSTO::Mẹ ơi"],
  [{ number: "0900 000 001", isPlain: false }, "SMSTO:0900000001:Mẹ ơi"],
  [{ number: "+84 (0)900-000-001", isPlain: false }, "SMSTO:+840900000001:Mẹ ơi"],
  [{ number: "0900 000 001", isPlain: true }, "Mẹ ơi"],
]) {
  test(`with ${JSON.stringify(how)} the phone reads ${text}`, () => assert.equal(textForPhone("Mẹ ơi", how), text));
}

test("a note that is hard to scan says so, and a short one does not", async () => {
  const { document } = await openPage("tell");
  for (const [length, isHard] of [[20, false], [899, false], [900, true], [5000, true]]) {
    drawNoteCode("a".repeat(length));
    assert.equal(document.getElementById("code-too-long").hidden, !isHard, `${length}`);
  }
});

test("the code for a call is the smallest there is: easy to scan", async () => {
  const { document } = await openPage("tell");
  const picture = document.getElementById("call-picture");
  drawCallCode(picture, "111");
  assert.equal(picture.getAttribute("viewBox"), "0 0 29 29");
});
