import assert from "node:assert/strict";
import { test } from "node:test";
import { HAI, HOA, LAN } from "./helpers_kept.mjs";
import { browser, openPage, settle, words } from "./own_page.mjs";
import { noteFor } from "../../../../extension/pages/note.js";

const REASON = { rule: "any.keep_it_secret", signal: "SECRECY", stage: "secrecy", message: "m1", quote: "không được kể", start: 0, end: 13, why: { vi: "Tin này bảo bạn giữ kín.", en: "It tells you to keep quiet." }, source: null, added: "2026-11-22" };
const about = (lure) => (message) => (message.type === "tell_context" ? { lure, level: "danger", reasons: [REASON] } : null);

const HALF_AN_HOUR_MS = 30 * 60 * 1000;
const note = (page) => page.document.getElementById("note").value;
const isHidden = (page, id) => page.document.getElementById(id).hidden;
const text = (page, id) => page.document.getElementById(id).textContent;
const choose = (page, value) => page.document.querySelector(`input[value=${value}]`).click();
/** What the printer would get; `printed` grows with each press. */
function catchPrinting(page) {
  const printed = [];
  window.print = () => printed.push(Array.from(page.document.getElementById("paper").children, (line) => line.textContent));
  return printed;
}

test("a note is ready at once and one press copies it, with nobody answering", async () => {
  const page = await openPage("tell");
  page.press("copy");
  await settle();
  assert.deepEqual(page.copied, [noteFor({ person: "mother", voice: "short", family: "general" })]);
  assert.equal(text(page, "copied"), words("vi").tell_copied.message);
});

test("the name of the window tells nothing", async () => {
  const { document } = await openPage("tell");
  assert.equal(document.title, "Ghi chú");
});

for (const [value, note_] of [["teacher_woman", /^Thưa cô, em /], ["brother", /^Anh ơi, em /], ["friend", /^Cậu ơi, mình /], ["helpline", /^Dạ, cháu /]]) {
  test(`a note for the ${value} uses the right words for both`, async () => {
    const page = await openPage("tell");
    choose(page, value);
    assert.match(note(page), note_);
  });
}

test("another voice says more, and the first comes back", async () => {
  const page = await openPage("tell");
  const short = note(page);
  choose(page, "long");
  assert.ok(note(page).length > short.length);
  choose(page, "short");
  assert.equal(note(page), short);
});

test("somebody who is not on the list: two small fields, and the note follows them", async () => {
  const page = await openPage("tell");
  assert.equal(isHidden(page, "other"), true);
  choose(page, "other");
  assert.equal(isHidden(page, "other"), false);
  page.type("other-you", "má");
  page.document.getElementById("other-me").value = "con";
  page.document.getElementById("other-me").dispatchEvent(new window.Event("change"));
  assert.match(note(page), /^Má ơi, con .* Má nghe con kể/);
});

test("in English nobody is asked for a word for themselves", async () => {
  const page = await openPage("tell", { language: "en" });
  assert.equal(isHidden(page, "other-self"), true);
  choose(page, "other");
  page.type("other-you", "Grandma");
  assert.match(note(page), /^Grandma, something online/);
});

test("the lure chooses the kind of note, what to do first and next, and the reasons", async () => {
  const page = await openPage("tell", { answer: about("sextortion"), language: "en" });
  assert.equal(note(page), noteFor({ person: "mother", voice: "short", family: "private" }));
  assert.equal(text(page, "first-action"), words("en").tell_first_sextortion.message);
  const steps = Array.from(page.document.querySelectorAll("#next-steps li"), (item) => item.textContent);
  assert.deepEqual(steps, [1, 2, 3, 4].map((n) => words("en")[`tell_next_sextortion_${n}`].message));
  assert.equal(isHidden(page, "why"), false);
  assert.match(text(page, "why-list"), /không được kể.*keep quiet.*22\/11\/2026/s);
});

test("who has told of harm gets a note and a first line for that, and no list of reasons", async () => {
  const page = await openPage("tell", { answer: (message) => (message.type === "tell_context" ? { lure: null, level: "no_information", reasons: [], help: true } : null) });
  assert.equal(note(page), noteFor({ person: "mother", voice: "short", family: "trouble" }));
  assert.equal(text(page, "first-action"), words("vi").tell_first_trouble.message);
  assert.equal(isHidden(page, "why"), true);
});

