import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, openPage, settle, words } from "./own_page.mjs";

const verdict = (level, more = {}) => ({ id: "x", level, lure: null, severity: 0, watched: false, title: null, stages: [], signals: [], reasons: [], first_action: null, help: false, ...more });
const on = { state: "on", rules: { version: "1", built: "2026-11-22", age_days: 0, state: "fresh", lists: { state: "fresh", age_days: 0, rows: 9 } }, service: "0.1.0" };
const replying = (conversation, links = []) => (message) => {
  if (message.type === "status") return on;
  if (message.type === "check") return { state: "on", reply: { rules: on.rules, links, messages: [], conversation: { ...conversation, levels: {}, by_message: null } } };
  return { opened: true };
};
const shown = (page) => page.document.getElementById("answer").textContent.replaceAll(/\s+/g, " ");

async function checked(text, answer) {
  const page = await openPage("popup", { answer });
  page.type("paste", text);
  page.press("look");
  await settle();
  return page;
}

test("an unknown text is never called safe", async () => {
  const page = await checked("chào bạn", replying(verdict("no_information")));
  assert.match(shown(page), /Chưa thấy dấu hiệu nào/);
  assert.doesNotMatch(shown(page), /an toàn/i);
});

test("a shortened link is named, though it is no warning", async () => {
  const reason = { rule: "hides.shortener", signal: "HIDDEN_LINK", stage: "trust", message: "pasted", quote: "bit.ly", start: 0, end: 6, why: { vi: "Địa chỉ rút gọn: không thấy trước nó dẫn tới đâu.", en: "A shortened address." }, source: "Không Một Mình", added: "2026-11-23" };
  const page = await checked("bit.ly/x7a9", replying(verdict("no_information", { reasons: [reason] })));
  assert.match(shown(page), /Chưa thấy dấu hiệu nào.*bit\.ly.*không thấy trước nó dẫn tới đâu/);
});

test("a dangerous text shows its reason and hands it to the tell page", async () => {
  const reason = { rule: "any.x", signal: "SECRECY", stage: "secrecy", message: "pasted", quote: "đừng kể ai", start: 0, end: 10, why: { vi: "Tin này bảo bạn giữ kín.", en: "Keep quiet." }, source: null, added: null };
  const page = await checked("đừng kể ai", replying(verdict("danger", { lure: "grooming", title: { vi: "Tin này muốn bạn im lặng", en: "It wants silence" }, reasons: [reason] })));
  assert.match(shown(page), /Tin này muốn bạn im lặng.*đừng kể ai.*Tin này bảo bạn giữ kín/);
  page.press("answer-tell");
  await settle();
  assert.deepEqual(browser.asked.at(-1), { type: "open_tell", lure: "grooming", level: "danger", reasons: [reason], help: false });
});

test("a worry of the child's own is met with help, and the tell page learns of it", async () => {
  const help = { help: true, title: { vi: "Bạn không phải tự lo một mình", en: "You are not alone" }, first_action: { vi: "Kể cho một người bạn tin nhé.", en: "Tell someone." } };
  const page = await checked("có người dọa đăng ảnh em", replying(verdict("no_information", help)));
  const asked = browser.asked.find(({ type }) => type === "check");
  assert.equal(asked.request.messages[0].from_me, null, "nobody knows who wrote it");
  assert.match(shown(page), /Cảm ơn bạn đã nói ra\. Bạn không phải tự lo một mình Kể cho một người/);
  assert.doesNotMatch(shown(page), /Chưa thấy dấu hiệu/);
  page.press("answer-tell");
  await settle();
  assert.deepEqual(browser.asked.at(-1), { type: "open_tell", lure: null, level: "no_information", reasons: [], help: true });
});

test("a worse link beside the child's worry is shown first", async () => {
  const link = verdict("danger", { title: { vi: "Địa chỉ từng bị báo cáo", en: "Reported" } });
  const page = await checked("có người dọa em ở vnpost-giaohang.example", replying(verdict("no_information", { help: true }), [link]));
  assert.match(shown(page), /Địa chỉ từng bị báo cáo/);
});

test("a pasted address is asked about as a link, and the worse of link and words counts", async () => {
  const page = await checked("xem vnpost-giaohang.example/nhan nhé", replying(verdict("no_information"), [verdict("danger", { title: { vi: "Địa chỉ từng bị báo cáo", en: "Reported" } })]));
  const asked = browser.asked.find(({ type }) => type === "check");
  assert.deepEqual(asked.request.links.map(({ url }) => url), ["http://vnpost-giaohang.example/nhan"]);
  assert.match(shown(page), /Địa chỉ từng bị báo cáo/);
});

