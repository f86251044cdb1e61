import assert from "node:assert/strict";
import { test } from "node:test";

import { getHelpers, getHidden, getShown, hideHelper, keepHelper, MOST, onHelpersChange, removeHelper } from "../../../../extension/background/helpers.js";
import { makeMemory } from "./fakes.mjs";

const id = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const LAN = { id: id(1), name: "Lan", relation: "mother", you: "", me: "", phone: "0900000001", mail: "", chat: "" };
const HUNG = { ...LAN, id: id(2), name: "Hùng", relation: "father", phone: "" };
const HAI = { ...LAN, id: id(3), name: "Hai", relation: "other", you: "dì", me: "con", phone: "" };

const makeApi = (helpers, hidden) => ({ storage: { local: makeMemory({ ...(helpers && { helpers }), ...(hidden && { helpers_hidden: hidden }) }) } });
const namesIn = async (api) => (await getHelpers(api)).map(({ name }) => name);

/** A storage that lets others in between each read and write, as several tabs do; and a lock, as browsers have it. */
function slowly(api) {
  const { local } = api.storage;
  const later = () => new Promise(setImmediate);
  return { storage: { local: { kept: local.kept, get: async (key) => (await later(), local.get(key)), set: async (items) => (await later(), local.set(items)) } } };
}

test("nobody is named: an empty list, and nothing is written", async () => {
  const api = makeApi();
  assert.deepEqual(await getHelpers(api), []);
  assert.deepEqual(api.storage.local.kept, {});
});

test("one damaged row never takes the rest down, nor one damaged way its row", async () => {
  const rows = [null, 7, "Lan", [], {}, { ...LAN, name: "❤️" }, { ...LAN, id: "x" }, { ...LAN, id: id(9), relation: "stranger" }, { ...LAN, phone: "113", mail: "lan", chat: `java${"script"}:alert(1)` }, { ...HAI, mail: 5, me: "x".repeat(99) }, { ...HAI, name: "once more" }];
  assert.deepEqual(await getHelpers(makeApi(rows)), [{ ...LAN, phone: "" }, { ...HAI, me: "x".repeat(30) }]);
  for (const broken of [null, "Lan", { 0: LAN }, 1]) assert.deepEqual(await getHelpers(makeApi(broken)), []);
});

test("the words for you and me stay only where none are known", async () => {
  assert.deepEqual(await getHelpers(makeApi([{ ...LAN, you: "má", me: "con" }])), [LAN]);
});

test("somebody is named, changed and taken away", async () => {
  const api = makeApi();
  assert.deepEqual(await keepHelper(api, LAN), { outcome: "kept" });
  assert.deepEqual(await keepHelper(api, HAI), { outcome: "kept" });
  assert.deepEqual(await keepHelper(api, { ...LAN, name: "Lan Anh" }, LAN), { outcome: "kept" });
  assert.deepEqual(await getHelpers(api), [{ ...LAN, name: "Lan Anh" }, HAI]);
  await removeHelper(api, LAN.id);
  assert.deepEqual(await getHelpers(api), [HAI]);
});

test("two tabs at once: everybody whom either has named is there", async () => {
  const api = slowly(makeApi([LAN]));
  await Promise.all([keepHelper(api, HUNG), keepHelper(api, HAI), keepHelper(api, { ...LAN, id: id(4), name: "Minh", relation: "friend" })]);
  assert.deepEqual((await namesIn(api)).sort(), ["Hai", "Hùng", "Lan", "Minh"]);
});

test("two tabs change the same person: what each has changed stays", async () => {
  const api = slowly(makeApi([LAN]));
  await Promise.all([keepHelper(api, { ...LAN, phone: "0900000002" }, LAN), keepHelper(api, { ...LAN, mail: "lan@gia-dinh.example" }, LAN), hideHelper(api, LAN.id, true)]);
  assert.deepEqual(await getHelpers(api), [{ ...LAN, phone: "0900000002", mail: "lan@gia-dinh.example" }]);
  assert.deepEqual(await getHidden(api), [LAN.id]);
});

test("whoever was taken away in another tab meanwhile is there again when a change of them is kept", async () => {
  const api = makeApi([LAN]);
  await removeHelper(api, LAN.id);
  await keepHelper(api, { ...LAN, phone: "0900000002" }, LAN);
  assert.deepEqual(await getHelpers(api), [{ ...LAN, phone: "0900000002" }]);
});

