/** The family's PIN as our pages ask for it, in one small dialog. It guards how strict the signs are,
 *  for whom, and where they are off; and a child's way to a reported page. Help is never behind it.
 */

import { getPinSet, isGuarded, keepPinSet } from "../background/options.js";
import { ask } from "./ask.js";
import { api, say } from "./words.js";

/** @typedef {import("../types").PinReply} PinReply */

const ANSWER_MS = 9000; // of the worker, which gives the service 8 s
export const FORM = /^\d{4,12}$/;
const WHOLE_MINUTES_FROM_S = 90;

/** Ask the service, and remember whether there is a PIN for when it is off.
 *  @param {import("../types").PinRequest} request @returns {Promise<PinReply | null>} null: no answer */
export async function usePin(request) {
  const reply = await ask({ type: "pin", request }, { timeoutMs: ANSWER_MS });
  if (typeof reply?.is_set !== "boolean") return null;
  await keepPinSet(api, reply.is_set);
  return reply;
}

/** Whether *change* may be kept; where it is guarded, whoever wants it types the PIN.
 *  @param {import("../types").Options} before @param {Partial<import("../types").Options>} change */
export async function mayChange(before, change) {
  if (!isGuarded(before, change) || !(await getPinSet(api))) return true;
  return askForPin((pin) => usePin({ do: "check", pin }));
}

/** @param {PinReply | null} reply @returns {string} why the PIN was not taken */
export function whyNot(reply) {
  if (!reply) return say("pin_unreachable");
  const { wait_s: waitS } = reply;
  if (waitS > WHOLE_MINUTES_FROM_S) return say("pin_wait_minutes", String(Math.ceil(waitS / 60)));
  return waitS > 0 ? say("pin_wait_seconds", String(waitS)) : say("pin_wrong");
}

/** That the PIN will end, and when; "" where nobody asked for that. @param {PinReply | null} reply */
export function resetLine(reply) {
  const left = reply?.reset_in_s ?? null;
  return left === null ? "" : say("pin_reset_comes", String(Math.ceil(left / 3600)));
}

/** Let somebody type the PIN until *use* takes it.
 *  @param {(pin: string) => Promise<PinReply | null>} use
 *  @returns {Promise<boolean>} false: they gave up */
export function askForPin(use) {
  const dialog = document.createElement("dialog");
  const form = document.createElement("form");
  const label = document.createElement("label");
  const field = document.createElement("input");
  const wrong = document.createElement("p");
  const [open, close] = [document.createElement("button"), document.createElement("button")];
  Object.assign(field, { id: "pin-typed", type: "password", inputMode: "numeric", autocomplete: "off", maxLength: 12 });
  Object.assign(label, { htmlFor: field.id, textContent: say("pin_ask") });
  Object.assign(wrong, { id: "pin-typed-wrong", className: "small" });
  wrong.setAttribute("role", "status");
  field.setAttribute("aria-describedby", wrong.id);
  Object.assign(open, { className: "main", textContent: say("pin_open") });
  Object.assign(close, { type: "button", textContent: say("pin_close") });
  form.className = "stack";
  form.append(label, field, wrong, open, close);
  dialog.append(form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let isTaken = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const pin = field.value.trim();
      wrong.textContent = FORM.test(pin) ? "" : say("pin_form");
      if (wrong.textContent || open.disabled) return;
      open.disabled = true;
      const reply = await use(pin);
      open.disabled = false;
      isTaken = reply?.outcome === "ok";
      if (isTaken) return dialog.close();
      wrong.textContent = whyNot(reply);
      field.select();
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(isTaken);
    });
    dialog.showModal();
  });
}
