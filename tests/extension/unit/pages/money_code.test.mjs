import assert from "node:assert/strict";
import { test } from "node:test";

import { readMoneyCode } from "../../../../extension/pages/money_code.js";

const field = (name, value) => `${name}${String(value.length).padStart(2, "0")}${value}`;
const napas = (bank, account) => field("38", field("00", "A000000727") + field("01", field("00", bank) + field("01", account)) + field("02", "QRIBFTTA"));
const head = field("00", "01") + field("01", "12");
const end = field("58", "VN") + field("63", "ABCD");

test("a bank's code tells name, account, bank, amount and note as they stand", () => {
  const text = head + napas("970400", "0900000123") + field("53", "704") + field("54", "2000000") + field("59", "NGUYEN VAN A") + field("62", field("08", "phi ho so")) + end;
  assert.deepEqual(readMoneyCode(text), { name: "NGUYEN VAN A", account: "0900000123", bank: "970400", amount: "2000000", note: "phi ho so" });
});

test("what a code leaves open is left open, and another currency's amount is no number of đồng", () => {
  const open = { name: "", account: "0900000123", bank: "970400", amount: "", note: "" };
  assert.deepEqual(readMoneyCode(head + napas("970400", "0900000123") + field("53", "704") + end), open);
  assert.deepEqual(readMoneyCode(` ${head + napas("970400", "0900000123") + field("53", "840") + field("54", "20") + end}\n`), open);
});

test("a wallet whose account is written in another way is still a code for money", () => {
  const text = head + field("26", field("00", "vn.vi-dien-tu")) + field("59", "QUAN CA PHE") + end;
  assert.deepEqual(readMoneyCode(text), { name: "QUAN CA PHE", account: "", bank: "", amount: "", note: "" });
});

for (const [what, text] of [
  ["an address", "https://vietcornbank.example/nhan-qua"],
  ["nothing", ""],
  ["digits", "00020101021238"],
  ["a code that ends in the middle", (head + napas("970400", "0900000123") + end).slice(0, -9)],
  ["a code without an account", head + end],
  ["another version", field("00", "02") + napas("970400", "0900000123")],
  ["letters for a length", "00xx01"],
]) {
  test(`${what} is no code for money`, () => assert.equal(readMoneyCode(text), null));
}
