import assert from "node:assert/strict";
import { test } from "node:test";

import { makeReason, makeVerdict, openPage, settled } from "./page.mjs";

const BAD = "http://vnpost-giaohang.example/";

/** A worker for which every address with "vnpost-giaohang" is listed, and "kỳ" in one breaks the batch. */
function openLinks(html, { watched = false, neutral = true } = {}) {
  const page = openPage(html);
  const asked = [];
  const kinds = [];
  const { makeBadge, makeChip } = page.ours.warning;
  page.ours.warning.makeBadge = (...what) => (kinds.push("badge"), makeBadge(...what));
  page.ours.warning.makeChip = (...what) => (kinds.push("chip"), makeChip(...what));
  const seen = new Set();
  const observed = new Set();
  let observer = null;
  const worker = { isOff: false };
  let isNear = () => true;
  class Observer {
    constructor(report) {
      this.report = report;
    }
    observe(target) {
      seen.add(target);
      observed.add(target);
      observer = this;
      if (isNear(target)) setImmediate(() => this.report([{ isIntersecting: true, target }]));
    }
    unobserve(target) {
      observed.delete(target);
    }
    disconnect() {}
  }
  const watch = page.ours.links.watchLinks({
    document: page.document,
    neutral,
    actions: { tell: () => {} },
    idle: (work) => setImmediate(() => work({ didTimeout: false, timeRemaining: () => 50 })),
    Observer,
    now: () => 0,
    ask: async ({ request }) => {
      asked.push(request.links);
      if (worker.isOff) return { state: "off" };
      if (request.links.some(({ url }) => url.includes("/broken"))) return { state: "broken" };
      const links = request.links.map(({ id, url }) => {
        const isListed = url.includes("vnpost-giaohang");
        const isShort = url.includes("rut-gon");
        const rule = isShort ? "hides.shortener" : "listed.blocked";
        const reasons = isListed || isShort ? [{ ...makeReason(url, new URL(url).hostname, id), rule }] : [];
        return makeVerdict(isListed ? "danger" : "no_information", reasons, { id, watched });
      });
      return { state: "on", reply: { links } };
    },
  });
  const add = (href) => {
    const anchor = page.document.createElement("a");
    anchor.href = href;
    anchor.textContent = "Bưu phẩm";
    page.document.body.append(anchor);
  };
  const marked = () => [...page.document.querySelectorAll("a")].filter((anchor) => isOurs(anchor.nextElementSibling));
  const isOurs = (element) => element?.tagName === "SPAN" && element.childNodes.length === 0;
  const scroll = (target, isIntersecting) => observed.has(target) && observer.report([{ isIntersecting, target }]);
  return { ...page, asked, seen, scroll, isOurs, worker, watch, kinds, marked, add, setNear: (near) => (isNear = near) };
}

test("a listed link gets its badge right after it, a harmless one nothing", async () => {
  const { marked } = openLinks(`<p><a id="bad" href="${BAD}">Bưu phẩm</a> rồi <a href="https://a.example/">Bài</a></p>`);
  await settled();
  assert.deepEqual(marked().map(({ id }) => id), ["bad"]);
});

test("a reason without a warning, as of a shortened address, marks nothing on the page", async () => {
  const { asked, marked } = openLinks('<a href="https://rut-gon.example/x1">Bài</a>');
  await settled();
  assert.equal(asked.flat().length, 1);
  assert.deepEqual(marked(), []);
});

test("each address is asked about once", async () => {
  const row = `<a href="${BAD}">Bưu phẩm</a>`;
  const { asked, marked, add } = openLinks(row.repeat(30));
  await settled();
  assert.equal(asked.flat().length, 1);
  assert.equal(marked().length, 30);
  add(BAD);
  await settled();
  assert.equal(asked.flat().length, 1);
  assert.equal(marked().length, 31);
});

test("links far from the screen wait", async () => {
  const page = openLinks("<p>x</p>");
  page.setNear(() => false);
  page.add(BAD);
  await settled();
  assert.equal(page.asked.length, 0);
  assert.equal(page.seen.size, 1);
});

test("scripts, data, broken and inner addresses are never sent", async () => {
  const { asked } = openLinks(
    '<a href="javascript:x()">x</a><a href="data:,x">x</a><a href="http://[">x</a><a href="#x">x</a><a href="/x">x</a>',
  );
  await settled();
  assert.deepEqual(asked, []);
});

