import assert from "node:assert/strict";
import { test } from "node:test";

import { PORTS } from "../../../../extension/background/pairing.js";
import { keyOf } from "../../../../extension/background/pairing_code.js";
import { keyedProof } from "../../../../extension/background/proof.js";
import { Service } from "../../../../extension/background/service.js";
import { makeClock, makeHost, makeMemory, makeServer, PAIRING, PORT, RULES, SECRET } from "./fakes.mjs";

const QUESTION = { messages: [{ id: "m1", text: "xin chào", from_me: false }] };

function setUp() {
  const [server, host, clock, memory] = [makeServer(), makeHost(), makeClock(), makeMemory()];
  const states = [];
  const parts = { memory, pair: host.pair, onState: (state) => states.push(state), ask: server.ask, now: clock.now };
  return { server, host, clock, memory, states, service: new Service(parts), parts };
}

test("pairs, lets the service prove itself, then asks with the token", async () => {
  const { service, server, host, states } = setUp();
  const answer = await service.check(QUESTION);
  assert.equal(answer.state, "on");
  assert.equal(answer.reply.messages[0].id, "m1");
  assert.equal(host.calls, 1);
  assert.deepEqual(server.asked.map(({ url }) => url.split("/").pop()), ["hello", "check"]);
  assert.equal(server.asked[0].headers.Authorization, undefined);
  assert.equal(states.at(-1), "on");
});

test("the secret never travels", async () => {
  const { service, server } = setUp();
  await service.check(QUESTION);
  assert.ok(!JSON.stringify(server.asked).includes(SECRET));
});

test("an impostor on the port gets no message and no token", async () => {
  const { service, server, states } = setUp();
  server.secret = "f".repeat(64);
  const answer = await service.check(QUESTION);
  assert.notEqual(answer.state, "on");
  assert.equal(server.checks().length, 0);
  assert.equal(states.at(-1), "off");
});

test("an impostor who takes the port later gets nothing after a second", async () => {
  const { service, server, clock } = setUp();
  await service.check(QUESTION);
  server.secret = "f".repeat(64);
  clock.tick(1000);
  assert.notEqual((await service.check(QUESTION)).state, "on");
  assert.equal(server.checks().length, 1);
});

test("a computer's clock that goes back ten years makes no proof last longer", async (t) => {
  const { server, parts } = setUp();
  const service = new Service({ ...parts, now: undefined });
  let [passed, told] = [1000, 1_800_000_000_000];
  t.mock.method(performance, "now", () => passed);
  t.mock.method(Date, "now", () => told);
  await service.check(QUESTION);
  server.secret = "f".repeat(64);
  told -= 10 * 365 * 24 * 60 * 60 * 1000;
  passed += 1000;
  assert.notEqual((await service.check(QUESTION)).state, "on");
  assert.equal(server.checks().length, 1);
});

test("a restarted service is found again without pairing", async () => {
  const { service, server, host, states } = setUp();
  await service.check(QUESTION);
  server.boot = "ef".repeat(16);
  assert.equal((await service.check(QUESTION)).state, "on");
  assert.equal(host.calls, 1);
  assert.ok(!states.includes("off"));
});

test("an answer that once comes too late, as when a computer wakes up, is no end of the service", async () => {
  const { server, host, clock, states, parts } = setUp();
  let late = 0;
  const ask = async (...asked) => {
    if (late > 0 && asked[0].endsWith("/hello")) {
      late -= 1;
      throw new DOMException("signal timed out", "TimeoutError");
    }
    return server.ask(...asked);
  };
  const service = new Service({ ...parts, ask });
  await service.check(QUESTION);
  clock.tick(2000);
  late = 1;
  assert.equal((await service.check(QUESTION)).state, "on");
  clock.tick(2000);
  late = 1;
  assert.equal((await service.status()).state, "on");
  assert.ok(!states.includes("off"));
  assert.equal(host.calls, 1);
  clock.tick(2000);
  late = 2;
  assert.equal((await service.status()).state, "off");
});

for (const heartbeatAt of [0, 500, 999, 1000, 1999]) {
  test(`a killed service shows within three seconds, when the next heartbeat comes ${heartbeatAt} ms after a proof`, async () => {
    const { service, server, clock } = setUp();
    await service.status();
    server.isOff = true;
    clock.tick(heartbeatAt);
    let passed = heartbeatAt;
    while ((await service.status()).state === "on") {
      clock.tick(2000);
      passed += 2000;
    }
    assert.ok(passed <= 3000, `${passed} ms`);
  });
}

test("a killed service shows off first, and is started again a little later", async () => {
  const { service, server, host, clock, states } = setUp();
  await service.status();
  server.isOff = true;
  clock.tick(2000);
  assert.equal((await service.status()).state, "off");
  assert.equal(host.calls, 1, "people must see that it is off");
  server.isOff = false;
  server.boot = "ef".repeat(16);
  clock.tick(2000);
  assert.deepEqual(await service.status(), { state: "on", rules: RULES, service: "0.1.0" });
  assert.deepEqual(states, ["starting", "on", "off", "on"]);
});

