/** The tell page: whom, in which voice, by which way. Works with the service off; nothing is stored but whom the
 *  child adds to the people or hides of them (people.js). */

import { chatKind, showPhone } from "../background/ways.js";
import { ask } from "./ask.js";
import { showCalls } from "./calls.js";
import { nameElement, nameOf } from "./helper_name.js";
import { leaveBy } from "./leave.js";
import { familyOf, firstActionFor, nextStepsFor } from "./lure_words.js";
import { noteFor } from "./note.js";
import { print } from "./paper.js";
import { showPeople } from "./people.js";
import { drawCallCode, drawNoteCode, textForPhone } from "./phone_code.js";
import { showReasons } from "./reasons.js";
import { api, fillWords, inOurLanguage, language, part, say } from "./words.js";

const REMINDER_MS = 30 * 60 * 1000;
const SCREENS = ["telling", "closing", "cover"];

fillWords();

const note = part("note", HTMLTextAreaElement);
const voices = part("voices", HTMLFieldSetElement);
const otherYou = part("other-you", HTMLInputElement);
const otherMe = part("other-me", HTMLSelectElement);
const undo = part("undo", HTMLButtonElement);
const code = part("code", HTMLElement);
const showCode = part("show-code", HTMLButtonElement);
const call = part("call", HTMLElement);
const showCall = part("show-call", HTMLButtonElement);
const phone = part("phone", HTMLInputElement);
const plain = part("code-plain", HTMLInputElement);
const copied = part("copied", HTMLElement);
const paper = part("paper", HTMLElement);
const keepMore = part("keep-more", HTMLTextAreaElement);
const chats = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("a[data-chat]")]);

/** @type {import("../types").TellContext} */
let context = { lure: null, level: "no_information", reasons: [], help: false };
const people = showPeople((isPressed) => (isPressed ? offerAnother() : offerNote()));
let isEdited = false;
let offered = ""; // whose ways stand there
let ownWords = ""; // what the child had written before another note took its place

/** @returns {"short" | "long"} */
function chosenVoice() {
  const chosen = voices.querySelector("input:checked");
  return chosen instanceof HTMLInputElement && chosen.value === "long" ? "long" : "short";
}

/** The note that fits the person, the voice and the kind of worry, unless the child has begun to write. */
function offerNote() {
  const { person, helper } = people.chosen();
  const isCall = person === "helpline";
  part("other", HTMLElement).hidden = person !== "other" || helper !== null;
  part("note-label", HTMLElement).textContent = say(isCall ? "tell_call_label" : "tell_note_label");
  part("ways", HTMLElement).hidden = isCall;
  offerWays(person, helper);
  if (!isEdited) {
    const other = helper ?? { you: otherYou.value, me: otherMe.value };
    note.value = noteFor({ person, voice: chosenVoice(), family: familyOf(context), other });
  }
  onNote();
}

/** Each way leads to the person who is chosen, as far as it is known. What stands open for somebody else is closed.
 *  @param {string} person @param {import("../types").Helper | null} helper */
function offerWays(person, helper) {
  const whom = helper ? JSON.stringify(helper) : person; // also when another tab has changed a number
  if (whom === offered) return;
  offered = whom;
  const isCall = person === "helpline";
  for (const link of chats) {
    const isTheirs = helper !== null && helper.chat !== "" && link.dataset.chat === (chatKind(helper.chat) || "theirs");
    link.href = isTheirs ? helper.chat : (link.dataset.anybody ?? "");
    link.classList.toggle("theirs", isTheirs);
  }
  part("their-chat", HTMLAnchorElement).hidden = !helper?.chat || chatKind(helper.chat) !== "";
  phone.value = showPhone(helper?.phone ?? "");
  showCall.hidden = !helper?.phone;
  part("ways-how", HTMLElement).textContent = say(helper?.chat ? "tell_ways_how_theirs" : "tell_ways_how");
  const number = isCall ? "111" : (helper?.phone ?? "");
  const link = part("call-link", HTMLAnchorElement);
  link.href = `tel:${number}`;
  link.dataset.number = number;
  link.replaceChildren(...(helper ? [nameElement(helper), showPhone(number)] : [say("tell_call")]));
  const picture = part("call-picture", SVGSVGElement);
  picture.setAttribute("aria-label", helper ? say("call_code_whom", nameOf(helper)) : say("tell_call_code_label"));
  if (number) drawCallCode(picture, number);
  (isCall ? part("note-box", HTMLElement) : code).before(call); // beside what opens it
  toggleCall(isCall);
  toggleCode(false);
}
/** Another person or voice needs another note; the child's own words can be had back. */
function offerAnother() {
  if (isEdited) ownWords = note.value;
  undo.hidden = !ownWords;
  isEdited = false;
  offerNote();
}

/** Everything that carries the note follows it. */
function onNote() {
  copied.textContent = "";
  const subject = encodeURIComponent(say("tell_mail_subject"));
  const to = encodeURIComponent(people.chosen().helper?.mail ?? "");
  part("mail", HTMLAnchorElement).href = `mailto:${to}?subject=${subject}&body=${encodeURIComponent(note.value)}`;
  if (!code.hidden) drawCode();
}

function drawCode() {
  drawNoteCode(textForPhone(note.value, { number: phone.value, isPlain: plain.checked }));
}

/** @param {boolean} isShown */
function toggleCall(isShown) {
  call.hidden = !isShown;
  showCall.setAttribute("aria-expanded", String(isShown));
  if (!isShown) return;
  toggleCode(false);
  call.scrollIntoView({ block: "nearest" });
}

