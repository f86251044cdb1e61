/** The QR codes by which a phone takes over: a message with the note, or a number to call. */

import { drawQr, qrModules } from "./qr.js";
import { part } from "./words.js";

const HARD_TO_SCAN_BYTES = 900; // about version 23 at level L: modules under 2.5 px at 18 rem

/**
 * What the code says. It opens the phone's own message app with the note in it; the child picks the
 * person there. SMSTO:number:text with an empty number is what the common readers take apart (ZXing,
 * ML Kit, the iPhone camera); `sms:?body=` loses the text on some Android phones. Where a phone does
 * nothing with it, plain text is one tick away; it is not the first choice because phones offer a web
 * search for plain text.
 * @param {string} note @param {{number: string, isPlain: boolean}} how
 */
export function textForPhone(note, { number, isPlain }) {
  return isPlain ? note : `SMSTO:${number.replace(/[^\d+]/g, "")}:${note}`;
}

/** @param {string} text  what the picture holds */
export function drawNoteCode(text) {
  const modules = qrModules(text, { correction: "L" });
  if (modules) drawQr(part("code-picture", SVGSVGElement), modules);
  part("code-too-long", HTMLElement).hidden = new TextEncoder().encode(text).length < HARD_TO_SCAN_BYTES;
}

/** @param {SVGSVGElement} picture @param {string} number */
export function drawCallCode(picture, number) {
  const modules = qrModules(`tel:${number}`);
  if (modules) drawQr(picture, modules);
}