test("a service that stays away is asked for ever more rarely", async () => {
  const { service, server, host, clock } = setUp();
  server.isOff = true;
  for (let seconds = 0; seconds < 120; seconds += 2) {
    await service.status();
    clock.tick(2000);
  }
  assert.ok(host.calls >= 3 && host.calls <= 7, `${host.calls} calls`);
});

test("a person who presses reconnect does not wait", async () => {
  const { service, server, host } = setUp();
  server.isOff = true;
  await service.status();
  await service.status();
  assert.equal(host.calls, 1);
  server.isOff = false;
  assert.equal((await service.reconnect()).state, "on");
});

for (const state of ["not_installed", "not_allowed", "broken", "off"]) {
  test(`a pairing that ends in ${state} is what status and check say`, async () => {
    const { service, host, states } = setUp();
    host.answer = { ok: false, state };
    assert.equal((await service.status()).state, state);
    assert.deepEqual(await service.check(QUESTION), { state });
    assert.equal(states.at(-1), state);
  });
}

test("many questions at once share one pairing", async () => {
  const { service, host } = setUp();
  const answers = await Promise.all(Array.from({ length: 8 }, () => service.check(QUESTION)));
  assert.ok(answers.every(({ state }) => state === "on"));
  assert.equal(host.calls, 1);
});

test("many tabs that ask for the state cause one hello", async () => {
  const { service, server } = setUp();
  await service.status();
  await Promise.all([service.status(), service.status(), service.status()]);
  assert.equal(server.asked.length, 1);
});

test("one refused question is not asked again and does not turn the icon off", async () => {
  const { service, server, states } = setUp();
  server.refuse = 413;
  assert.deepEqual(await service.check(QUESTION), { state: "broken" });
  assert.equal(server.checks().length, 1);
  assert.equal(states.at(-1), "on");
});

test("a service that says hello but answers nothing is called broken until it answers", async () => {
  const { service, server, states } = setUp();
  server.isDeaf = true;
  assert.deepEqual(await service.check(QUESTION), { state: "broken" });
  assert.equal((await service.status()).state, "broken");
  server.isDeaf = false;
  assert.equal((await service.check(QUESTION)).state, "on");
  assert.equal((await service.status()).state, "on");
  assert.equal(states.at(-1), "on");
});

test("every question that comes while the message engine loads may wait for it; later ones may not", async (t) => {
  const { service, server, clock } = setUp();
  await service.status();
  const waits = [];
  t.mock.method(AbortSignal, "timeout", (ms) => {
    waits.push(ms);
    return new AbortController().signal;
  });
  let loaded;
  server.loading = new Promise((resolve) => (loaded = resolve));
  const first = service.check(QUESTION);
  await new Promise(setImmediate);
  clock.tick(900); // its proof still counts: nothing is asked between
  const second = service.check(QUESTION);
  await new Promise(setImmediate);
  loaded();
  assert.deepEqual([(await first).state, (await second).state], ["on", "on"]);
  await service.check(QUESTION);
  assert.deepEqual(waits, [15_000, 14_100, 2000]);

  server.boot = "ef".repeat(16); // it was restarted, and loads again
  waits.length = 0;
  await service.check(QUESTION);
  assert.ok(waits.includes(15_000), String(waits));
});

test("links never wait for the message engine", async (t) => {
  const { service } = setUp();
  await service.status();
  const timeout = t.mock.method(AbortSignal, "timeout");
  await service.check({ links: [{ id: "1", url: "https://a.example/" }] });
  assert.deepEqual(timeout.mock.calls.map(({ arguments: [ms] }) => ms), [2000]);
});

test("a worker that wakes up uses what it knew, from memory only", async () => {
  const { service, parts, host, memory } = setUp();
  await service.status();
  const woken = new Service(parts);
  assert.equal((await woken.check(QUESTION)).state, "on");
  assert.equal(host.calls, 1);
  assert.deepEqual(Object.keys(memory.kept), ["service"]);
});

test("a service of another protocol still answers, and says that an update is needed", async () => {
  const { service, server } = setUp();
  server.protocol = 2;
  assert.equal((await service.status()).state, "update_needed");
  assert.equal((await service.check(QUESTION)).state, "on");
});

test("450 links are cut, asked and joined", async () => {
  const { service, server } = setUp();
  const links = Array.from({ length: 450 }, (_, at) => ({ id: String(at), url: "https://a.example/" }));
  const { reply } = await service.check({ links });
  assert.equal(reply.links.length, 450);
  assert.equal(server.checks().length, 3);
});

test("a service that moved to another port is found by the pairing of a code", async () => {
  const { service, server, host, states } = setUp();
  host.answer.ports = [PORT + 5, PORT, PORT + 1];
  assert.equal((await service.check(QUESTION)).state, "on");
  assert.equal(states.at(-1), "on");
  assert.deepEqual(server.checks().map(({ url }) => new URL(url).port), [String(PORT)]);
});

