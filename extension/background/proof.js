/** The HMACs the worker and the service share: the service's proof, and our session token. */

const utf8 = new TextEncoder();

/** @param {string} digits @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(digits) {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** @param {Uint8Array} bytes */
function hexOf(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** HMAC-SHA256 over *fields* joined by a line feed, as in service/notalone/pairing.py.
 *  @param {Uint8Array<ArrayBuffer>} key
 *  @param {string[]} fields */
async function hmac(key, fields) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  const mark = await crypto.subtle.sign("HMAC", imported, utf8.encode(fields.join("\n")));
  return hexOf(new Uint8Array(mark));
}

/** 32 fresh random bytes in hex: a nonce, or a key. */
export function randomHex() {
  return hexOf(crypto.getRandomValues(new Uint8Array(32)));
}

/** HMAC of *fields* under a key in hex. @param {string} key @param {string[]} fields */
export function keyedProof(key, ...fields) {
  return hmac(bytesOf(key), fields);
}

/** What only a service that knows *secret* can answer to *nonce* on *port*.
 *  @param {string} secret 64 hex digits
 *  @param {{nonce: string, port: number, boot: string}} hello */
export function proofOf(secret, { nonce, port, boot }) {
  return hmac(bytesOf(secret), ["notalone hello 1", nonce, String(port), boot]);
}

/** The bearer token of one service start.
 *  @param {string} secret 64 hex digits
 *  @param {string} boot */
export function tokenOf(secret, boot) {
  return hmac(bytesOf(secret), ["notalone token 1", boot]);
}

/** A name for *text* that says nothing about it without *key*.
 *  @param {string} key hex digits
 *  @param {string} text */
export function keyedName(key, text) {
  return hmac(bytesOf(key), [text]);
}
