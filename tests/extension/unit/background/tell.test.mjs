import assert from "node:assert/strict";
import { test } from "node:test";

import { TellWindow } from "../../../../extension/background/tell.js";
import { makeMemory } from "./fakes.mjs";

const CONTEXT = { lure: "grooming", level: "danger", reasons: [] };

function makeApi() {
  const open = new Map();
  const calls = [];
  const windows = {
    create: async (options) => (calls.push(["create", options]), open.set(7, options), { id: 7 }),
    getAll: async () => [...open.keys()].map((id) => ({ id })),
    update: async (id, options) => void calls.push(["update", id, options]),
  };
  return { calls, open, windows, runtime: { getURL: (path) => `chrome-extension://abc/${path}` } };
}

test("the window is small, of its own, and its address carries nothing", async () => {
  const api = makeApi();
  await new TellWindow(api, makeMemory()).open(CONTEXT);
  const [[, options]] = api.calls;
  assert.equal(options.type, "popup");
  assert.equal(options.url, "chrome-extension://abc/pages/tell.html");
});

test("a second press brings the same window forward, with the note half written", async () => {
  const api = makeApi();
  const tell = new TellWindow(api, makeMemory());
  await tell.open(CONTEXT);
  await tell.open({ ...CONTEXT, lure: "sextortion" });
  assert.deepEqual(api.calls.map(([what]) => what), ["create", "update"]);
  assert.equal(tell.context.lure, "sextortion");
});

test("a closed window is opened anew", async () => {
  const api = makeApi();
  const tell = new TellWindow(api, makeMemory());
  await tell.open(CONTEXT);
  api.open.clear();
  await tell.open(CONTEXT);
  assert.deepEqual(api.calls.map(([what]) => what), ["create", "create"]);
});

test("a worker that slept meanwhile brings the same window forward too", async () => {
  const [api, memory] = [makeApi(), makeMemory()];
  await new TellWindow(api, memory).open(CONTEXT);
  await new TellWindow(api, memory).open(CONTEXT);
  assert.deepEqual(api.calls.map(([what]) => what), ["create", "update"]);
  assert.deepEqual(Object.keys(memory.kept), ["tell_window"], "and nothing of the reason is kept");
});