test("where a shortened link leads nobody can see: a calm note, and no warning", async () => {
  const hides = {
    rule: "hides.shortener", signal: "BRAND_SPOOF", stage: "trust", message: "link1", quote: "https://bit.ly/x1", start: 0, end: 17,
    why: { vi: "Địa chỉ rút gọn: không thấy trước nó dẫn tới đâu.", en: "It does not show where it leads." }, source: null, added: null, compare: null,
  };
  const page = await checked("https://bit.ly/x1", replying(verdict("no_information"), [verdict("no_information", { reasons: [hides] })]));
  assert.match(shown(page), /Chưa thấy dấu hiệu nào.*Địa chỉ rút gọn/);
  assert.equal(page.document.getElementById("answer").dataset.level, "no_information");
  page.press("answer-tell");
  await settle();
  assert.deepEqual(browser.asked.at(-1).reasons, [], "nothing to tell of");
});

test("a borrowed name stands over the real one", async () => {
  const why = { vi: "Địa chỉ này giống vietcombank.com.vn nhưng tên miền thật là vietcornbank.test.", en: "" };
  const compare = { like: "vietcombank.com.vn", actual: "vietcornbank.test", differs: [[6, 8], [12, 17]] };
  const reason = { rule: "lookalike.x", signal: "BRAND_SPOOF", stage: "trust", message: "link1", quote: "vietcornbank.test", start: 8, end: 25, why, source: null, added: null, compare };
  const page = await checked("https://vietcornbank.test", replying(verdict("no_information"), [verdict("caution", { reasons: [reason] })]));
  assert.match(shown(page), /giống vietcombank\.com\.vn nhưng tên miền thật là vietcornbank\.test\./);
  assert.deepEqual([...page.document.querySelectorAll("#answer .names bdi")].map(({ textContent }) => textContent), ["vietcombank.com.vn", "vietcornbank.test"]);
});

test("the age of the lists is one quiet line, and no line where the service is off", async () => {
  for (const [answer, line] of [[() => on, "Danh sách địa chỉ: cập nhật hôm nay · Dấu\u00a0hiệu:\u00a0hôm\u00a0nay"], [() => ({ ...on, state: "off" }), ""]]) {
    const page = await openPage("popup", { answer });
    await settle();
    const ages = page.document.getElementById("ages");
    assert.deepEqual([ages.textContent, ages.hidden], [line, line === ""]);
  }
});

for (const [name, answer] of [
  ["off", (message) => (message.type === "check" ? { state: "off" } : { state: "off", rules: null, service: null })],
  ["silent", () => undefined],
]) {
  test(`with the service ${name} the popup says so loudly and still offers help`, async () => {
    const page = await checked("đừng kể ai", answer);
    assert.equal(page.document.getElementById("state").dataset.state, "off");
    assert.equal(page.document.getElementById("state-line").textContent, words("vi").page_state_off.message);
    assert.match(shown(page), /Chưa xem được/);
    assert.equal(page.document.getElementById("answer-tell").hidden, false);
  });
}

test("an answer goes away when the words change", async () => {
  const page = await checked("chào", replying(verdict("caution")));
  page.type("paste", "chào bạn");
  assert.equal(page.document.getElementById("answer").hidden, true);
});

test("somebody on the phone: one press opens the questions, and asks the worker nothing", async () => {
  const page = await openPage("popup", { answer: () => undefined });
  await settle();
  browser.asked = [];
  page.press("on-the-phone");
  await settle();
  assert.deepEqual(browser.asked, [{ type: "tab", url: "chrome-extension://id/pages/phone.html" }]);
});

test("when the worker cannot open the window, a tab opens", async () => {
  const page = await openPage("popup");
  page.press("tell");
  await settle();
  assert.deepEqual(browser.asked.at(-1), { type: "tab", url: "chrome-extension://id/pages/tell.html" });
});

test("old rules are shown with their age", async () => {
  const page = await openPage("popup", { answer: () => ({ ...on, rules: { ...on.rules, state: "old", age_days: 95 } }) });
  await settle();
  assert.match(page.document.getElementById("state-mend").textContent, /95 ngày/);
});

test("try again asks the worker to look for the service anew", async () => {
  const page = await openPage("popup", { answer: (message) => (message.type === "reconnect" ? on : { state: "not_installed", rules: null, service: null }) });
  await settle();
  assert.equal(page.document.getElementById("state-line").textContent, words("vi").page_state_not_installed.message);
  page.press("state-retry");
  await settle();
  assert.equal(page.document.getElementById("state").dataset.state, "on");
  assert.equal(page.document.getElementById("state-mend").hidden, true);
});

