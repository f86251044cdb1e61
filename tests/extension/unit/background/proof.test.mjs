import assert from "node:assert/strict";
import { test } from "node:test";

import { keyedName, proofOf, randomHex, tokenOf } from "../../../../extension/background/proof.js";

// The same figures as in tests/service/test_pairing.py: both sides must count alike.
const SECRET = `${"0".repeat(63)}1`;
const HELLO = { nonce: "ab".repeat(32), port: 21113, boot: "cd".repeat(16) };

test("proof and token are what the service computes", async () => {
  assert.equal(await proofOf(SECRET, HELLO), "74fbada819cbd0b2afe5c0565e7e4c96b1217c020ebf52da26e233a3f2dd8a45");
  assert.equal(await tokenOf(SECRET, HELLO.boot), "537be403b76d2fc8f600884cd1811265209034fc93027346f0a5219ad6f9bec2");
});

test("another port has another proof", async () => {
  assert.notEqual(await proofOf(SECRET, { ...HELLO, port: 21114 }), await proofOf(SECRET, HELLO));
});

test("a nonce is 64 hex digits and never comes twice", () => {
  const nonces = new Set(Array.from({ length: 50 }, randomHex));
  assert.equal(nonces.size, 50);
  for (const nonce of nonces) assert.match(nonce, /^[0-9a-f]{64}$/);
});

test("a keyed name depends on the key and hides the text", async () => {
  const [one, other] = [randomHex(), randomHex()];
  assert.notEqual(await keyedName(one, "u100"), await keyedName(other, "u100"));
  assert.ok(!(await keyedName(one, "u100")).includes("u100"));
});
