import assert from "node:assert/strict";
import { test } from "node:test";

import { makeReason, makeVerdict, openPage, settled, WORDS } from "./page.mjs";

const URL_HERE = "https://vietcornbank.example/dang-nhap/x?next=https://another.example/otp#token";
const ASKED = "https://vietcornbank.example/dang-nhap/x";
const FIELD = '<form><p><label>Mật khẩu <input id="it" type="password"></label></p><p id="next">Vào</p></form>';
const SEEN = { width: 100, height: 20 };
const GONE = { width: 0, height: 0 };
const LIKE = { like: "vietcombank.com.vn", actual: "vietcornbank.example", differs: [[6, 8]] };

/** The reason that the service gives for a borrowed name. */
function likeness(url) {
  return { ...makeReason(url, "vietcornbank.example", "page"), rule: "lookalike.disguised_letters", compare: LIKE };
}

/** Fields on a page of which the service says *level* for *reasons*; every field is on screen. */
function openFields(html, { url = URL_HERE, level = "danger", reasons = [likeness(ASKED)], least, watched = false, worker = {} } = {}) {
  const page = openPage(html, { url });
  const { document, window } = page;
  const asked = [];
  const signs = [];
  for (const name of ["makeCard", "makeChip"]) {
    const made = page.ours.warning[name];
    page.ours.warning[name] = (...what) => {
      const sign = made(...what);
      signs.push({ name, sign, verdict: what[1] });
      return sign;
    };
  }
  let report = () => {};
  class Observer {
    constructor(listen) {
      report = (target, isIntersecting, boundingClientRect) => listen([{ target, isIntersecting, boundingClientRect }]);
    }
    observe(target) {
      setImmediate(() => report(target, true, SEEN));
    }
    unobserve() {}
    disconnect() {}
  }
  const told = [];
  const fields = page.ours.fields.watchFields({
    document, neutral: true, least, Observer,
    tell: (verdict) => told.push(verdict),
    ask: async ({ request }) => {
      asked.push(...request.links);
      if (worker.state) return { state: worker.state };
      return { state: "on", reply: { links: [makeVerdict(level, reasons, { id: "page", title: null, first_action: null, severity: 0, watched })] } };
    },
  });
  const links = page.ours.links.watchLinks({
    document, neutral: true, actions: { tell: () => {} }, meet: fields.meet,
    idle: (work) => setImmediate(() => work({ didTimeout: false, timeRemaining: () => 50 })),
    Observer: class { observe() {} unobserve() {} disconnect() {} },
    ask: async () => ({ state: "off" }), now: () => 0,
  });
  const standing = () => signs.filter(({ sign }) => sign.host.isConnected);
  return { ...page, window, asked, fields, links, signs, standing, told, worker, report: (...what) => report(...what) };
}

test("a password field on a page with a borrowed name gets a card right below its row, which says whose it is", async () => {
  const { document, asked, standing } = openFields(FIELD);
  await settled();
  assert.deepEqual(asked.map(({ url }) => url), [ASKED], "what the address carries is not asked about");
  const [{ name, sign }] = standing();
  assert.equal(name, "makeCard");
  assert.equal(sign.host.previousElementSibling, document.querySelector("p"));
  for (const key of ["card_field_password", "card_field_password_do", "card_tell"]) {
    assert.ok(sign.root.textContent.includes(WORDS[key].message), key);
  }
  assert.equal(sign.root.querySelector(".names mark").textContent, "rn");
});

test("what stands in the field is never looked at, and typing goes on", async () => {
  const { document, window, standing } = openFields(FIELD.replace("id=", "value='CANARY' id="));
  const field = document.querySelector("#it");
  for (const name of ["value", "defaultValue"]) {
    Object.defineProperty(field, name, { get: () => assert.fail(`${name} is read`) });
  }
  const getAttribute = field.getAttribute.bind(field);
  field.getAttribute = (name) => (assert.notEqual(name, "value"), getAttribute(name));
  await settled();
  assert.equal(standing().length, 1);
  assert.ok(field.dispatchEvent(new window.KeyboardEvent("keydown", { key: "a", bubbles: true, cancelable: true })));
});

for (const [what, html] of [
  ["a field for a code", '<input autocomplete="section-a One-Time-Code">'],
  ["a field that shows the password", '<input type="text" autocomplete="current-password">'],
]) {
  test(`${what} counts as one`, async () => {
    const { standing } = openFields(html);
    await settled();
    assert.equal(standing().length, 1);
  });
}

for (const [what, link] of [
  ["a path", 'href="/tai/VCB.apk"'],
  ["a parameter", 'href="/tai?tep=vcb.XAPK&v=2"'],
  ["a name to keep it under", 'href="blob:https://vietcornbank.example/1" download="vcb.apk"'],
  ["another site", 'href="https://cdn.example/vcb.apkm"'],
]) {
  test(`a link to an app's file, known by ${what}, gets a card that speaks of apps`, async () => {
    const { standing } = openFields(`<p><a ${link}>Tải về</a></p>`);
    await settled();
    assert.ok(standing()[0].sign.root.textContent.includes(WORDS.card_field_app.message));
  });
}

