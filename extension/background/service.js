/** The only fetch() in the extension: ask the local service, once it has proved that it is ours. */

import { atMost } from "./at_most.js";
import { cutBatches, joinReplies } from "./batches.js";
import { PORTS, PROTOCOL } from "./pairing.js";
import { askToPair, keyOf, readAgreement } from "./pairing_code.js";
import { proofOf, randomHex, tokenOf } from "./proof.js";

/** @typedef {import("../types").CheckAnswer} CheckAnswer */
/** @typedef {import("../types").CheckReply} CheckReply */
/** @typedef {import("../types").CheckRequest} CheckRequest */
/** @typedef {import("../types").HelloReply} HelloReply */
/** @typedef {import("../types").PinReply} PinReply */
/** @typedef {import("../types").QrAnswer} QrAnswer */
/** @typedef {import("../types").QrReply} QrReply */
/** @typedef {import("../types").RulesState} RulesState */
/** @typedef {import("../types").ServiceState} ServiceState */
/** @typedef {import("../types").Status} Status */
/** @typedef {import("./pairing.js").Pairing} Pairing */
/** @typedef {import("./pairing.js").PairingAnswer} PairingAnswer */
/** @typedef {{pairing: string, secret: string, port: number, boot?: string, token?: string}} Session */
/** @typedef {{get(key: string): Promise<Record<string, unknown>>, set(items: object): Promise<void>, remove(key: string): Promise<void>}} Memory */

const ANSWER_MS = 2000;
const FIRST_MESSAGE_MS = 15_000; // once per service start, while its message engine loads
const RARE_MS = 8000; // for the worst of pictures, which took two seconds, and for a PIN
// Then hello again: the service may have ended, and another program taken its port. Many tabs ask
// for the state every 2 s: that it ended shows within 3 s.
const PROOF_LASTS_MS = 1000;
const STATUS_WAITS_MS = 2500; // a slow start must not keep the popup empty
const PAIR_AGAIN_MS = [2000, 5000, 15_000, 60_000]; // the first lets people see that it is off

export class Service {
  /** @type {Session | null} */ #session = null;
  /** @type {ServiceState} */ #state = "starting";
  /** @type {RulesState | null} */ #rules = null;
  /** @type {string | null} */ #version = null;
  /** @type {Promise<void> | null} */ #connecting = null;
  /** @type {Promise<void> | null} */ #loaded = null;
  #provenAt = -Infinity;
  #pairAt = -Infinity;
  #pairFailures = 0;
  #wasUp = false;
  #refused = false; // somebody does not know the pairing that we have
  #faulty = false; // it proves itself, yet answers no question
  /** Which service's message engine is loading, and until when questions may wait for it. */
  #engine = { boot: "", loadsUntil: 0 };

  /** @param {{
   *    memory: Memory,
   *    pair: () => Promise<PairingAnswer>,
   *    onState: (state: ServiceState) => void,
   *    ask?: typeof fetch,
   *    now?: () => number,
   *  }} parts  *memory* is storage.session: gone when the browser ends. *now* in ms, of a clock that nobody
   *            can set: a proof must not last for years because the computer's went back */
  constructor({ memory, pair, onState, ask = (...input) => fetch(...input), now = () => Math.round(performance.now()) }) {
    this.memory = memory;
    this.pair = pair;
    this.onState = onState;
    this.ask = ask;
    this.now = now;
  }

