/** One of our own pages in a small window of its own, whose name tells nobody anything. */

import { SIZE } from "../background/tell.js";
import { api } from "./words.js";

/** @param {"phone" | "parents" | "popup"} name  the page @param {string} [search] what it is told: "?picture" */
export async function openSmall(name, search = "") {
  const url = api.runtime.getURL(`pages/${name}.html${search}`);
  if (api.windows) await api.windows.create({ url, type: "popup", ...SIZE });
  else await api.tabs.create({ url }); // Firefox for Android has no windows
}