for (const [what, pageAnswer, isHidden] of [
  ["a chat page in front that cannot be read any more is named calmly", async () => ({ silent: true }), false],
  ["a chat page that is read is no news", async () => ({ silent: false }), true],
  ["neither is a page without our scripts", () => Promise.reject(new Error("Receiving end does not exist.")), true],
]) {
  test(what, async () => {
    Object.assign(browser, { front: [{ id: 3 }], pageAnswer });
    const page = await openPage("popup", { answer: () => on });
    await settle();
    const line = page.document.getElementById("page-silent");
    assert.equal(line.hidden, isHidden);
    assert.equal(line.textContent, words("vi").popup_page_silent.message);
    Object.assign(browser, { front: [], pageAnswer: async () => null });
  });
}

const chat = (isOn) => async () => ({ silent: false, on: isOn, site: "https://chat.zalo.me/index.html" });

test("one press switches us off on the site in front, another one on again", async () => {
  Object.assign(browser, { front: [{ id: 3 }], pageAnswer: chat(true) });
  const { document, press } = await openPage("popup", { answer: () => on });
  await settle();
  const isShown = (id) => !document.getElementById(id).hidden;
  assert.deepEqual([isShown("turn-off"), isShown("site-off"), isShown("page-unseen")], [true, false, false]);
  press("turn-off");
  await settle();
  assert.deepEqual(browser.kept.options.sites_off, ["chat.zalo.me"]);
  assert.deepEqual([isShown("turn-off"), isShown("site-off")], [false, true]);
  press("turn-on");
  await settle();
  assert.deepEqual(browser.kept.options.sites_off, []);
  assert.deepEqual([isShown("turn-off"), isShown("site-off")], [true, false]);
});

test("a page that cannot be looked at says so, and how to mend it", async () => {
  Object.assign(browser, { front: [{ id: 3 }], pageAnswer: async () => Promise.reject(new Error("no receiving end")) });
  const { document } = await openPage("popup", { answer: () => on });
  await settle();
  assert.equal(document.getElementById("page-unseen").hidden, false);
  assert.equal(document.getElementById("turn-off").hidden, true, "there is nothing to switch off");
});

test("opened from the menu: what was marked stands there and is checked at once", async () => {
  const { document } = await openPage("popup", { search: "?asked", answer: ({ type }) => ({ asked_text: "chuyển tiền gấp", status: on })[type] ?? null });
  await settle();
  assert.equal(document.getElementById("paste").value, "chuyển tiền gấp");
  assert.equal(browser.asked.find(({ type }) => type === "check").request.messages[0].text, "chuyển tiền gấp");
  assert.equal(document.getElementById("page-unseen").hidden, true, "no page is in front of this window");
});

test("opened from the menu after the worker slept: an empty field, and no question", async () => {
  const { document } = await openPage("popup", { search: "?asked" });
  await settle();
  assert.equal(document.getElementById("paste").value, "");
  assert.ok(!browser.asked.some(({ type }) => type === "check"));
});

const MONEY = "00020101021138540010A00000072701240006970400011009000001230208QRIBFTTA5303704540720000005802VN5912NGUYEN VAN A62130809phi ho so6304ABCD";

/** A popup into which a picture is pasted that says *texts*, in a browser that reads codes itself. */
async function pastedPicture(texts, { type = "image/png", how = "paste", answer = replying(verdict("no_information")) } = {}) {
  globalThis.FileReader = class {
    readAsDataURL() {
      queueMicrotask(() => this.onload());
    }
  };
  globalThis.Image = class {
    naturalWidth = 1;
    naturalHeight = 1;
    set src(_) {
      queueMicrotask(() => this.onload());
    }
  };
  globalThis.BarcodeDetector = class {
    static getSupportedFormats = async () => ["qr_code"];
    detect = async () => texts.map((rawValue) => ({ rawValue }));
  };
  const page = await openPage("popup", { answer });
  globalThis.window.HTMLCanvasElement.prototype.getContext = () => null;
  page.type("paste", "chữ cũ");
  const event = new page.document.defaultView.Event(how, { bubbles: true, cancelable: true });
  const given = { files: [{ type, size: 100 }], types: ["Files"] };
  Object.assign(event, { clipboardData: given, dataTransfer: given });
  page.document.getElementById("paste").dispatchEvent(event);
  for (let turns = 0; turns < 10; turns += 1) await settle();
  return { ...page, event, shows: (id) => !page.document.getElementById(id).hidden };
}

