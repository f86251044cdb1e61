import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./own_page.mjs";
import { print } from "../../../../extension/pages/paper.js";

test("the printer gets the lines, and afterwards nothing of them is left", async () => {
  const { document } = await openPage("tell");
  const paper = document.getElementById("paper");
  const seen = [];
  window.print = () => seen.push({ lines: Array.from(paper.children, ({ textContent }) => textContent), hidden: paper.hidden, body: document.body.dataset.printing });
  print(paper, ["Mẹ ơi", "<b>Gọi con</b>"]);
  assert.deepEqual(seen, [{ lines: ["Mẹ ơi", "<b>Gọi con</b>"], hidden: false, body: "paper" }]);
  window.dispatchEvent(new window.Event("afterprint"));
  assert.deepEqual([paper.textContent, paper.hidden, document.body.dataset.printing], ["", true, undefined]);
});
