import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, openPage, settle, words } from "./own_page.mjs";
import { keepStateShown, showState } from "../../../../extension/pages/service_state.js";

const FRESH = { version: "1", built: "2026-11-22", age_days: 0, state: "fresh" };
const status = (state, rules = null) => ({ state, rules, service: state === "on" ? "0.1.0" : null });
const vi = (key) => words("vi")[key].message;

/** The state panel after *shown*, as a person sees it. */
async function panelWith(shown) {
  const { document } = await openPage("welcome", { answer: () => new Promise(() => {}) });
  showState(shown);
  const [panel, line, mend, retry] = ["state", "state-line", "state-mend", "state-retry"].map((id) => document.getElementById(id));
  return { document, panel, line, mend, retry, seen: [line.textContent, mend.hidden ? null : mend.textContent, !retry.hidden] };
}

for (const [what, shown, line, mend, canRetry] of [
  ["a service that is on needs no words", status("on", FRESH), "page_state_on", null, false],
  ["old rules are said with their age", status("on", { ...FRESH, state: "old", age_days: 95 }), "page_state_on", /đã 95 ngày tuổi/, false],
  ["missing rules are said loudly", status("on", { ...FRESH, state: "missing" }), "page_state_on", /make start/, false],
  ["a start asks for patience and offers no button to press", status("starting"), "page_state_starting", /vài giây/, false],
  ["off: how to start it", status("off"), "page_state_off", /make start.*notalone start/, true],
  ["a silent worker looks like off", null, "page_state_off", /make start.*notalone start/, true],
  ["not installed: what to do", status("not_installed"), "page_state_not_installed", /README/, true],
  ["a code that counts no more: what to do", status("not_allowed"), "page_state_not_allowed", /Nối bằng mã/, true],
  ["broken: what to do", status("broken"), "page_state_broken", /make start.*notalone doctor/, true],
  ["too old: what to do", status("update_needed"), "page_state_update_needed", /vẫn được xem.*cập nhật/, true],
]) {
  test(what, async () => {
    const { panel, seen } = await panelWith(shown);
    assert.equal(panel.hidden, false);
    assert.deepEqual([seen[0], seen[2]], [vi(line), canRetry]);
    if (mend) assert.match(seen[1], mend);
    else assert.equal(seen[1], null);
  });
}

for (const language of ["vi", "en"]) {
  test(`an id that this computer does not know is said with the command that helps (${language})`, async () => {
    const id = "abcdefghijklmnop".repeat(2);
    browser.runtime.id = id;
    const { document } = await openPage("welcome", { answer: () => new Promise(() => {}), language });
    showState(status("not_allowed"));
    browser.runtime.id = "id";
    const mend = document.getElementById("state-mend").textContent;
    assert.match(mend, new RegExp(`notalone install --extension-id ${id} `));
    assert.doesNotMatch(mend, /make start|\$1/);
  });
}

for (const [state, isOffered] of [["not_installed", true], ["not_allowed", true], ["broken", true], ["off", false], ["on", false], ["starting", false]]) {
  test(`${state}: ${isOffered ? "a code may help" : "no code is spoken of"}`, async () => {
    const { document } = await panelWith(status(state, FRESH));
    const link = document.getElementById("state-code");
    assert.equal(!link.hidden, isOffered);
    assert.equal(link.getAttribute("href"), "pair.html");
  });
}

test("a screen reader is not told the same twice, and told when it changes", async () => {
  const { line } = await panelWith(status("off"));
  const words_ = line.firstChild;
  showState(status("off"));
  assert.equal(line.firstChild, words_);
  showState(status("on", FRESH));
  assert.notEqual(line.firstChild, words_);
});

test("a page that nobody looks at does not ask", async () => {
  const { document } = await panelWith(null);
  Object.defineProperty(document, "hidden", { value: true });
  browser.asked = [];
  keepStateShown();
  await settle();
  assert.deepEqual(browser.asked, []);
});

test("the state is asked for at once and again every two seconds, and handed on", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const { line } = await panelWith(null);
  browser.asked = [];
  const heard = [];
  browser.answer = () => status("off");
  keepStateShown((now) => heard.push(now?.state));
  await settle();
  browser.answer = () => status("on", FRESH);
  t.mock.timers.tick(2000);
  await settle();
  assert.deepEqual(heard, ["off", "on"]);
  assert.equal(line.textContent, vi("page_state_on"));
});