for (const how of ["paste", "drop"]) {
  test(`a picture by ${how}: the address in its code is judged as a link, and stands in the field`, async () => {
    const listed = replying(verdict("no_information"), [verdict("danger", { title: { vi: "Địa chỉ từng bị báo cáo", en: "Reported" } })]);
    const page = await pastedPicture(["https://vnpost-giaohang.example/nhan"], { how, answer: listed });
    assert.equal(page.event.defaultPrevented, true);
    assert.equal(page.document.getElementById("paste").value, "https://vnpost-giaohang.example/nhan");
    assert.deepEqual(browser.asked.find(({ type }) => type === "check").request.links.map(({ url }) => url), ["https://vnpost-giaohang.example/nhan"]);
    assert.match(shown(page), /Địa chỉ từng bị báo cáo/);
    assert.equal(page.shows("money"), false);
  });
}

test("a bank's code is told as what it is, with name and account, and one calm sentence", async () => {
  const page = await pastedPicture([MONEY]);
  const said = page.document.getElementById("money").textContent.replaceAll(/\s+/g, " ");
  assert.match(said, /Đây là mã chuyển tiền Người nhậnNGUYEN VAN ASố tài khoản0900000123Mã ngân hàng970400Số tiền2\.000\.000 đNội dungphi ho so/);
  assert.match(said, /hỏi người nhà/);
  assert.equal(page.document.getElementById("paste").value, "");
  assert.deepEqual([page.shows("money"), page.shows("answer")], [true, false]);
  assert.ok(!browser.asked.some(({ type }) => type === "check"));
  page.type("paste", "a");
  assert.equal(page.shows("money"), false, "it never stands beside other words");
});

test("money and an address in one picture: both are told", async () => {
  const page = await pastedPicture([MONEY, "https://a.example"]);
  assert.deepEqual([page.shows("money"), page.shows("answer")], [true, true]);
  assert.equal(page.document.getElementById("paste").value, "https://a.example");
});

for (const [what, texts, how, key] of [
  ["a picture without a code", [], {}, "popup_picture_no_code"],
  ["a file that is no picture", [], { type: "image/svg+xml" }, "popup_picture_no_picture"],
]) {
  test(`${what} is told calmly`, async () => {
    const page = await pastedPicture(texts, how);
    assert.equal(page.document.getElementById("answer-level").textContent, words("vi")[key].message);
    assert.equal(page.document.getElementById("answer").dataset.level, "no_information");
  });
}

test("pasted words go their usual way", async () => {
  const page = await openPage("popup", { answer: () => on });
  const event = new page.document.defaultView.Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { files: [], types: ["text/plain"] } });
  page.document.getElementById("paste").dispatchEvent(event);
  assert.equal(event.defaultPrevented, false);
});

test("in the toolbar's popup, which a file dialog would close, a window of our own opens", async () => {
  const opened = [];
  browser.windows = { create: async ({ url }) => opened.push(url) };
  browser.extension = { getViews: () => [globalThis.window] };
  const page = await openPage("popup", { answer: () => on });
  page.press("pick");
  assert.deepEqual(opened, ["chrome-extension://id/pages/popup.html?picture"]);
  delete browser.extension;
  delete browser.windows;
  let pressed = 0;
  page.document.getElementById("picture").click = () => (pressed += 1);
  page.press("pick");
  assert.equal(pressed, 1);
});

test("with a PIN the press that switches us off here waits for it, and a coming reset is told", async () => {
  const pin = { outcome: "ok", is_set: true, wait_s: 0, reset_in_s: 7200 };
  Object.assign(browser, { front: [{ id: 3 }], pageAnswer: chat(true) });
  const { document, press } = await openPage("popup", { answer: ({ type }) => (type === "pin" ? pin : on) });
  await settle();
  assert.equal(document.getElementById("pin-reset").textContent, words("vi").pin_reset_comes.message.replace("$1", "2"));
  press("turn-off");
  await settle();
  assert.equal(browser.kept.options, undefined);
  document.querySelector("dialog input").value = "482913";
  document.querySelector("dialog form").requestSubmit();
  await settle();
  assert.deepEqual(browser.kept.options.sites_off, ["chat.zalo.me"]);
  press("turn-on");
  await settle();
  assert.deepEqual(browser.kept.options.sites_off, [], "to switch on again is free");
  Object.assign(browser, { front: [], pageAnswer: async () => null });
});
