import assert from "node:assert/strict";
import { test } from "node:test";

import { showState } from "../../../../extension/background/state.js";

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
