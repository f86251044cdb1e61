import assert from "node:assert/strict";
import { test } from "node:test";
import { browser } from "./own_page.mjs";
import { ageLine } from "../../../../extension/pages/lists_age.js";

const rules = (lists, more = {}) => ({ version: "1", built: "2026-11-22", age_days: 0, state: "fresh", lists, ...more });
const lists = (state, age_days = 0) => ({ state, age_days, rows: state === "missing" ? 0 : 340502 });

for (const [what, state, line] of [
  ["lists of today", rules(lists("fresh")), "Danh sách địa chỉ: cập nhật hôm nay · Dấu hiệu: hôm nay"],
  ["lists of yesterday", rules(lists("fresh", 1)), "Danh sách địa chỉ: cập nhật hôm qua · Dấu hiệu: hôm nay"],
  ["lists of last week", rules(lists("fresh", 6)), "Danh sách địa chỉ: cập nhật 6 ngày trước · Dấu hiệu: hôm nay"],
  ["old lists", rules(lists("old", 12)), "Danh sách địa chỉ: cũ 12 ngày, vẫn dùng · Dấu hiệu: hôm nay"],
  ["no lists yet", rules(lists("missing")), "Chưa có danh sách địa chỉ; vẫn xét lời lẽ và tên giống · Dấu hiệu: hôm nay"],
  ["lists switched off", rules(lists("off", 40)), "Danh sách địa chỉ đang tắt; vẫn xét lời lẽ và tên giống · Dấu hiệu: hôm nay"],
  ["older signs", rules(lists("fresh"), { age_days: 9 }), "Danh sách địa chỉ: cập nhật hôm nay · Dấu hiệu: 9 ngày trước"],
  ["a checker that tells nothing of lists", rules(undefined), "Dấu hiệu: hôm nay"],
  ["no signs at all, which is said loudly elsewhere", rules(lists("fresh"), { state: "missing" }), ""],
  ["nothing known", null, ""],
]) {
  test(`the quiet line: ${what}`, () => assert.equal(ageLine(state).replaceAll("\u00a0", " "), line));
}

test("the quiet line breaks between the lists and the signs", () => {
  assert.match(ageLine(rules(lists("fresh"))), /^Danh sách .* · Dấu\u00a0hiệu:\u00a0hôm\u00a0nay$/);
});

test("the quiet line in English", () => {
  browser.language = "en";
  assert.equal(ageLine(rules(lists("old", 12))).replaceAll("\u00a0", " "), "Address list: 12 days old, still used · Signs: today");
  browser.language = "vi";
});