  /** Ask about links and messages; `{state}` without a reply when nobody trustworthy answers.
   *  @param {CheckRequest} request
   *  @returns {Promise<CheckAnswer>} never throws because of the service */
  async check(request) {
    const answers = await Promise.all(cutBatches(request).map((part) => this.#checkPart(part)));
    const refused = answers.find((answer) => answer.state !== "on");
    if (refused) return refused;
    const replies = answers.flatMap((answer) => (answer.state === "on" ? [answer.reply] : []));
    return { state: "on", reply: joinReplies(replies) };
  }

  /** What the QR codes in a picture say.
   *  @param {import("../types").QrRequest} picture
   *  @returns {Promise<QrAnswer>} */
  async readQr(picture) {
    const response = await this.#askOnce("qr", picture);
    if (!response) return this.#noReply();
    const reply = /** @type {QrReply | null} */ (response.ok ? await readJson(response) : null);
    if (Array.isArray(reply?.texts)) return { state: "on", texts: reply.texts };
    return { state: response.status === 404 ? "update_needed" : "broken" };
  }

  /** @param {import("../types").PinRequest} request
   *  @returns {Promise<PinReply | null>} null: nobody who knows the PIN answers */
  async pin(request) {
    const response = await this.#askOnce("pin", request);
    const reply = /** @type {PinReply | null} */ (response?.ok ? await readJson(response) : null);
    return typeof reply?.is_set === "boolean" ? reply : null;
  }

  /** Have our service end this pairing, then forget it ourselves. Nobody pairs anew while *erase* runs.
   *  @param {() => Promise<void>} erase  empties what is kept
   *  @returns {Promise<boolean>} whether our service says that it is ended */
  async forget(erase) {
    const session = await this.#proven();
    const response = session && (await this.#askOnce("unpair", { pairing: session.pairing }));
    const reply = /** @type {import("../types").UnpairReply | null} */ (response?.ok ? await readJson(response) : null);
    await this.#connecting;
    this.#session = null;
    this.#state = "starting";
    this.#rules = this.#version = null;
    this.#provenAt = this.#pairAt = -Infinity;
    this.#pairFailures = 0;
    this.#wasUp = this.#refused = this.#faulty = false;
    this.#connecting = erase().finally(() => {
      this.#connecting = null;
    });
    await this.#connecting;
    return reply?.done === true;
  }

  /** @param {"qr" | "pin" | "unpair"} what @param {object} body
   *  @returns {Promise<Response | null>} null when our service does not answer */
  async #askOnce(what, body) {
    for (let tries = 0; tries < 2; tries += 1) {
      const session = await this.#proven();
      if (!session) return null;
      const response = await this.#post(session.port, what, body, { waitMs: RARE_MS, token: session.token });
      if (response?.status !== 403) return response;
      this.#provenAt = -Infinity; // it was started anew: its token is another
    }
    return null;
  }

  /** Is the service there? Looks again when the last look is older than a moment.
   *  @returns {Promise<Status>} */
  async status() {
    await this.#load();
    if (this.#state !== "on" || this.now() - this.#provenAt >= PROOF_LASTS_MS) {
      await atMost(STATUS_WAITS_MS, this.#connect());
    }
    return { state: this.#state, rules: this.#rules, service: this.#version };
  }

  /** A person asked for it: pair anew without waiting.
   *  @returns {Promise<Status>} */
  async reconnect() {
    await this.#load();
    await this.#connecting;
    this.#pairAt = -Infinity;
    this.#wasUp = false;
    await this.#connect();
    return { state: this.#state, rules: this.#rules, service: this.#version };
  }

  /** Pair by a code that a person typed: ask every port at which our service may be.
   *  @param {string} code as readCode gives it
   *  @param {string} origin our own
   *  @returns {Promise<Pairing | "refused" | "no_service">} */
  async pairByCode(code, origin) {
    const key = await keyOf(code);
    let anybody = false;
    for (const port of PORTS) {
      const { request, exchange } = await askToPair(key, { port, origin });
      const response = await this.#post(port, "pair", request, { waitMs: ANSWER_MS });
      anybody ||= response !== null;
      const pairing = response?.ok ? await readAgreement(key, exchange, await readJson(response)) : null;
      if (pairing) return pairing;
    }
    return anybody ? "refused" : "no_service";
  }

  #load() {
    this.#loaded ??= this.memory.get("service").then(({ service }) => {
      const kept = /** @type {{session: Session | null, state: ServiceState} | undefined} */ (service);
      this.#session = kept?.session ?? null;
      this.#state = kept?.state ?? "starting";
      this.#wasUp = this.#state === "on";
    });
    return this.#loaded;
  }