const KNOWN = { ...LAN, mail: "lan@gia-dinh.example", chat: "https://zalo.me/0900000001" };
for (const [what, other, isTwice] of [
  ["the same name and relation", { name: "lan", relation: "mother", phone: "" }, true],
  ["the same name and number", { name: "Lan", relation: "friend" }, true],
  ["the same name and mail", { name: "Lan", relation: "friend", phone: "", mail: "LAN@gia-dinh.example" }, true],
  ["the same name and chat", { name: "Lan", relation: "friend", phone: "", chat: "https://zalo.me/0900000001" }, true],
  ["two mothers with one number", { name: "Nguyễn Thị Lan" }, true],
  ["two mothers with one mail", { name: "Nguyễn Thị Lan", phone: "", mail: "lan@gia-dinh.example" }, true],
  ["two friends with one number", { name: "Minh", relation: "friend" }, false],
  ["another name that differs by its marks", { name: "Lân", relation: "friend" }, false],
  ["the same name, somebody else", { name: "Lan", relation: "friend", phone: "0900000002" }, false],
  ["father and mother with one number", { name: "Hùng", relation: "father" }, false],
]) {
  test(`${what}: ${isTwice ? "the same person" : "two people"}`, async () => {
    const answer = await keepHelper(makeApi([KNOWN]), { ...LAN, id: id(5), ...other });
    assert.deepEqual(answer, isTwice ? { outcome: "twice", like: KNOWN } : { outcome: "kept" });
  });
}

test("an aunt and a grandmother of one name are two people", async () => {
  assert.deepEqual(await keepHelper(makeApi([HAI]), { ...HAI, id: id(6), you: "bà" }), { outcome: "kept" });
  assert.deepEqual(await keepHelper(makeApi([HAI]), { ...HAI, id: id(6), you: "Dì" }), { outcome: "twice", like: HAI });
});

test("there are at most eight, and one of them may still be changed", async () => {
  const many = Array.from({ length: MOST }, (_, n) => ({ ...LAN, id: id(10 + n), name: `Bạn ${n}`, relation: "friend" }));
  const api = makeApi(many);
  assert.deepEqual(await keepHelper(api, HAI), { outcome: "full" });
  assert.deepEqual(await keepHelper(api, { ...many[0], name: "Minh" }, many[0]), { outcome: "kept" });
  assert.equal((await getHelpers(makeApi([...many, HAI]))).length, MOST);
});

test("whom the child hides is kept from that page alone, and is shown again", async () => {
  const api = makeApi([LAN, HAI]);
  await hideHelper(api, LAN.id, true);
  await hideHelper(api, LAN.id, true);
  assert.deepEqual([await getShown(api), await getHidden(api), await getHelpers(api)], [[HAI], [LAN.id], [LAN, HAI]]);
  await hideHelper(api, LAN.id, false);
  assert.deepEqual([await getShown(api), await getHidden(api)], [[LAN, HAI], []]);
});

test("whom a child hides now is hidden, whatever stale names the list is full of", async () => {
  const api = makeApi([LAN], Array.from({ length: 2 * MOST }, (_, at) => id(100 + at)));
  await hideHelper(api, LAN.id, true);
  assert.deepEqual(await getShown(api), []);
});

test("who is taken away leaves nothing behind, and a damaged list of the hidden hides nobody", async () => {
  const api = makeApi([LAN], [LAN.id]);
  await removeHelper(api, LAN.id);
  assert.deepEqual(api.storage.local.kept, { helpers: [], helpers_hidden: [] });
  for (const broken of ["x", 7, { 0: LAN.id }]) assert.deepEqual(await getShown(makeApi([LAN], broken)), [LAN]);
  assert.deepEqual(await getHidden(makeApi([LAN], [7, LAN.id, ...Array(99).fill("x")])), [LAN.id]);
});

test("nothing is kept of when or how often", async () => {
  const api = makeApi();
  await keepHelper(api, LAN);
  await hideHelper(api, LAN.id, true);
  assert.deepEqual(api.storage.local.kept, { helpers: [LAN], helpers_hidden: [LAN.id] });
});

test("changes of people are heard of, and no others", () => {
  let heard = 0;
  let say = null;
  onHelpersChange({ storage: { onChanged: { addListener: (listen) => (say = listen) } } }, () => (heard += 1));
  for (const [changes, area] of [[{ helpers: {} }, "local"], [{ helpers_hidden: {} }, "local"], [{ helpers: {} }, "session"], [{ options: {} }, "local"]]) say(changes, area);
  assert.equal(heard, 2);
});