/** @param {boolean} isShown */
function toggleCode(isShown) {
  code.hidden = !isShown;
  showCode.setAttribute("aria-expanded", String(isShown));
  if (!isShown) return;
  toggleCall(false);
  drawCode();
  code.scrollIntoView({ block: "nearest" });
}

/** @param {string} done  the key of what is said afterwards
 *  @returns {Promise<boolean>} false: the note stands selected, to be copied by hand */
async function copyNote(done) {
  try {
    await navigator.clipboard.writeText(note.value);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // The window lost the focus, or a policy forbids the clipboard: the older way needs only the press.
    note.select();
    if (!document.execCommand("copy")) {
      copied.textContent = say("tell_copy_by_hand");
      return false;
    }
  }
  copied.textContent = say(done);
  return true;
}

/** First the note, then the chat: once the other tab is in front, this page may copy no more.
 *  @param {MouseEvent} event @param {HTMLAnchorElement} link */
async function openChat(event, link) {
  event.preventDefault();
  const isTheirs = link.classList.contains("theirs");
  if (await copyNote(isTheirs ? "tell_copied_theirs" : `tell_copied_${link.dataset.chat}`)) await api.tabs.create({ url: link.href });
}

/** What a school or the police may ask for: the words that were quoted, and what the child remembers. */
function printRecord() {
  const now = new Date().toLocaleString(language() === "en" ? "en-GB" : "vi", { dateStyle: "long", timeStyle: "short" });
  const quotes = context.reasons.filter(({ quote }) => quote).map(({ quote, why }) => `«${quote}» — ${inOurLanguage(why)}`);
  print(paper, [
    say("keep_paper_title", now),
    ...(quotes.length ? [say("keep_paper_quotes"), ...quotes] : []),
    ...(keepMore.value.trim() ? [say("keep_paper_more"), keepMore.value] : []),
  ]);
}

/** @param {string} screen  one of SCREENS @param {string} heading  the id of what is read out first */
function show(screen, heading) {
  for (const id of SCREENS) part(id, HTMLElement).hidden = id !== screen;
  part(heading, HTMLElement).focus();
}

/** Cover the page until the child opens it again; after half an hour the cover asks for that once, with
 *  no sound and no notification, and in words that tell nobody anything. */
function remindOnce() {
  part("cover-line", HTMLElement).textContent = say("cover_waiting");
  show("cover", "cover-title");
  clearTimeout(reminder);
  reminder = setTimeout(() => {
    for (const button of document.querySelectorAll("[data-later]")) button.remove();
    part("cover-line", HTMLElement).textContent = say("cover_ready");
    part("again", HTMLElement).hidden = false;
    document.title = `• ${say("tell_window_title")}`;
  }, REMINDER_MS);
}
/** @type {ReturnType<typeof setTimeout> | undefined} */
let reminder;

voices.addEventListener("change", offerAnother);
otherYou.addEventListener("input", offerNote);
otherMe.addEventListener("change", offerNote);
note.addEventListener("input", () => {
  isEdited = true;
  ownWords = "";
  undo.hidden = true;
  onNote();
});
undo.addEventListener("click", () => {
  note.value = ownWords;
  isEdited = true;
  undo.hidden = true;
  onNote();
  note.focus();
});
part("copy", HTMLButtonElement).addEventListener("click", () => copyNote(people.chosen().person === "helpline" ? "tell_copied_call" : "tell_copied"));
for (const link of chats) {
  link.dataset.anybody = link.getAttribute("href") ?? "";
  link.addEventListener("click", (event) => openChat(event, link));
}
showCall.addEventListener("click", () => toggleCall(call.hidden === true));
showCode.addEventListener("click", () => toggleCode(code.hidden === true));
phone.addEventListener("input", drawCode);
plain.addEventListener("change", drawCode);
part("print", HTMLButtonElement).addEventListener("click", () => print(paper, [note.value]));
leaveBy(part("leave", HTMLButtonElement), part("close", HTMLButtonElement), part("cover-close", HTMLButtonElement));
part("told", HTMLButtonElement).addEventListener("click", () => {
  note.value = "";
  ownWords = "";
  isEdited = false;
  void showCalls();
  show("closing", "thanks");
});
part("one-more", HTMLButtonElement).addEventListener("click", () => {
  undo.hidden = true;
  offerNote();
  show("telling", "heading");
});
part("keep-print", HTMLButtonElement).addEventListener("click", printRecord);
for (const button of document.querySelectorAll("[data-later]")) button.addEventListener("click", remindOnce);
part("uncover", HTMLButtonElement).addEventListener("click", () => {
  clearTimeout(reminder);
  document.title = say("tell_window_title");
  if (!note.value) offerNote();
  show("telling", "heading");
});

otherYou.value = say("tell_you_other");
part("other-self", HTMLElement).hidden = language() === "en"; // English has one word for oneself
showContext();
await people.load();

const answer = await ask({ type: "tell_context" }, { timeoutMs: 1500 });
if (answer) {
  context = answer;
  showContext();
}

function showContext() {
  part("first-action", HTMLElement).textContent = firstActionFor(context);
  part("next-steps", HTMLUListElement).replaceChildren(
    ...nextStepsFor(context).map((step) => {
      const item = document.createElement("li");
      item.textContent = step;
      return item;
    }),
  );
  part("why", HTMLDetailsElement).hidden = context.reasons.length === 0;
  showReasons(part("why-list", HTMLUListElement), context.reasons);
  offerNote();
}
