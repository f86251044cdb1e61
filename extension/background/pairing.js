/** Ask the native host for the pairing secret and the port, and say in one word why it failed.
 *
 *  A browser in a box (Snap, Flatpak) reaches no native host: there a code that a person typed once
 *  made the pairing (pairing_code.js), and its secret is kept with the profile's other data.
 */

import { atMost } from "./at_most.js";

/** @typedef {import("../types").ServiceState} ServiceState */
/** @typedef {{pairing: string, secret: string, port: number}} Pairing */
/** `ports`: where to look for the service, when nobody could say.
 *  @typedef {{ok: true, pairing: Pairing, ports?: number[]} | {ok: false, state: Exclude<ServiceState, "on" | "starting">}} PairingAnswer */

export const NATIVE_HOST = "vn.khongmotminh.notalone";
export const PROTOCOL = 1; // grows with config.PROTOCOL; we work with n - 1 too
export const PORTS = Array.from({ length: 51 }, (_, i) => 21113 + i); // config.py FIRST_PORT to LAST_PORT
const ANSWER_MS = 5000; // a host that hangs never settles the promise, in any browser
const TRIES = 2; // the first call after a cold start may take very long

/** What the browser's own error text means. The texts differ by browser and are not translated.
 *  @param {string} text
 *  @returns {"not_installed" | "not_allowed" | "broken"} */
export function stateOfError(text) {
  if (/host not found|No such native application/i.test(text)) return "not_installed";
  if (/forbidden/i.test(text)) return "not_allowed";
  return "broken";
}

/** @param {unknown} reply @returns {PairingAnswer} */
function readReply(reply) {
  const answer = /** @type {Record<string, unknown>} */ (Object(reply));
  if (answer.ok !== true) {
    return { ok: false, state: answer.error === "no_service" ? "off" : "broken" };
  }
  const { pairing, secret, port } = answer;
  if (typeof pairing !== "string" || !/^[0-9a-f]{1,64}$/.test(pairing)) return { ok: false, state: "broken" };
  if (typeof secret !== "string" || !/^[0-9a-f]{64}$/.test(secret)) return { ok: false, state: "broken" };
  if (typeof port !== "number" || !Number.isInteger(port) || port < 1024 || port > 65535) {
    return { ok: false, state: "broken" };
  }
  return { ok: true, pairing: { pairing, secret, port } };
}

/** One call to the host; also starts the service when it is not running.
 *  @param {typeof chrome} api
 *  @param {object} request
 *  @param {number} answerMs
 *  @returns {Promise<PairingAnswer | null>} null when the host never answered */
async function askHost(api, request, answerMs) {
  const answered = api.runtime.sendNativeMessage(NATIVE_HOST, request).then(
    (reply) => readReply(reply),
    (error) => /** @type {PairingAnswer} */ ({ ok: false, state: stateOfError(String(error?.message ?? error)) }),
  );
  return atMost(answerMs, answered);
}

/** Pair with the service of this computer. The pairing id is kept; the secret stays in memory.
 *  @param {typeof chrome} api
 *  @param {{answerMs?: number}} [options]
 *  @returns {Promise<PairingAnswer>} */
export async function pair(api, { answerMs = ANSWER_MS } = {}) {
  const kept = await api.storage.local.get("pairing");
  const request = {
    op: "pair",
    origin: api.runtime.getURL("").replace(/\/$/, ""),
    pairing: typeof kept.pairing === "string" ? kept.pairing : null,
    protocol: PROTOCOL,
  };
  /** @type {PairingAnswer} */
  let answer = { ok: false, state: "broken" };
  for (let tries = 0; tries < TRIES; tries += 1) {
    answer = (await askHost(api, request, answerMs)) ?? { ok: false, state: "broken" };
    if (answer.ok || answer.state !== "broken") break;
  }
  if (!answer.ok) return (await keptByCode(api)) ?? answer;
  if (answer.pairing.pairing !== request.pairing) {
    await api.storage.local.set({ pairing: answer.pairing.pairing });
  }
  return answer;
}

/** Keep what a typed code has made; the next `pair` finds it.
 *  @param {typeof chrome} api @param {Pairing} pairing */
export async function keepByCode(api, pairing) {
  await api.storage.local.set({ by_code: pairing });
}

/** @param {typeof chrome} api @returns {Promise<PairingAnswer | null>} */
async function keptByCode(api) {
  const { by_code: kept } = await api.storage.local.get("by_code");
  const read = readReply({ ...Object(kept), ok: true });
  if (!read.ok) return null;
  const { port } = read.pairing;
  return { ...read, ports: [port, ...PORTS.filter((other) => other !== port)] };
}