test("the note never carries the stranger's words", async () => {
  const page = await openPage("tell", { answer: about("fake_authority") });
  for (const voice of ["long", "short"]) {
    choose(page, voice);
    assert.doesNotMatch(note(page), /không được kể/);
  }
});

test("what the child has written stays when the context comes late", async () => {
  let answerNow;
  const opening = openPage("tell", { answer: (message) => (message.type === "tell_context" ? new Promise((resolve) => (answerNow = resolve)) : null) });
  await settle();
  while (!answerNow) await new Promise(setImmediate); // the page is still being read
  document.getElementById("note").value = "Mẹ ơi gọi con";
  document.getElementById("note").dispatchEvent(new window.Event("input"));
  answerNow({ lure: "task_scam", level: "danger", reasons: [] });
  await opening;
  assert.equal(document.getElementById("note").value, "Mẹ ơi gọi con");
  assert.equal(document.getElementById("first-action").textContent, words("vi").tell_first_task_scam.message);
});

test("own words that another ready note has replaced can be had back", async () => {
  const page = await openPage("tell");
  assert.equal(isHidden(page, "undo"), true);
  page.type("note", "Mẹ ơi, con sợ");
  choose(page, "teacher_man");
  assert.match(note(page), /^Thưa thầy/);
  choose(page, "sister");
  assert.equal(isHidden(page, "undo"), false);
  page.press("undo");
  assert.equal(note(page), "Mẹ ơi, con sợ");
  assert.equal(isHidden(page, "undo"), true);
});

test("mail carries the edited note and no address", async () => {
  const { document, type } = await openPage("tell");
  type("note", "Bố ơi & mẹ ơi?");
  assert.match(document.getElementById("mail").href, /^mailto:\?subject=[^&]+&body=B%E1%BB%91%20%C6%A1i%20%26%20m%E1%BA%B9%20%C6%A1i%3F$/);
});

for (const [chat, address] of [["zalo", "https://chat.zalo.me/"], ["messenger", "https://www.facebook.com/messages/"]]) {
  test(`the ${chat} button copies the note, then opens the chat, and says so`, async () => {
    const page = await openPage("tell");
    page.document.querySelector(`[data-chat=${chat}]`).click();
    await settle();
    assert.deepEqual(page.copied, [note(page)]);
    assert.deepEqual(browser.asked.at(-1), { type: "tab", url: address });
    assert.equal(text(page, "copied"), words("vi")[`tell_copied_${chat}`].message);
  });
}

test("where nothing may be copied the chat stays shut, and the note stands selected", async () => {
  const page = await openPage("tell");
  globalThis.navigator.clipboard.writeText = async () => {
    throw new DOMException("no");
  };
  page.document.execCommand = () => false;
  page.document.querySelector("[data-chat=zalo]").click();
  await settle();
  assert.equal(text(page, "copied"), words("vi").tell_copy_by_hand.message);
  assert.equal(page.document.getElementById("note").selectionEnd, note(page).length);
  assert.deepEqual(browser.asked.filter(({ type }) => type === "tab"), []);
});

test("the code for the phone is drawn when asked for and follows the note", async () => {
  const { document, press, type } = await openPage("tell");
  const path = () => document.querySelector("#code-picture path")?.getAttribute("d");
  assert.equal(path(), undefined);
  press("show-code");
  const first = path();
  assert.ok(first);
  type("note", "Gọi cho con nhé");
  assert.notEqual(path(), first);
});

test("printing gives the note and nothing else", async () => {
  const page = await openPage("tell");
  const printed = catchPrinting(page);
  page.press("print");
  assert.deepEqual(printed, [[note(page)]]);
});

test("calling 111 shows the number, a code for the phone, and hides what does not help there", async () => {
  const page = await openPage("tell");
  choose(page, "helpline");
  assert.equal(isHidden(page, "call"), false);
  assert.equal(page.document.querySelector("#call a").getAttribute("href"), "tel:111");
  assert.ok(page.document.querySelector("#call-picture path"));
  assert.equal(isHidden(page, "ways"), true);
});

test("after telling, the note is gone from the page and a kind word stands there", async () => {
  const page = await openPage("tell");
  page.type("note", "Mẹ ơi, con sợ");
  page.press("told");
  assert.deepEqual([isHidden(page, "telling"), isHidden(page, "closing")], [true, false]);
  assert.equal(note(page), "");
  assert.equal(page.document.activeElement.id, "thanks");
});

