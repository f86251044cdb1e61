/** A QR code of a bank or a wallet ("VietQR"): who gets the money, as it stands in the code.
 *
 *  The text is a row of fields, each two digits for its name, two for its length, then that many
 *  letters; some hold such a row themselves. EMVCo, QR Code Specification for Payment Systems,
 *  Merchant-Presented Mode 1.1; NAPAS, VietQR.
 */

const VERSION = "00";
const FIRST_ACCOUNT = 2; // the fields 02 to 51 each name an account somewhere
const LAST_ACCOUNT = 51;
const NAPAS = "A000000727";
const DONG = "704"; // ISO 4217

/** @typedef {{name: string, account: string, bank: string, amount: string, note: string}} MoneyCode
 *    what the code does not say is ""; *bank* is NAPAS's number of the bank, *amount* digits */

/** @param {string} text @returns {Map<string, string> | null} null: not such a row to its end */
function readFields(text) {
  const fields = new Map();
  let at = 0;
  while (at < text.length) {
    const [, name, length] = /^(\d\d)(\d\d)/.exec(text.slice(at, at + 4)) ?? [];
    const end = at + 4 + Number(length);
    if (name === undefined || end > text.length) return null;
    fields.set(name, text.slice(at + 4, end));
    at = end;
  }
  return fields;
}

/** @param {string} text @returns {MoneyCode | null} null: something else */
export function readMoneyCode(text) {
  const fields = readFields(text.trim());
  if (fields?.get(VERSION) !== "01") return null;
  const accounts = [...fields].filter(([name]) => FIRST_ACCOUNT <= Number(name) && Number(name) <= LAST_ACCOUNT);
  if (accounts.length === 0) return null;
  const napas = accounts.map(([, value]) => readFields(value)).find((inner) => inner?.get("00") === NAPAS);
  const to = readFields(napas?.get("01") ?? "");
  return {
    name: fields.get("59") ?? "",
    account: to?.get("01") ?? "",
    bank: to?.get("00") ?? "",
    amount: fields.get("53") === DONG ? (fields.get("54") ?? "") : "",
    note: readFields(fields.get("62") ?? "")?.get("08") ?? "",
  };
}