test("a pairing of a code that the service no longer knows asks for a new code; where nobody listens it is off", async () => {
  const { service, server, host } = setUp();
  host.answer.ports = [PORT];
  const ask = server.ask;
  service.ask = async (...what) => (await ask(...what), new Response(null, { status: 403 }));
  assert.equal((await service.status()).state, "not_allowed");
  server.isOff = true;
  assert.equal((await service.reconnect()).state, "off");
});

const CODE = "K7QFM2XD9VTH";
const ORIGIN = "chrome-extension://abc";

/** Somebody on every port of *answers*; nobody on the others. */
function setUpPairing(answers) {
  const asked = [];
  const ask = async (url, { body }) => {
    const { port, pathname } = new URL(url);
    asked.push({ port: Number(port), pathname, body });
    if (!answers[port]) throw new TypeError("Failed to fetch");
    return answers[port](JSON.parse(body), Number(port));
  };
  const service = new Service({ memory: makeMemory(), pair: makeHost().pair, onState: () => {}, ask });
  return { asked, service };
}

async function agree({ nonce }, port) {
  const proof = await keyedProof(await keyOf(CODE), "notalone paired 1", nonce, String(port), ORIGIN, PAIRING);
  return Response.json({ pairing: PAIRING, proof });
}

test("a typed code pairs with the service behind a squatter, who learns neither code nor secret", async () => {
  const squatter = () => Response.json({ pairing: "b".repeat(32), proof: "0".repeat(64) });
  const { asked, service } = setUpPairing({ [PORT]: squatter, [PORT + 1]: () => new Response(null, { status: 403 }), [PORT + 2]: agree });
  const made = await service.pairByCode(CODE, ORIGIN);
  assert.equal(made.pairing, PAIRING);
  assert.equal(made.port, PORT + 2);
  assert.equal(asked.length, 3, "and nobody further is asked");
  const sent = JSON.stringify(asked);
  for (const hidden of [CODE, "K7QF", made.secret, await keyOf(CODE)]) assert.ok(!sent.includes(hidden));
});

test("a code that everybody refuses is refused; where nobody listens there is no service", async () => {
  const refusing = setUpPairing({ [PORT]: () => new Response(null, { status: 403 }) });
  assert.equal(await refusing.service.pairByCode(CODE, ORIGIN), "refused");
  const silent = setUpPairing({});
  assert.equal(await silent.service.pairByCode(CODE, ORIGIN), "no_service");
  assert.deepEqual(silent.asked.map(({ port }) => port), PORTS);
});

const PICTURE = { width: 1, height: 1, grey: "AA==" };

test("a picture is asked about with the token, also after a restart", async () => {
  const { service, server } = setUp();
  assert.deepEqual(await service.readQr(PICTURE), { state: "on", texts: ["Chào bạn"] });
  assert.deepEqual(server.asked.at(-1).request, PICTURE);
  server.boot = "ef".repeat(16);
  assert.deepEqual(await service.readQr(PICTURE), { state: "on", texts: ["Chào bạn"] });
});

for (const [what, spoil, state] of [
  ["that is off", (server) => (server.isOff = true), "off"],
  ["that is too old for pictures", (server) => (server.refuse = 404), "update_needed"],
  ["that refuses this one", (server) => (server.refuse = 422), "broken"],
  ["that answers something else", (server) => (server.texts = null), "broken"],
]) {
  test(`a picture and a service ${what}`, async () => {
    const { service, server } = setUp();
    spoil(server);
    assert.deepEqual(await service.readQr(PICTURE), { state });
  });
}

test("a PIN is tried at the service, with the token; nobody else's answer counts", async () => {
  const { service, server } = setUp();
  assert.deepEqual(await service.pin({ do: "check", pin: "482913" }), server.pin);
  assert.deepEqual(server.asked.at(-1).request, { do: "check", pin: "482913" });
  for (const spoil of [() => (server.pin = {}), () => (server.refuse = 404), () => (server.isOff = true)]) {
    spoil();
    assert.equal(await service.pin({ do: "check", pin: "482913" }), null);
  }
});

test("a pairing is ended at the service, then forgotten here, and nobody pairs anew before all is erased", async () => {
  const { service, server, host, memory } = setUp();
  await service.check(QUESTION);
  let calls = null;
  let answered = null;
  const isEnded = await service.forget(async () => {
    answered = service.check(QUESTION); // a page asks in the middle of it
    await new Promise(setImmediate);
    calls = host.calls;
    await memory.remove("service");
  });
  assert.equal(isEnded, true);
  assert.deepEqual(server.asked.find(({ url }) => url.endsWith("/unpair")).request, { pairing: PAIRING });
  assert.equal(calls, 1);
  await answered;
  assert.equal((await service.check(QUESTION)).state, "on");
  assert.equal(host.calls, 2);
});

test("where the service is off, old, or knows of no such pairing, it is forgotten here all the same", async () => {
  for (const spoil of [(server) => (server.isOff = true), (server) => (server.knowsUnpair = false), (server) => (server.refuse = 422)]) {
    const { service, server } = setUp();
    await service.check(QUESTION);
    spoil(server);
    let isErased = false;
    assert.equal(await service.forget(async () => void (isErased = true)), false);
    assert.equal(isErased, true);
  }
});
