import assert from "node:assert/strict";
import { test } from "node:test";

import { cutBatches, joinReplies, LIMITS } from "../../../../extension/background/batches.js";
import { makeReply } from "./fakes.mjs";

const makeLinks = (count, url = "https://a.example/") => Array.from({ length: count }, (_, at) => ({ id: `l${at}`, url }));
const makeMessages = (count, text = "xin chào") =>
  Array.from({ length: count }, (_, at) => ({ id: `m${at}`, text, from_me: null }));
const bytesOf = (part) => Buffer.byteLength(JSON.stringify(part));

test("450 links become three requests and none is lost", () => {
  const parts = cutBatches({ links: makeLinks(450) });
  assert.deepEqual(parts.map(({ links }) => links.length), [200, 200, 50]);
  assert.equal(new Set(parts.flatMap(({ links }) => links.map(({ id }) => id))).size, 450);
});

test("no request is larger than 256 KiB", () => {
  const long = `https://a.example/${"x".repeat(5000)}`;
  const parts = cutBatches({ links: makeLinks(300, long), messages: makeMessages(50, "😀".repeat(5000)) });
  for (const part of parts) assert.ok(bytesOf(part) <= LIMITS.batchBytes, `${bytesOf(part)} bytes`);
});

test("the newest messages stay when not all fit", () => {
  const [{ messages }] = cutBatches({ messages: makeMessages(120) });
  assert.deepEqual([messages.length, messages[0].id, messages.at(-1).id], [50, "m70", "m119"]);
  const [{ messages: heavy }] = cutBatches({ messages: makeMessages(50, "ộ".repeat(4096)) });
  assert.ok(heavy.length < 50);
  assert.equal(heavy.at(-1).id, "m49");
});

test("messages travel apart from links, so that links need not wait for the engine", () => {
  const parts = cutBatches({ links: makeLinks(1), messages: makeMessages(1) });
  assert.deepEqual(parts.map((part) => Object.keys(part)), [["messages"], ["links"]]);
});

test("a lone surrogate is replaced and every position stays", () => {
  const text = "a\ud800b";
  const [{ messages }] = cutBatches({ messages: [{ id: "\udfff", text, from_me: false }] });
  assert.equal(messages[0].text, "a\ufffdb");
  assert.equal(messages[0].text.length, text.length);
  assert.ok(messages[0].id.isWellFormed());
});

test("a text of one million characters is cut to 4,096 code points", () => {
  const [{ messages }] = cutBatches({ messages: makeMessages(1, "😀".repeat(500_000)) });
  assert.equal(Array.from(messages[0].text).length, LIMITS.textChars);
});

test("an empty question is still a question", () => {
  assert.deepEqual(cutBatches({}), [{ messages: [] }]);
});

test("joined replies keep the order and the conversation", () => {
  const replies = cutBatches({ links: makeLinks(201), messages: makeMessages(2) }).map(makeReply);
  const joined = joinReplies(replies);
  assert.deepEqual(joined.links.map(({ id }) => id), makeLinks(201).map(({ id }) => id));
  assert.deepEqual(joined.messages.map(({ id }) => id), ["m0", "m1"]);
  assert.equal(joined.conversation, replies[0].conversation);
});
