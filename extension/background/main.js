/** The worker's table of contents: makes the parts, hangs up the listeners, holds no logic. */

import { Earlier } from "./earlier.js";
import { keepByCode, pair } from "./pairing.js";
import { makeRouter } from "./router.js";
import { Service } from "./service.js";
import { showState } from "./state.js";
import { TellWindow } from "./tell.js";
import { keepUnlisted } from "./unlisted.js";

const api = globalThis.browser ?? chrome;
const memory = api.storage.session;

const service = new Service({
  memory,
  pair: () => pair(api),
  onState: (state) => void showState(api, state),
});
const route = makeRouter({
  id: api.runtime.id,
  ownPages: api.runtime.getURL(""),
  service,
  earlier: new Earlier(memory),
  tellWindow: new TellWindow(api, memory),
  pairByCode: async (code) => {
    const made = await service.pairByCode(code, api.runtime.getURL("").replace(/\/$/, ""));
    if (typeof made === "string") return { outcome: made };
    await keepByCode(api, made);
    await service.reconnect();
    return { outcome: "paired" };
  },
});

// Listeners on the first tick: a worker that wakes for a message must already listen.
api.runtime.onMessage.addListener((message, sender, respond) => {
  void route(message, sender).then(respond);
  return true; // the answer comes later
});

keepUnlisted(globalThis);

api.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") void api.tabs.create({ url: api.runtime.getURL("pages/welcome.html") });
});

api.runtime.onStartup.addListener(() => void service.status());

void service.status();
