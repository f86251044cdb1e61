import assert from "node:assert/strict";
import { test } from "node:test";

import { showSign, showState } from "../../../../extension/background/state.js";

async function shown(state) {
  const seen = {};
  const keep = (name) => async (what) => void Object.assign(seen, { [name]: what });
  const action = { setIcon: keep("icon"), setTitle: keep("title"), setBadgeText: keep("badge"), setBadgeBackgroundColor: keep("color") };
  await showState({ action }, state, async (key) => `<${key}>`);
  return [seen.icon.path[16], seen.badge.text, seen.title.title];
}

for (const [state, ...looks] of [
  ["on", "/icons/on-16.png", "", "<state_on>"],
  ["starting", "/icons/off-16.png", "…", "<state_starting>"],
  ["off", "/icons/off-16.png", "!", "<state_off>"],
  ["not_installed", "/icons/off-16.png", "!", "<state_not_installed>"],
  ["update_needed", "/icons/off-16.png", "!", "<state_update_needed>"],
]) {
  test(`the icon says ${state}`, async () => assert.deepEqual(await shown(state), looks));
}

/** An icon that says *mark* everywhere, and on tab 4 what is set there. */
function makeAction(mark = "") {
  const tab = {};
  const set = async ({ tabId, ...what }) => {
    assert.equal(tabId, 4);
    Object.assign(tab, what);
  };
  const action = { getBadgeText: async () => mark, getTitle: async () => "<on>", setBadgeText: set, setTitle: set };
  return { action, tab };
}

test("a sign on the page is a dot on its tab's icon, and a line that tells a stranger nothing", async () => {
  const { action, tab } = makeAction();
  await showSign({ action }, 4, true, async (key) => `<${key}>`);
  assert.deepEqual(tab, { text: "•", title: "<state_note>" });
});

test("once the sign is gone, the tab's icon says what all say", async () => {
  const { action, tab } = makeAction("!");
  await showSign({ action }, 4, false, async (key) => `<${key}>`);
  assert.deepEqual(tab, { text: "!", title: "<on>" });
});

test("a tab that was closed meanwhile does no harm", async () => {
  const { action } = makeAction();
  await showSign({ action: { ...action, setTitle: async () => Promise.reject(new Error("No tab with id: 4.")) } }, 4, true, async () => "");
});
