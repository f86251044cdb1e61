import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openPage, settle, words } from "./own_page.mjs";

const EXTENSION = new URL("../../../../extension/", import.meta.url);
const level = (value) => (message) => (message.type === "check" ? { state: "on", reply: { conversation: { level: value } } } : null);
const chat = (page) => Array.from(page.document.querySelectorAll("#practice-chat > li"));

test("the page runs the content scripts of the manifest in their order, with its own adapter", () => {
  const { content_scripts: [{ js }] } = JSON.parse(readFileSync(new URL("manifest.json", EXTENSION), "utf8"));
  const page = readFileSync(new URL("pages/practice.html", EXTENSION), "utf8");
  const loaded = Array.from(page.matchAll(/src="\.\.\/(content\/[^"]+)"/g), ([, path]) => path);
  const withoutAdapters = (paths) => paths.filter((path) => !path.includes("/adapters/"));
  const ofTheWeb = "content/arrive.js"; // our own page is on no list of reported addresses
  assert.deepEqual(withoutAdapters(loaded), withoutAdapters(js).filter((path) => path !== ofTheWeb));
  assert.deepEqual(loaded.filter((path) => path.includes("/adapters/")), ["content/adapters/practice.js"]);
});

test("each press shows one more message and says in words what stands", async () => {
  const page = await openPage("practice", { answer: level("no_information") });
  page.press("next");
  await settle();
  assert.deepEqual(chat(page).map((item) => item.querySelector(".text").textContent), [words("vi").practice_police_1.message]);
  assert.equal(chat(page)[0].dataset.from, "them");
  assert.match(page.document.getElementById("happening").textContent, /^Tin 1 trên 8\. Đến đây chưa có dấu hiệu/);
});

test("where the child tells of harm the page says that help stands there, not that there is nothing", async () => {
  const page = await openPage("practice", { answer: (message) => (message.type === "check" ? { state: "on", reply: { conversation: { level: "no_information", help: true } } } : null) });
  page.press("next");
  await settle();
  assert.match(page.document.getElementById("happening").textContent, /giúp kể với ai đó/);
});

test("a new story empties the chat and is another conversation", async () => {
  const page = await openPage("practice", { answer: level("danger") });
  const list = page.document.getElementById("practice-chat");
  page.press("all");
  await settle();
  assert.equal(chat(page).length, 8);
  assert.equal(page.document.getElementById("next").disabled, true);
  const before = list.dataset.conversation;
  page.document.querySelector("#story-list button[value=mother]").click();
  assert.equal(chat(page).length, 0);
  assert.notEqual(list.dataset.conversation, before);
});

test("with the service off the page says that no card can appear", async () => {
  const page = await openPage("practice", { answer: () => ({ state: "off", rules: null, service: null }) });
  page.press("next");
  await settle();
  assert.match(page.document.getElementById("happening").textContent, /không trả lời/);
  assert.match(page.document.getElementById("state-mend").textContent, /notalone start/);
});

test("a typed message comes from the stranger and is text, not markup", async () => {
  const page = await openPage("practice", { answer: level("no_information") });
  page.type("typed", "<img src=x onerror=alert(1)>");
  page.press("send");
  await settle();
  assert.equal(chat(page)[0].querySelector(".text").textContent, "<img src=x onerror=alert(1)>");
  assert.equal(page.document.querySelector("#practice-chat img"), null);
});
