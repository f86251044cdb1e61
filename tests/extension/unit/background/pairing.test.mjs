import assert from "node:assert/strict";
import { test } from "node:test";

import { keepByCode, NATIVE_HOST, pair, PORTS, stateOfError } from "../../../../extension/background/pairing.js";
import { makeMemory, PAIRING, PORT, SECRET } from "./fakes.mjs";

const GOOD = { ok: true, pairing: PAIRING, secret: SECRET, port: PORT, service: "0.1.0", protocol: 1 };

function makeApi(answer, kept = {}) {
  const calls = [];
  const local = makeMemory(kept);
  const sendNativeMessage = async (host, request) => {
    calls.push({ host, request });
    return answer(calls.length);
  };
  const runtime = { getURL: () => "chrome-extension://abc/", sendNativeMessage };
  return { calls, local, runtime, storage: { local } };
}

// Texts measured in Chromium 156 and Firefox 153 (browser notes, native messaging).
for (const [text, state] of [
  ["Specified native messaging host not found.", "not_installed"],
  ["No such native application vn.khongmotminh.notalone", "not_installed"],
  ["Access to the specified native messaging host is forbidden.", "not_allowed"],
  ["Native host has exited.", "broken"],
  ["Error when communicating with the native messaging host.", "broken"],
  ["An unexpected error occurred", "broken"],
]) {
  test(`"${text}" means ${state}`, () => assert.equal(stateOfError(text), state));
}

test("pairing states our origin and keeps the id, never the secret", async () => {
  const api = makeApi(() => GOOD);
  const answer = await pair(api);
  assert.deepEqual(answer, { ok: true, pairing: { pairing: PAIRING, secret: SECRET, port: PORT } });
  assert.deepEqual(api.calls, [
    { host: NATIVE_HOST, request: { op: "pair", origin: "chrome-extension://abc", pairing: null, protocol: 1 } },
  ]);
  assert.deepEqual(api.local.kept, { pairing: PAIRING });
});

test("the kept pairing id is offered again", async () => {
  const api = makeApi(() => GOOD, { pairing: PAIRING });
  await pair(api);
  assert.equal(api.calls[0].request.pairing, PAIRING);
});

test("a host that never answers is tried once more, then called broken", async () => {
  const api = makeApi(() => new Promise(() => {}));
  assert.deepEqual(await pair(api, { answerMs: 5 }), { ok: false, state: "broken" });
  assert.equal(api.calls.length, 2);
});

test("a missing host is not asked twice", async () => {
  const api = makeApi(() => Promise.reject(new Error("Specified native messaging host not found.")));
  assert.deepEqual(await pair(api), { ok: false, state: "not_installed" });
  assert.equal(api.calls.length, 1);
});

test("a crash of the first call is forgiven", async () => {
  const api = makeApi((call) => (call === 1 ? Promise.reject(new Error("Native host has exited.")) : GOOD));
  assert.equal((await pair(api)).ok, true);
});

for (const [what, reply, state] of [
  ["no service", { ok: false, error: "no_service", say: {} }, "off"],
  ["no data folder", { ok: false, error: "no_data_folder", say: {} }, "broken"],
  ["nothing", undefined, "broken"],
  ["a short secret", { ...GOOD, secret: "00" }, "broken"],
  ["a port as text", { ...GOOD, port: "21113" }, "broken"],
  ["an impossible port", { ...GOOD, port: 70_000 }, "broken"],
  ["a strange pairing id", { ...GOOD, pairing: "../../x" }, "broken"],
]) {
  test(`a host that answers ${what} gives ${state}`, async () => {
    assert.deepEqual(await pair(makeApi(() => reply)), { ok: false, state });
  });
}

const UNREACHED = () => Promise.reject(new Error("No such native application vn.khongmotminh.notalone"));

test("where no host can be reached, the pairing that a code made is used, whatever the port", async () => {
  const api = makeApi(UNREACHED);
  await keepByCode(api, { pairing: PAIRING, secret: SECRET, port: PORT + 3 });
  const answer = await pair(api);
  assert.deepEqual(answer.pairing, { pairing: PAIRING, secret: SECRET, port: PORT + 3 });
  assert.equal(answer.ports[0], PORT + 3, "first where it was last");
  assert.deepEqual(answer.ports.toSorted(), PORTS);
});

test("a host that answers comes before the pairing of a code", async () => {
  const api = makeApi(() => GOOD, { by_code: { pairing: "b".repeat(32), secret: SECRET, port: PORT } });
  assert.equal((await pair(api)).pairing.pairing, PAIRING);
});

for (const kept of [null, {}, { pairing: PAIRING }, { pairing: PAIRING, secret: "00", port: PORT }]) {
  test(`kept rubbish is no pairing: ${JSON.stringify(kept)}`, async () => {
    assert.deepEqual(await pair(makeApi(UNREACHED, { by_code: kept })), { ok: false, state: "not_installed" });
  });
}
