/** Pairing by the code that a person typed: what service/notalone/pairing_code.py computes, in the worker.
 *  For browsers in a box (Snap, Flatpak), which keep native messaging out. The code itself never travels. */

import { keyedProof, randomHex } from "./proof.js";

/** @typedef {import("./pairing.js").Pairing} Pairing */
/** @typedef {{nonce: string, port: number, origin: string}} Exchange */

const LETTERS = /^[0-9A-HJKMNP-TV-Z]{12}$/;
const ROUNDS = 600_000;
const utf8 = new TextEncoder();

/** The twelve letters of a code, however they were typed; null when they cannot be one.
 *  @param {string} typed */
export function readCode(typed) {
  const letters = typed.toUpperCase().replace(/[\s\p{Dash_Punctuation}]/gu, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return LETTERS.test(letters) ? letters : null;
}

/** @param {string} code as readCode gives it
 *  @returns {Promise<string>} the key it stands for, in hex */
export async function keyOf(code) {
  const material = await crypto.subtle.importKey("raw", utf8.encode(code), "PBKDF2", false, ["deriveBits"]);
  const stretch = { name: "PBKDF2", hash: "SHA-256", salt: utf8.encode("notalone pairing code 1"), iterations: ROUNDS };
  const bits = await crypto.subtle.deriveBits(stretch, material, 256);
  return Array.from(new Uint8Array(bits), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What to send to *port*: that we know the code, worth nothing anywhere else.
 *  @param {string} key
 *  @param {{port: number, origin: string}} to
 *  @returns {Promise<{request: import("../types").PairRequest, exchange: Exchange}>} */
export async function askToPair(key, { port, origin }) {
  const nonce = randomHex();
  const proof = await keyedProof(key, "notalone pair 1", nonce, String(port), origin);
  return { request: { nonce, proof }, exchange: { nonce, port, origin } };
}

/** The pairing that *reply* agrees to; null when whoever answered did not know the code.
 *  @param {string} key
 *  @param {Exchange} exchange
 *  @param {unknown} reply
 *  @returns {Promise<Pairing | null>} */
export async function readAgreement(key, { nonce, port, origin }, reply) {
  const { pairing, proof } = /** @type {Record<string, unknown>} */ (Object(reply));
  if (typeof pairing !== "string" || !/^[0-9a-f]{32}$/.test(pairing)) return null;
  if (proof !== (await keyedProof(key, "notalone paired 1", nonce, String(port), origin, pairing))) return null;
  return { pairing, secret: await keyedProof(key, "notalone secret 1", nonce, origin, pairing), port };
}