  /** @param {ServiceState} state */
  #become(state) {
    this.#state = state;
    this.onState(state);
    void this.memory.set({ service: { session: this.#session, state } });
  }

  /** One connection attempt at a time, however many ask. */
  #connect() {
    this.#connecting ??= this.#connectOnce().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #connectOnce() {
    if (this.#session && (await this.#hello(this.#session))) return;
    // A computer that wakes up, or is very busy, lets one answer come too late: that is no end.
    if (this.#session && this.#wasUp && (await this.#hello(this.#session))) return;
    if (this.#wasUp) {
      this.#wasUp = false;
      this.#pairAt = this.now() + PAIR_AGAIN_MS[0];
      this.#become("off");
    }
    if (this.now() < this.#pairAt) return;
    if (this.#state === "starting") this.onState("starting");
    const answer = await this.pair();
    this.#refused = false;
    for (const port of answer.ok ? (answer.ports ?? [answer.pairing.port]) : []) {
      this.#session = { .../** @type {{pairing: Pairing}} */ (answer).pairing, port };
      if (await this.#hello(this.#session)) return;
    }
    const wait = PAIR_AGAIN_MS[Math.min(this.#pairFailures, PAIR_AGAIN_MS.length - 1)];
    this.#pairFailures += 1;
    this.#pairAt = this.now() + wait;
    if (!answer.ok) this.#become(answer.state);
    else this.#become(answer.ports && this.#refused ? "not_allowed" : "off"); // a code made it: another may help
  }

  /** True when the answer proves that this service knows our secret.
   *  @param {Session} session */
  async #hello(session) {
    const nonce = randomHex();
    const { pairing, secret, port } = session;
    const response = await this.#post(port, "hello", { pairing, nonce }, { waitMs: ANSWER_MS });
    this.#refused ||= response?.status === 403;
    const hello = /** @type {HelloReply | null} */ (response?.ok ? await readJson(response) : null);
    if (!hello || typeof hello.boot !== "string" || hello.port !== port) return false;
    if (hello.proof !== (await proofOf(secret, { nonce, port, boot: hello.boot }))) return false;
    const restarted = session.boot !== hello.boot;
    if (restarted) {
      session.boot = hello.boot;
      session.token = await tokenOf(secret, hello.boot);
    }
    this.#faulty &&= !restarted;
    this.#wasUp = true;
    this.#provenAt = this.now();
    this.#pairFailures = 0;
    this.#rules = hello.rules;
    this.#version = hello.service;
    const state = this.#faulty ? "broken" : hello.protocol === PROTOCOL ? "on" : "update_needed";
    if (restarted || state !== this.#state) this.#become(state);
    return true;
  }

  /** A session whose service has proved itself within PROOF_LASTS_MS, or null. */
  async #proven() {
    await this.#load();
    if (!this.#session?.token || this.now() - this.#provenAt >= PROOF_LASTS_MS) await this.#connect();
    const fresh = this.now() - this.#provenAt < PROOF_LASTS_MS;
    return fresh && this.#session?.token ? this.#session : null;
  }

  /** @param {CheckRequest} part @returns {Promise<CheckAnswer>} */
  async #checkPart(part) {
    for (let tries = 0; tries < 2; tries += 1) {
      const session = await this.#proven();
      if (!session) return this.#noReply();
      const waitMs = part.messages?.length ? this.#waitForMessages(session) : ANSWER_MS;
      const response = await this.#post(session.port, "check", part, { waitMs, token: session.token });
      if (response?.ok) {
        const reply = /** @type {CheckReply | null} */ (await readJson(response));
        if (reply?.conversation?.levels) {
          this.#faulty = false;
          if (part.messages?.length) this.#engine.loadsUntil = 0;
          return { state: "on", reply };
        }
      } else if (response && response.status !== 403) {
        return { state: "broken" }; // it is ours and refuses this one question: asking again won't help
      }
      this.#provenAt = -Infinity;
    }
    this.#faulty = true;
    await this.#connect();
    return this.#noReply();
  }

  /** How long a question about messages may take: all that come while the engine loads share its
   *  one long wait, or a second page would call a service that is only starting broken.
   *  @param {Session} session */
  #waitForMessages({ boot = "" }) {
    if (this.#engine.boot !== boot) this.#engine = { boot, loadsUntil: this.now() + FIRST_MESSAGE_MS };
    return Math.max(ANSWER_MS, this.#engine.loadsUntil - this.now());
  }

  /** @returns {{state: Exclude<ServiceState, "on">}} */
  #noReply() {
    return { state: this.#state === "on" ? "off" : this.#state };
  }

  /** @param {number} port
   *  @param {"hello" | "check" | "pair" | "qr" | "pin" | "unpair"} what
   *  @param {object} body
   *  @param {{waitMs: number, token?: string}} options
   *  @returns {Promise<Response | null>} null when nobody answered in time */
  async #post(port, what, body, { waitMs, token }) {
    /** @type {Record<string, string>} */
    const headers = { "Content-Type": "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    try {
      return await this.ask(`http://127.0.0.1:${port}/v1/${what}`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(waitMs),
      });
    } catch (error) {
      if (isNoAnswer(error)) return null;
      throw error;
    }
  }
}

/** @param {unknown} error */
function isNoAnswer(error) {
  return error instanceof TypeError || error instanceof DOMException;
}

/** @param {Response} response @returns {Promise<unknown>} null when it is not JSON or breaks off */
async function readJson(response) {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError || isNoAnswer(error)) return null;
    throw error;
  }
}
