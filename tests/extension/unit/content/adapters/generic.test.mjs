import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "../page.mjs";

const LURE = "<main><p>Vụ án này bảo mật, em không được kể với bố mẹ</p></main>";

for (const url of ["https://page.test/", "http://a.example/tin-nhan", "https://zalo.me/", "https://chat.zalo.me.a.example/"]) {
  test(`${url} is a page like any other`, () => {
    const { ours, window, document } = openPage(LURE, { url });
    assert.equal(ours.adapters.find(({ matches }) => matches(window.location, document)).name, "generic");
  });
}

test("it comes last, so that every other adapter is asked before", () => {
  assert.equal(openPage(LURE).ours.adapters.at(-1).name, "generic");
});

test("no text of the page is read: there is no conversation in it", () => {
  const { document, ours } = openPage(LURE);
  const generic = ours.adapters.at(-1);
  assert.equal(generic.container(document), null);
  assert.equal(generic.conversation(document), null);
  assert.equal(generic.messages(document.body).length, 0);
});
