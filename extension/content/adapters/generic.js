/** Every other page: links are checked wherever they stand, and no text is read. */
"use strict";

globalThis.khongMotMinh.adapters.push({
  name: "generic", // the last in the list: it takes what no other adapter knows
  matches: () => true,
  container: () => null,
  conversation: () => null,
  messages: () => [],
});
