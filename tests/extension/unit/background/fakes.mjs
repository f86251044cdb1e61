// Stand-ins for what the worker gets from outside: storage, clock, service, native host.
import { readFileSync } from "node:fs";

import { proofOf, tokenOf } from "../../../../extension/background/proof.js";

export const SECRET = `${"0".repeat(63)}1`;
export const PORT = 21113;
export const PAIRING = "a".repeat(32);

export function makeMemory(items = {}) {
  const kept = structuredClone(items);
  return {
    kept,
    get: async (keys) => structuredClone(Object.fromEntries([keys].flat().filter((key) => key in kept).map((key) => [key, kept[key]]))),
    set: async (more) => void Object.assign(kept, structuredClone(more)),
    remove: async (key) => void delete kept[key],
    clear: async () => Object.keys(kept).forEach((key) => delete kept[key]),
  };
}

export function makeClock() {
  const clock = { at: 1_000_000, now: () => clock.at, tick: (ms) => void (clock.at += ms) };
  return clock;
}

export const RULES = { version: "1", built: "2026-11-22", age_days: 0, state: "fresh" };

export function makeReply({ links = [], messages = [] }) {
  const verdict = (id) => ({ id, level: "no_information", lure: null, reasons: [], signals: ["SECRECY"], stages: [] });
  return {
    rules: RULES,
    links: links.map(({ id }) => verdict(id)),
    messages: messages.map(({ id }) => verdict(id)),
    conversation: { ...verdict("conversation"), levels: {}, by_message: null },
  };
}

/** A service behind fetch(): knows SECRET, can be off, be an impostor, restart, or refuse. */
export function makeServer() {
  const server = { boot: "cd".repeat(16), isOff: false, secret: SECRET, protocol: 1, refuse: 0, isDeaf: false, knowsUnpair: true, loading: null, asked: [], texts: ["Chào bạn"], pin: { outcome: "ok", is_set: true, wait_s: 0, reset_in_s: null } };
  server.ask = async (url, { body, headers }) => {
    if (server.isOff) throw new TypeError("Failed to fetch");
    const request = JSON.parse(body);
    server.asked.push({ url, request, headers, bytes: Buffer.byteLength(body) });
    if (url === `http://127.0.0.1:${PORT}/v1/hello`) {
      const proof = await proofOf(server.secret, { nonce: request.nonce, port: PORT, boot: server.boot });
      const { boot, protocol } = server;
      return Response.json({ proof, boot, port: PORT, protocol, service: "0.1.0", rules: RULES });
    }
    if (server.isDeaf) throw new DOMException("too late", "TimeoutError");
    if (headers.Authorization !== `Bearer ${await tokenOf(SECRET, server.boot)}`) return new Response(null, { status: 403 });
    await server.loading;
    if (server.refuse) return Response.json({ error: "bad_request" }, { status: server.refuse });
    if (url.endsWith("/pin")) return Response.json(server.pin);
    if (url.endsWith("/unpair")) return server.knowsUnpair ? Response.json({ done: request.pairing === PAIRING }) : new Response(null, { status: 404 });
    if (url.endsWith("/qr")) return Response.json({ texts: server.texts });
    return Response.json(makeReply(request));
  };
  server.checks = () => server.asked.filter(({ url }) => url.endsWith("/check"));
  return server;
}

export function makeHost() {
  const host = {
    calls: 0,
    answer: { ok: true, pairing: { pairing: PAIRING, secret: SECRET, port: PORT } },
    pair: async () => {
      host.calls += 1;
      return structuredClone(host.answer);
    },
  };
  return host;
}

/** What a fetch of one of the extension's own files answers. @param {string} url chrome-extension://<id>/… */
export async function fetchOwnFile(url) {
  const file = new URL(`../../../../extension${new URL(url).pathname}`, import.meta.url);
  return { json: async () => JSON.parse(readFileSync(file, "utf8")) };
}
