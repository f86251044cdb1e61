import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";

/** A page whose elements have all been met once, as the walk of links.js does. */
function follow(html) {
  const page = openPage(html);
  const found = [];
  const scopes = page.ours.scopes.followScopes(page.document, (scope) => found.push(scope));
  const meetAll = (scope = page.document) => scope.querySelectorAll("*").forEach(scopes.meet);
  meetAll();
  return { ...page, found, scopes, meetAll };
}

test("the document comes first, each other scope once", () => {
  const { document, found, meetAll } = follow("<div></div><iframe></iframe>");
  document.querySelector("div").attachShadow({ mode: "open" });
  meetAll();
  meetAll();
  assert.equal(found[0], document);
  assert.deepEqual(found.slice(1), [document.querySelector("iframe").contentDocument, document.querySelector("div").shadowRoot]);
});

test("a closed root is nobody's business, ours neither", () => {
  const { document, found, meetAll } = follow("<div></div>");
  document.querySelector("div").attachShadow({ mode: "closed" });
  meetAll();
  assert.equal(found.length, 1);
});

test("a frame of another site is not entered, and its next document is when it is ours", () => {
  const { document, window, found, meetAll } = follow("<p></p>");
  const frame = document.createElement("iframe");
  let inside = null;
  Object.defineProperty(frame, "contentDocument", { get: () => inside });
  document.body.append(frame);
  meetAll();
  assert.equal(found.length, 1);
  inside = document.implementation.createHTMLDocument();
  frame.dispatchEvent(new window.Event("load"));
  assert.deepEqual(found.slice(1), [inside]);
});

test("an element that is defined later is looked at again", () => {
  const { document, window, scopes, found } = follow("<chat-box></chat-box>");
  window.customElements.define("chat-box", class extends window.HTMLElement {
    constructor() {
      super();
      this.attachShadow({ mode: "open" });
    }
  });
  scopes.meetAgain();
  assert.deepEqual(found.slice(1), [document.querySelector("chat-box").shadowRoot]);
});

test("what has left the page is forgotten", () => {
  const { document, scopes, meetAll } = follow("<div></div><iframe></iframe>");
  document.querySelector("div").attachShadow({ mode: "open" });
  meetAll();
  assert.equal(scopes.all().length, 3);
  document.querySelector("div").remove();
  document.querySelector("iframe").remove();
  assert.deepEqual([...scopes.all()], [document]);
});

test("a page that makes scopes without end is followed so far and no further", () => {
  const { document, scopes, meetAll } = follow("<p></p>".repeat(400));
  for (const host of document.querySelectorAll("p")) host.attachShadow({ mode: "open" });
  meetAll();
  assert.equal(scopes.all().length, 300);
});