test("one more person may be told, with a fresh note", async () => {
  const page = await openPage("tell");
  page.type("note", "Mẹ ơi, con sợ");
  page.press("told");
  page.press("one-more");
  assert.equal(isHidden(page, "telling"), false);
  assert.match(note(page), /^Mẹ ơi, con gặp chuyện/);
});

test("a copy for the police or school is offered after telling, behind a line on who can read it", async () => {
  const page = await openPage("tell", { answer: about("grooming") });
  const keep = page.document.getElementById("keep");
  assert.ok(page.document.getElementById("closing").contains(keep));
  assert.equal(keep.open, false);
  const parts = Array.from(keep.children);
  const place = (find) => parts.findIndex((one) => one.matches(find));
  assert.ok(place("[data-i18n=keep_who_sees]") < place("#keep-print"));
  const printed = catchPrinting(page);
  page.press("told");
  page.type("keep-more", "Nick Minh 16t, Zalo, tối qua");
  page.press("keep-print");
  assert.match(printed[0][0], /^Ghi lại lúc .*20\d\d/);
  assert.deepEqual(printed[0].slice(1), [words("vi").keep_paper_quotes.message, "«không được kể» — Tin này bảo bạn giữ kín.", words("vi").keep_paper_more.message, "Nick Minh 16t, Zalo, tối qua"]);
});

test("without any quoted words the copy holds what the child adds, and no empty heading", async () => {
  const page = await openPage("tell", { language: "en" });
  const printed = catchPrinting(page);
  page.press("keep-print");
  assert.equal(printed[0].length, 1);
});

test("one reminder, asked for by a press: the page is covered and tells a stranger nothing", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = await openPage("tell", { answer: about("sextortion") });
  const later = () => page.document.querySelectorAll("[data-later]");
  later()[0].click();
  assert.deepEqual(["telling", "closing", "cover"].map((id) => isHidden(page, id)), [true, true, false]);
  assert.equal(text(page, "cover-line"), words("vi").cover_waiting.message);
  t.mock.timers.tick(HALF_AN_HOUR_MS - 1);
  assert.equal(page.document.title, "Ghi chú");
  t.mock.timers.tick(1);
  assert.equal(page.document.title, "• Ghi chú");
  assert.equal(text(page, "cover-line"), words("vi").cover_ready.message);
  assert.equal(isHidden(page, "cover"), false, "it waits for the child to open it");
  page.press("uncover");
  assert.deepEqual([isHidden(page, "telling"), isHidden(page, "again"), page.document.title], [false, false, "Ghi chú"]);
  assert.equal(later().length, 0, "there is no second one");
});

test("a cover that is opened early keeps what was written, and rings no more", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = await openPage("tell", { answer: about("sextortion") });
  page.type("note", "Mẹ ơi, con sợ");
  page.document.querySelector("[data-later]").click();
  page.press("uncover");
  assert.equal(note(page), "Mẹ ơi, con sợ");
  t.mock.timers.tick(HALF_AN_HOUR_MS);
  assert.deepEqual([isHidden(page, "telling"), isHidden(page, "again"), page.document.title], [false, true, "Ghi chú"]);
});

for (const language of ["vi", "en"]) {
  test(`the ${language} cover is made of words that fit any note`, () => {
    for (const [key, { message }] of Object.entries(words(language))) {
      if (key.startsWith("cover_")) assert.doesNotMatch(message, /kể|tin|lo |sợ|tell|trust|worr|help|giúp/i, key);
    }
  });
}

test("the quick way out closes the window, by press and by Escape", async () => {
  const { document, press } = await openPage("tell");
  press("leave");
  document.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape" }));
  document.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape", isComposing: true }));
  await settle();
  assert.deepEqual(browser.asked.filter(({ type }) => type === "closed"), [{ type: "closed", id: 7 }, { type: "closed", id: 7 }]);
});

for (const language of ["vi", "en"]) {
  test(`every ${language} first action fits two short lines`, () => {
    for (const [key, { message }] of Object.entries(words(language))) {
      if (key.startsWith("tell_first_")) assert.ok(message.length <= 90, `${key}: ${message.length}`);
      assert.doesNotMatch(message, /!/, key);
    }
  });
}

const HELPERS = { kept: { helpers: [LAN, HOA, HAI] } };
const address = (page, id) => page.document.getElementById(id).getAttribute("href");

