import assert from "node:assert/strict";
import { test } from "node:test";

import { askToPair, keyOf, readAgreement, readCode } from "../../../../extension/background/pairing_code.js";
import { keyedProof } from "../../../../extension/background/proof.js";
import { PAIRING, PORT } from "./fakes.mjs";

// The same figures as service/notalone/pairing_code.py makes: both sides must count alike.
const KEY = "b052035439cc2f4b2a5135561cb30adb04d635ca08a33cf4a6967fe4909b4c89";
const ORIGIN = "chrome-extension://abc";
const EXCHANGE = { nonce: "ab".repeat(32), port: PORT, origin: ORIGIN };
const OURS = "69032b4d07c08df35238148b6a8ff3f563d31c5bdb9702cf0862c7ff598c3dd5";
const SECRET = "bf7a980e435001d4f8cd6cddc9164f2a640da04b8a8ca01de4308861456e845a";

for (const [typed, code] of [
  ["K7QF-M2XD-9VTH", "K7QFM2XD9VTH"],
  ["  k7qf m2xd\t9vth ", "K7QFM2XD9VTH"],
  ["K7QF–M2XD—9VTH", "K7QFM2XD9VTH"],
  ["OOOO-IIII-llll", "000011111111"],
  ["K7QF-M2XD-9VT", null],
  ["K7QF-M2XD-9VTHX", null],
  ["U7QF-M2XD-9VTH", null],
  ["Đ7QF-M2XD-9VTH", null],
  ["", null],
]) {
  test(`"${typed}" is read as ${code}`, () => assert.equal(readCode(typed), code));
}

test("key and secret are what the service computes", async () => {
  assert.equal(await keyOf("K7QFM2XD9VTH"), KEY);
  assert.deepEqual(await readAgreement(KEY, EXCHANGE, { pairing: PAIRING, proof: OURS }), { pairing: PAIRING, secret: SECRET, port: PORT });
});

test("the question proves the code for one port and one extension, with a new nonce each time", async () => {
  const { request, exchange } = await askToPair(KEY, { port: PORT, origin: ORIGIN });
  assert.deepEqual(exchange, { nonce: request.nonce, port: PORT, origin: ORIGIN });
  assert.equal(request.proof, await keyedProof(KEY, "notalone pair 1", request.nonce, String(PORT), ORIGIN));
  assert.deepEqual(Object.keys(request), ["nonce", "proof"]);
  assert.notEqual((await askToPair(KEY, { port: PORT, origin: ORIGIN })).request.nonce, request.nonce);
});

for (const [what, reply] of [
  ["nothing", null],
  ["a text", "paired"],
  ["no proof", { pairing: PAIRING }],
  ["a wrong proof", { pairing: PAIRING, proof: "0".repeat(64) }],
  ["our own proof sent back", { pairing: PAIRING, proof: await keyedProof(KEY, "notalone pair 1", EXCHANGE.nonce, String(PORT), ORIGIN) }],
  ["a proof for another pairing", { pairing: "b".repeat(32), proof: OURS }],
  ["a strange pairing id", { pairing: "../../x", proof: OURS }],
]) {
  test(`whoever answers ${what} is not believed`, async () => assert.equal(await readAgreement(KEY, EXCHANGE, reply), null));
}

test("a proof that was made on another port is not believed", async () => {
  assert.equal(await readAgreement(KEY, { ...EXCHANGE, port: PORT + 1 }, { pairing: PAIRING, proof: OURS }), null);
});
