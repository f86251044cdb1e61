/** The pages of help are answered so that no history lists them; every other page as it is. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { keepUnlisted } from "../../../../extension/background/unlisted.js";

/** What the worker answers to one request; null when it leaves it to the browser. */
async function answerTo(request, page = new Response("<p>hello", { headers: { "Content-Type": "text/html" } })) {
  let listen = null;
  keepUnlisted({ addEventListener: (_type, listener) => (listen = listener) });
  let answer = null;
  const real = globalThis.fetch;
  globalThis.fetch = async () => page;
  listen({ request, respondWith: (promise) => (answer = promise) });
  const given = answer && (await answer);
  globalThis.fetch = real;
  return given;
}

for (const page of ["tell", "phone", "parents"]) {
  test(`the ${page} page is shown whole, as a page that no history lists`, async () => {
    const answer = await answerTo({ mode: "navigate", url: `chrome-extension://id/pages/${page}.html` });
    assert.equal(answer.status, 404);
    assert.equal(await answer.text(), "<p>hello");
    assert.equal(answer.headers.get("Content-Type"), "text/html");
  });
}

for (const [what, request] of [
  ["another page", { mode: "navigate", url: "chrome-extension://id/pages/practice.html" }],
  ["a script of the tell page", { mode: "cors", url: "chrome-extension://id/pages/tell.js" }],
  ["the service", { mode: "cors", url: "http://127.0.0.1:21113/v1/check" }],
]) {
  test(`${what} is left to the browser`, async () => {
    assert.equal(await answerTo(request), null);
  });
}
