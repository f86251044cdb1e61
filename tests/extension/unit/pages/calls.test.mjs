import assert from "node:assert/strict";
import { test } from "node:test";
import { EIGHT, HAI, HOA, LAN } from "./helpers_kept.mjs";
import { openPage, settle } from "./own_page.mjs";

async function open(kept) {
  const { document } = await openPage("phone", { kept });
  await settle();
  return { document, isShown: !document.getElementById("calls").hidden, links: [...document.querySelectorAll("#calls-list a")] };
}

test("those with a number can be called, and their number read", async () => {
  const { isShown, links } = await open({ helpers: [LAN, HOA, HAI] });
  assert.equal(isShown, true);
  assert.deepEqual(links.map((link) => [link.getAttribute("href"), link.querySelector("bdi").textContent, link.querySelector("span").textContent]), [
    ["tel:0900000001", "Mẹ Lan", "0900 000 001"],
    ["tel:0900000003", "Dì Hai", "0900 000 003"],
  ]);
});

test("a press draws the code for a phone, another takes it away", async () => {
  const { document } = await open({ helpers: [LAN] });
  const [button, figure] = [document.querySelector("#calls-list button"), document.querySelector("#calls-list figure")];
  assert.equal(figure.hidden, true);
  button.click();
  assert.deepEqual([figure.hidden, button.getAttribute("aria-expanded")], [false, "true"]);
  assert.ok(figure.querySelector("path").getAttribute("d"));
  for (const named of [figure.querySelector("svg"), button]) assert.match(named.getAttribute("aria-label"), /Mẹ Lan/);
  button.click();
  assert.deepEqual([figure.hidden, button.getAttribute("aria-expanded")], [true, "false"]);
});

test("nobody with a number, or only one whom the child hides: nothing stands there", async () => {
  for (const kept of [{}, { helpers: [HOA] }, { helpers: [LAN], helpers_hidden: [LAN.id] }]) assert.equal((await open(kept)).isShown, false);
});

test("at most three, so that nobody has to choose long", async () => {
  assert.equal((await open({ helpers: EIGHT.map((one) => ({ ...one, phone: "0900000001" })) })).links.length, 3);
});

test("the code of each is of their own number", async () => {
  const { document } = await open({ helpers: [LAN, HAI] });
  for (const button of document.querySelectorAll("#calls-list button")) button.click();
  const [one, other] = document.querySelectorAll("#calls-list path");
  assert.notEqual(one.getAttribute("d"), other.getAttribute("d"));
});