test("nothing is asked where nobody is to type a secret or take an app", async () => {
  const { asked } = openFields('<input type="search"><input><a href="/apk/huong-dan">Bài</a><a href="/a.apkx">x</a>');
  await settled();
  assert.deepEqual(asked, []);
});

test("no card on a site of which nothing is known, nor where a name is merely odd; nothing is asked again", async () => {
  const odd = { ...makeReason(ASKED, "vietcornbank", "page"), rule: "throwaway.lure", compare: null };
  for (const known of [{ level: "no_information", reasons: [] }, { level: "caution", reasons: [odd] }]) {
    const { document, asked, signs, fields } = openFields(FIELD, known);
    await settled();
    document.body.append(document.querySelector("form").cloneNode(true));
    await settled();
    assert.deepEqual(signs, []);
    assert.equal(asked.length, 1);
    assert.equal(fields.waiting(), false);
  }
});

test("a reported page that somebody went on to is told of too", async () => {
  const listed = { ...makeReason(ASKED, "vietcornbank.example", "page"), rule: "listed.blocked", compare: null };
  const { standing } = openFields(FIELD, { reasons: [listed] });
  await settled();
  assert.equal(standing().length, 1);
});

test("who wants cards for danger only gets none for less", async () => {
  const { signs } = openFields(FIELD, { level: "caution", least: "danger" });
  await settled();
  assert.deepEqual(signs, []);
});

test("our own pages and files are no sites", async () => {
  const { asked } = openFields(FIELD, { url: "about:blank" });
  await settled();
  assert.deepEqual(asked, []);
});

test("another site's address in the path is not asked about", async () => {
  const { asked } = openFields(FIELD, { url: "https://luu-tru.example/web/2026/https://vietcornbank.example/otp" });
  await settled();
  assert.equal(asked[0].url, "https://luu-tru.example/web/2026/");
});

test("one card for several fields; when its field goes, it goes to the next", async () => {
  const { document, standing, report } = openFields('<p><input type="password"></p><p><input id="again" type="password"></p>');
  await settled();
  assert.equal(standing().length, 1);
  const [first, second] = document.querySelectorAll("input");
  assert.equal(standing()[0].sign.host.previousElementSibling, first);
  first.remove();
  report(first, false, GONE);
  assert.equal(standing().length, 1);
  assert.equal(standing()[0].sign.host.previousElementSibling, second);
  report(second, false, GONE); // hidden
  assert.equal(standing().length, 0);
  report(second, true, SEEN);
  assert.equal(standing().length, 1);
  report(second, false, SEEN); // scrolled away: nothing moves
  assert.equal(standing().length, 1);
});

test("a field that comes later, that turns into one, and one in an open shadow root are seen", async () => {
  for (const add of [
    (document) => document.body.append(Object.assign(document.createElement("input"), { type: "password" })),
    (document) => document.querySelector("#plain").setAttribute("type", "password"),
    (document) => {
      const host = document.createElement("x-field");
      const field = document.createElement("input");
      field.type = "password";
      host.attachShadow({ mode: "open" }).append(field);
      document.body.append(host);
    },
  ]) {
    const { document, standing } = openFields('<p><input id="plain" type="text"></p>');
    await settled();
    assert.equal(standing().length, 0);
    add(document);
    await settled();
    assert.equal(standing().length, 1);
  }
});

test("a card that the page takes away comes back, though not for ever", async () => {
  const { standing, signs } = openFields(FIELD);
  await settled();
  standing()[0].sign.host.remove();
  await settled();
  assert.equal(standing().length, 1);
  for (let times = 0; times < 50; times += 1) {
    standing()[0]?.sign.host.remove();
    await settled();
  }
  assert.ok(signs.length < 30, `${signs.length} cards`);
});

test("with the service off it waits, and retry brings the card; a question it cannot answer ends it", async () => {
  const { worker, fields, standing } = openFields(FIELD, { worker: { state: "off" } });
  await settled();
  assert.equal(fields.waiting(), true);
  delete worker.state;
  fields.retry();
  await settled();
  assert.equal(standing().length, 1);
  assert.equal(fields.waiting(), false);
  const broken = openFields(FIELD, { worker: { state: "broken" } });
  await settled();
  assert.equal(broken.fields.waiting(), false);
});

test("where the screen may be watched a neutral chip stands instead", async () => {
  const { standing } = openFields(FIELD, { watched: true });
  await settled();
  assert.equal(standing()[0].name, "makeChip");
});

test("the end takes the card away for good", async () => {
  const { document, standing, fields } = openFields(FIELD);
  await settled();
  fields.stop();
  assert.equal(standing().length, 0);
  document.body.append(document.createElement("hr"));
  await settled();
  assert.equal(standing().length, 0);
});

test("which card stands is told at once, also when its link has just gone", async () => {
  const { document, fields } = openFields('<p><a href="/vcb.apk">Tải về</a></p>');
  assert.equal(fields.tells("app"), false);
  assert.equal(fields.told(), null);
  await settled();
  assert.deepEqual([fields.tells("app"), fields.tells("password"), fields.told().level], [true, false, "danger"]);
  document.querySelector("a").remove();
  assert.equal(fields.tells("app"), false);
});