test("what a person is writing is neither sent nor marked", async () => {
  const { asked } = openLinks(`<div contenteditable="true"><p><a href="${BAD}">x</a></p></div>`);
  await settled();
  assert.deepEqual(asked, []);
});

test("a link that changes its goal is looked at again", async () => {
  const { document, marked } = openLinks('<a id="it" href="https://a.example/">x</a>');
  await settled();
  document.querySelector("#it").href = BAD;
  await settled();
  assert.equal(marked().length, 1);
  document.querySelector("#it").href = "https://a.example/";
  await settled();
  assert.equal(marked().length, 0);
});

test("a removed link takes its badge along", async () => {
  const { document } = openLinks(`<p><a id="it" href="${BAD}">x</a></p>`);
  await settled();
  assert.equal(document.querySelector("p").children.length, 2);
  document.querySelector("#it").remove();
  await settled();
  assert.equal(document.querySelector("p").children.length, 0);
});

test("with the service off links wait, and retry marks them", async () => {
  const page = openLinks("<p>x</p>");
  page.worker.isOff = true;
  page.add(BAD);
  await settled();
  assert.equal(page.watch.waiting(), true);
  page.worker.isOff = false;
  page.watch.retry();
  await settled();
  assert.equal(page.watch.waiting(), false);
  assert.equal(page.marked().length, 1);
});

test("one question that the service refuses does not keep the others from their answers", async () => {
  const many = Array.from({ length: 20 }, (_, at) => `<a href="https://a${at}.example/">x</a>`).join("");
  const page = openLinks(`${many}<a href="https://b.example/broken">x</a><a href="${BAD}">x</a>`);
  await settled();
  for (let tries = 0; tries < 12; tries += 1) {
    page.watch.retry();
    await settled();
  }
  assert.equal(page.watch.waiting(), false);
  assert.equal(page.marked().length, 1);
});

test("a watched verdict shows a neutral chip instead of a badge", async () => {
  for (const [neutral, kind] of [[true, "chip"], [false, "badge"]]) {
    const { kinds } = openLinks(`<a href="${BAD}">x</a>`, { watched: true, neutral });
    await settled();
    assert.deepEqual(kinds, [kind]);
  }
});

test("a badge stands near the screen only: it goes with its link and comes back with it", async () => {
  const { document, asked, marked, scroll } = openLinks(`<a href="${BAD}">x</a><a href="https://a.example/">y</a>`);
  await settled();
  const [bad, harmless] = document.querySelectorAll("a");
  for (const [isNear, count] of [[false, 0], [true, 1], [true, 1], [false, 0], [true, 1]]) {
    scroll(bad, isNear);
    scroll(harmless, isNear);
    await settled();
    assert.equal(marked().length, count);
  }
  assert.equal(asked.length, 1, "the verdict is remembered");
});

test("an answer that comes when its link has left the screen leaves no badge there", async () => {
  const { document, marked, setNear } = openLinks(`<a href="${BAD}">x</a>`);
  await settled();
  setNear(() => false);
  document.querySelector("a").href = `${BAD}khac`;
  await settled();
  assert.equal(marked().length, 0);
});

test("links in an open shadow root are marked, those that come later and in a root within it too", async () => {
  const { document, isOurs } = openLinks("<div id=host></div>");
  const root = document.querySelector("#host").attachShadow({ mode: "open" });
  root.append(document.createElement("section"));
  document.body.append(document.createElement("hr")); // a change by which the host is seen again
  document.body.append(document.querySelector("#host"));
  await settled();
  const add = (where) => {
    const anchor = document.createElement("a");
    anchor.href = BAD;
    where.append(anchor);
    return anchor;
  };
  const first = add(root.firstChild);
  const inner = document.createElement("div");
  const second = add(inner.attachShadow({ mode: "open" }));
  root.append(inner);
  await settled();
  assert.ok(isOurs(first.nextElementSibling));
  assert.ok(isOurs(second.nextElementSibling));
});

