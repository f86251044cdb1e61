/** The worker's table of contents: makes the parts, hangs up the listeners, holds no logic. */

import { Earlier } from "./earlier.js";
import { eraseAll } from "./erase.js";
import { sayIn, signWords } from "./languages.js";
import { Menu } from "./menu.js";
import { Navigation } from "./navigation.js";
import { getOptions, onOptionsChange } from "./options.js";
import { keepByCode, pair } from "./pairing.js";
import { Quiet } from "./quiet.js";
import { makeRouter, NO_CONTEXT } from "./router.js";
import { Service } from "./service.js";
import { makeShortcut } from "./shortcut.js";
import { showSign, showState } from "./state.js";
import { tellTabs } from "./tabs.js";
import { TellWindow } from "./tell.js";
import { keepUnlisted } from "./unlisted.js";

const api = globalThis.browser ?? chrome;
const memory = api.storage.session;

const options = () => getOptions(api);
const say = async (/** @type {string} */ key) => sayIn(api, (await options()).language, key);
const menu = new Menu(api);
const tellWindow = new TellWindow(api, memory);
const service = new Service({
  memory,
  pair: () => pair(api),
  onState: (state) => void showState(api, state, say),
});
const route = makeRouter({
  id: api.runtime.id,
  ownPages: api.runtime.getURL(""),
  service,
  earlier: new Earlier(memory),
  menu,
  navigation: new Navigation({ api, memory, service, options }),
  options,
  quiet: new Quiet(memory),
  showSign: (tab, isHere) => showSign(api, tab, isHere, say),
  signWords: (language) => signWords(api, language),
  tellWindow,
  pairByCode: async (code) => {
    const made = await service.pairByCode(code, api.runtime.getURL("").replace(/\/$/, ""));
    if (typeof made === "string") return { outcome: made };
    await keepByCode(api, made);
    await service.reconnect();
    return { outcome: "paired" };
  },
  erase: async () => {
    tellWindow.context = null;
    const done = await eraseAll({ storage: api.storage, service });
    void service.status(); // as after an installation: pair anew, where that is allowed
    return done;
  },
});

// Listeners on the first tick: a worker that wakes for a message must already listen.
api.runtime.onMessage.addListener((message, sender, respond) => {
  void route(message, sender).then(respond);
  return true; // the answer comes later
});

onOptionsChange(api, async () => {
  await tellTabs(api, { type: "options_changed" });
  await showState(api, (await service.status()).state, say);
  await menu.show(await say("menu_check"));
});

api.contextMenus?.onClicked.addListener((pressed) => void menu.open(pressed));

const shortcut = makeShortcut({ api, tellWindow, noContext: NO_CONTEXT });
api.commands?.onCommand.addListener((command, tab) => void shortcut(command, tab)); // not in Firefox for Android

keepUnlisted(globalThis);

api.runtime.onInstalled.addListener(async ({ reason }) => {
  if (reason === "install") void api.tabs.create({ url: api.runtime.getURL("pages/welcome.html") });
  await menu.show(await say("menu_check"));
});

api.runtime.onStartup.addListener(() => void service.status());

void api.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" }); // no page learns what was chosen
void service.status();
