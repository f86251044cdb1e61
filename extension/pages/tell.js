/** The tell page: choose whom, a ready note, one press to copy it. Works with the service off; nothing is stored. */

import { ask } from "./ask.js";
import { familyOf, firstActionFor } from "./lure_words.js";
import { drawQr, qrModules } from "./qr.js";
import { showReasons } from "./reasons.js";
import { api, fillWords, part, say } from "./words.js";

const HARD_TO_SCAN_BYTES = 900; // about version 23 at level L: modules under 2.5 px at 18 rem

fillWords();
document.title = say("tell_window_title");

const note = part("note", HTMLTextAreaElement);
const people = part("people", HTMLFieldSetElement);
const code = part("code", HTMLElement);
const showCode = part("show-code", HTMLButtonElement);
const phone = part("phone", HTMLInputElement);
const plain = part("code-plain", HTMLInputElement);
const copied = part("copied", HTMLElement);

/** @type {import("./lure_words.js").Worry} */
let worry = { lure: null, help: false };
let isEdited = false;

function person() {
  const chosen = people.querySelector("input:checked");
  return chosen instanceof HTMLInputElement ? chosen.value : "parent";
}

/** The note that fits the person and the kind of worry, unless the child has begun to write. */
function offerNote() {
  const whom = person();
  part("first-action", HTMLElement).textContent = firstActionFor(worry);
  const isCall = whom === "helpline";
  part("note-label", HTMLElement).textContent = say(isCall ? "tell_call_label" : "tell_note_label");
  part("call", HTMLElement).hidden = !isCall;
  part("ways", HTMLElement).hidden = isCall;
  if (isCall) toggleCode(false);
  if (!isEdited) note.value = say(`tell_note_${whom}_${familyOf(worry)}`);
  onNote();
}

/** Everything that carries the note follows it. */
function onNote() {
  copied.textContent = "";
  const subject = encodeURIComponent(say("tell_mail_subject"));
  part("mail", HTMLAnchorElement).href = `mailto:?subject=${subject}&body=${encodeURIComponent(note.value)}`;
  if (!code.hidden) drawCode();
}

/**
 * The code opens the phone's own message app with the note in it; the child picks the person there.
 * SMSTO:number:text with an empty number is what the common readers take apart (ZXing, ML Kit, the iPhone
 * camera); `sms:?body=` loses the text on some Android phones. Where a phone does nothing with it, plain
 * text is one tick away; it is not the first choice because phones offer a web search for plain text.
 */
function drawCode() {
  const number = phone.value.replace(/[^\d+]/g, "");
  const text = plain.checked ? note.value : `SMSTO:${number}:${note.value}`;
  const modules = qrModules(text, { correction: "L" });
  if (modules) drawQr(part("code-picture", SVGSVGElement), modules);
  part("code-too-long", HTMLElement).hidden = new TextEncoder().encode(text).length < HARD_TO_SCAN_BYTES;
}

/** @param {boolean} isShown */
function toggleCode(isShown) {
  code.hidden = !isShown;
  showCode.setAttribute("aria-expanded", String(isShown));
  if (isShown) drawCode();
}

async function copyNote() {
  try {
    await navigator.clipboard.writeText(note.value);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // The window lost the focus, or a policy forbids the clipboard: the older way needs only the press.
    note.select();
    if (!document.execCommand("copy")) {
      copied.textContent = say("tell_copy_by_hand");
      return;
    }
  }
  copied.textContent = say(person() === "helpline" ? "tell_copied_call" : "tell_copied");
}

/** Through the tabs: Firefox lets no page close a window that an extension opened. */
async function close() {
  const tab = await api.tabs.getCurrent();
  if (tab?.id !== undefined) await api.tabs.remove(tab.id);
}

people.addEventListener("change", () => {
  isEdited = false; // another person needs another note
  offerNote();
});
note.addEventListener("input", () => {
  isEdited = true;
  onNote();
});
part("copy", HTMLButtonElement).addEventListener("click", copyNote);
showCode.addEventListener("click", () => toggleCode(code.hidden === true));
phone.addEventListener("input", drawCode);
plain.addEventListener("change", drawCode);
part("leave", HTMLButtonElement).addEventListener("click", close);
part("close", HTMLButtonElement).addEventListener("click", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) void close(); // typing methods use the key as well
});
part("told", HTMLButtonElement).addEventListener("click", () => {
  part("telling", HTMLElement).hidden = true;
  part("closing", HTMLElement).hidden = false;
  note.value = "";
  part("thanks", HTMLElement).focus();
});

offerNote();

const context = await ask({ type: "tell_context" }, { timeoutMs: 1500 });
if (context) {
  worry = context;
  offerNote();
  part("why", HTMLDetailsElement).hidden = context.reasons.length === 0;
  showReasons(part("why-list", HTMLUListElement), context.reasons);
}