test("what is written inside a shadow root of an editor is left alone", async () => {
  const { document, asked } = openLinks('<div contenteditable="true"><p id=host></p></div>');
  const anchor = document.createElement("a");
  anchor.href = BAD;
  document.querySelector("#host").attachShadow({ mode: "open" }).append(anchor);
  document.body.append(document.querySelector("div"));
  await settled();
  assert.deepEqual(asked, []);
});

test("links in a frame of the same site are marked in the frame", async () => {
  const { document, isOurs } = openLinks("<iframe></iframe>");
  const inside = document.querySelector("iframe").contentDocument;
  const anchor = inside.createElement("a");
  anchor.href = BAD;
  inside.body.append(anchor);
  await settled();
  assert.ok(isOurs(anchor.nextElementSibling));
  assert.equal(anchor.nextElementSibling.ownerDocument, inside);
});

test("the end takes every badge away, wherever it stands", async () => {
  const { document, watch, isOurs } = openLinks(`<a href="${BAD}">x</a><div id=host></div>`);
  const hidden = document.createElement("a");
  hidden.href = BAD;
  document.querySelector("#host").attachShadow({ mode: "open" }).append(hidden);
  document.body.append(document.querySelector("#host"));
  await settled();
  assert.ok(isOurs(hidden.nextElementSibling));
  watch.stop();
  assert.equal(hidden.nextElementSibling, null);
  assert.ok(![...document.body.children].some(isOurs));
});

test("a badge that the page takes away comes back, though not for ever, and what it told of stays known", async () => {
  const { document, kinds, marked, watch } = openLinks(`<p><a href="${BAD}">Bưu phẩm</a></p>`);
  await settled();
  const first = document.querySelector("a").nextSibling;
  first.remove();
  await settled();
  assert.equal(marked().length, 1);
  assert.notEqual(document.querySelector("a").nextSibling, first, "a new one: what the page did to the old one is gone");
  for (let times = 0; times < 50; times += 1) {
    document.querySelector("a").nextSibling?.remove();
    await settled();
  }
  assert.equal(kinds.length, 21);
  assert.equal(watch.told().level, "danger");
});

test("a badge that goes with a box into which the page had put it comes back beside its link", async () => {
  const { document, marked } = openLinks(`<p><a href="${BAD}">Bưu phẩm</a></p><div></div>`);
  await settled();
  document.querySelector("div").append(document.querySelector("a").nextSibling);
  await settled();
  document.querySelector("div").remove();
  await settled();
  assert.equal(marked().length, 1);
});

test("a badge that stands is left alone, whatever else the page takes away", async () => {
  const { document, kinds } = openLinks(`<a href="${BAD}">x</a><hr>`);
  await settled();
  const first = document.querySelector("a").nextSibling;
  document.querySelector("hr").remove();
  await settled();
  assert.equal(kinds.length, 1);
  assert.equal(document.querySelector("a").nextSibling, first);
});

test("a badge that the page takes away and puts back at once does not stand there twice", async () => {
  const { document, isOurs, kinds } = openLinks(`<p><a href="${BAD}">Bưu phẩm</a></p>`);
  await settled();
  const first = document.querySelector("a").nextSibling;
  first.remove();
  await Promise.resolve(); // that is told of, and it is on its way back
  document.querySelector("p").append(first);
  await settled();
  assert.equal(kinds.length, 2);
  assert.equal([...document.querySelector("p").children].filter(isOurs).length, 1);
});

test("many badges that are taken away at once come back in idle slices, each once", async () => {
  const { document, kinds, marked } = openLinks(`<a href="${BAD}">x</a>`.repeat(40));
  await settled();
  for (const anchor of document.querySelectorAll("a")) anchor.nextSibling.remove();
  document.body.append(document.createElement("hr"));
  await Promise.resolve(); // that is told of, and they are not back yet
  document.querySelector("hr").remove();
  await settled();
  assert.equal(marked().length, 40);
  assert.equal(kinds.length, 80);
});

test("what a badge tells of is known as long as its link is on the page", async () => {
  const { document, watch } = openLinks(`<p><a href="${BAD}">Bưu phẩm</a></p>`);
  assert.equal(watch.told(), null);
  await settled();
  assert.equal(watch.told().level, "danger");
  document.querySelector("a").nextSibling.remove(); // the page takes the badge away
  assert.equal(watch.told().level, "danger");
  document.querySelector("p").remove();
  assert.equal(watch.told(), null);
});