test("each way leads to the named person who is chosen, and back to anybody", async () => {
  const page = await openPage("tell", HELPERS);
  const chat = (name) => page.document.querySelector(`[data-chat=${name}]`);
  assert.match(address(page, "mail"), /^mailto:lan%40gia-dinh\.example\?subject=/);
  assert.equal(chat("zalo").getAttribute("href"), LAN.chat);
  assert.deepEqual([isHidden(page, "their-chat"), isHidden(page, "show-call")], [true, false]);
  assert.equal(page.document.getElementById("phone").value, "0900 000 001");
  choose(page, `"${HOA.id}"`);
  assert.match(address(page, "mail"), /^mailto:\?subject=/);
  assert.deepEqual([chat("zalo").getAttribute("href"), chat("theirs").getAttribute("href")], ["https://chat.zalo.me/", HOA.chat]);
  assert.deepEqual([isHidden(page, "their-chat"), isHidden(page, "show-call")], [false, true]);
  assert.equal(page.document.getElementById("phone").value, "");
  choose(page, "friend");
  assert.equal(isHidden(page, "their-chat"), true);
});

test("a chat that is theirs opens theirs, with the note copied and words that fit", async () => {
  const page = await openPage("tell", HELPERS);
  page.document.querySelector("[data-chat=zalo]").click();
  await settle();
  assert.deepEqual([page.copied, browser.asked.at(-1)], [[note(page)], { type: "tab", url: LAN.chat }]);
  assert.equal(text(page, "copied"), words("vi").tell_copied_theirs.message);
});

test("calling a named person shows their number and a code; 111 its own", async () => {
  const page = await openPage("tell", HELPERS);
  assert.equal(isHidden(page, "call"), true);
  page.press("show-call");
  assert.deepEqual([isHidden(page, "call"), address(page, "call-link"), text(page, "call-link")], [false, "tel:0900000001", "Mẹ Lan0900 000 001"]);
  const code = page.document.querySelector("#call-picture path").getAttribute("d");
  choose(page, "helpline");
  assert.deepEqual([isHidden(page, "call"), address(page, "call-link"), text(page, "call-link")], [false, "tel:111", words("vi").tell_call.message]);
  assert.notEqual(page.document.querySelector("#call-picture path").getAttribute("d"), code);
  choose(page, `"${HAI.id}"`);
  assert.equal(isHidden(page, "call"), true, "what stood open for somebody else is closed");
});

test("a number that was typed for one person is not used for another", async () => {
  const page = await openPage("tell", HELPERS);
  page.type("phone", "0900 000 009");
  choose(page, "long");
  assert.equal(page.document.getElementById("phone").value, "0900 000 009", "another voice is the same person");
  choose(page, "friend");
  assert.equal(page.document.getElementById("phone").value, "");
});

test("a number that is mended in another tab is mended here", async () => {
  const page = await openPage("tell", HELPERS);
  await globalThis.chrome.storage.local.set({ helpers: [{ ...LAN, phone: "0900000007" }] });
  await settle();
  assert.deepEqual([page.document.getElementById("phone").value, address(page, "call-link")], ["0900 000 007", "tel:0900000007"]);
});

test("own words for somebody who is not on the list are asked for there alone", async () => {
  const page = await openPage("tell", HELPERS);
  choose(page, `"${HAI.id}"`);
  assert.equal(isHidden(page, "other"), true);
  choose(page, "other");
  assert.equal(isHidden(page, "other"), false);
});

test("after telling, the family's people can be called", async () => {
  const page = await openPage("tell", HELPERS);
  page.press("told");
  await settle();
  assert.equal(isHidden(page, "calls"), false);
  assert.equal(page.document.querySelectorAll("#calls-list a").length, 2);
});

test("of the ways only one stands open, and none that was opened for somebody else", async () => {
  const page = await openPage("tell", HELPERS);
  const open = () => ["call", "code"].filter((id) => !isHidden(page, id));
  assert.equal(text(page, "ways-how"), words("vi").tell_ways_how_theirs.message);
  page.press("show-code");
  assert.deepEqual(open(), ["code"]);
  page.press("show-call");
  assert.deepEqual(open(), ["call"]);
  page.press("show-code");
  assert.deepEqual(open(), ["code"]);
  choose(page, "friend");
  assert.deepEqual(open(), []);
  assert.equal(text(page, "ways-how"), words("vi").tell_ways_how.message);
});

test("the number to call stands beside what opens it", async () => {
  const page = await openPage("tell", HELPERS);
  const next = () => page.document.getElementById("call").nextElementSibling.id;
  assert.equal(next(), "code");
  choose(page, "helpline");
  assert.equal(next(), "note-box");
});
