import assert from "node:assert/strict";
import { test } from "node:test";

import { makeReason, makeVerdict, openPage, settled, WORDS } from "./page.mjs";

const ORDINARY = "https://page.test/bai";
const BAD = "https://vietcornbank.example/";
const LIKE = { like: "vietcombank.com.vn", actual: "vietcornbank.example", differs: [[6, 8]] };
const BIG = { width: 600, height: 400 };
const FRAME = `<iframe src="${BAD}dang-nhap?x=1"></iframe>`;

/** A service to which every address of vietcornbank is *level*; frames are of another site and on screen. */
function openCorner(html = "<p>x</p>", { url = ORDINARY, level = "danger", least, size = BIG, told = [], worker = {}, isSameSite = false } = {}) {
  const page = openPage(html, { url });
  const { document } = page;
  const asked = [];
  const signs = [];
  const make = page.ours.warning.makeCard;
  page.ours.warning.makeCard = (...what) => (signs.push(make(...what)), signs.at(-1));
  for (const frame of document.querySelectorAll("iframe")) {
    Object.defineProperty(frame, "contentDocument", { value: isSameSite ? document.implementation.createHTMLDocument() : null });
  }
  let report = () => {};
  class Observer {
    constructor(listen) {
      report = (target, isIntersecting, boundingClientRect) => listen([{ target, isIntersecting, boundingClientRect }]);
    }
    observed = new Set();
    observe(target) {
      if (!this.observed.has(target)) setImmediate(() => report(target, true, size)); // it tells of changes only
      this.observed.add(target);
    }
    unobserve(target) {
      this.observed.delete(target);
    }
    disconnect() {}
  }
  let takes = null;
  page.ours.downloads.follow = (listen) => (takes = listen);
  const corner = page.ours.corner.watchCorner({
    document, neutral: true, least, Observer,
    tell: () => {},
    isTold: (kind) => told.includes(kind),
    ask: async ({ request }) => {
      asked.push(Array.from(request.links, (link) => link.url));
      await worker.hold;
      if (worker.state) return { state: worker.state };
      const verdict = ({ id, url: address }) => {
        const isBad = address.includes("vietcornbank");
        const reasons = isBad ? [{ ...makeReason(address, "vietcornbank.example", id), rule: "lookalike.x", compare: LIKE }] : [];
        return makeVerdict(isBad ? level : "no_information", reasons, { id });
      };
      return { state: "on", reply: { links: request.links.map(verdict) } };
    },
  });
  for (const frame of document.querySelectorAll("iframe")) corner.meet(frame);
  const standing = () => signs.filter(({ host }) => host.isConnected);
  const says = () => standing().map(({ root }) => ["password", "app"].find((kind) => root.textContent.includes(WORDS[`card_field_${kind}`].message)));
  return { ...page, asked, signs, corner, worker, standing, says, takes: (address) => takes(address), report: (...what) => report(...what) };
}

test("an app's file that a script takes from a borrowed name gets a card in the corner of the window", async () => {
  const { document, asked, standing, says, takes, corner } = openCorner();
  takes(`${BAD}tai/vcb.apk?v=2`);
  await settled();
  assert.deepEqual(asked, [[ORDINARY, `${BAD}tai/vcb.apk`]]);
  assert.deepEqual(says(), ["app"]);
  assert.equal(standing()[0].host.parentElement, document.documentElement);
  assert.ok(standing()[0].body.classList.contains("corner"));
  assert.equal(corner.told().level, "danger");
});

test("so does one that a page with a borrowed name takes from wherever, or makes itself", async () => {
  for (const file of ["https://cdn.example/vcb.apk", "blob:https://vietcornbank.example/1"]) {
    const { says, takes } = openCorner("<p>x</p>", { url: `${BAD}x`, level: "caution" });
    takes(file);
    await settled();
    assert.deepEqual(says(), ["app"], file);
  }
});

test("a page whose own path ends as such a file's gets it as it opens", async () => {
  const { says, asked } = openCorner("<p>x</p>", { url: `${BAD}tai/vcb.apk` });
  await settled();
  assert.deepEqual(says(), ["app"]);
  assert.deepEqual(asked, [[`${BAD}tai/vcb.apk`]]);
});

test("an app of which nothing is known gets none, and nothing is asked where none is taken", async () => {
  const { signs, takes, asked } = openCorner();
  await settled();
  assert.deepEqual(asked, []);
  takes("https://cdn.example/tro-choi.apk");
  await settled();
  assert.deepEqual(signs, []);
});

test("where the card stands beside the link already there is none in the corner", async () => {
  const { signs, takes } = openCorner("<p>x</p>", { told: ["app"] });
  takes(`${BAD}vcb.apk`);
  await settled();
  assert.deepEqual(signs, []);
});

test("a frame of another site whose address borrows a name gets a card that speaks of passwords", async () => {
  const { asked, says } = openCorner(FRAME, { level: "caution" });
  await settled();
  assert.deepEqual(asked, [[ORDINARY, `${BAD}dang-nhap`]], "what the address carries is not asked about");
  assert.deepEqual(says(), ["password"]);
});

for (const [what, how, expected] of [
  ["a frame that nobody knows, on a page that is a danger by its own address", { url: BAD }, ["password"]],
  ["the same on a page of which there is less to say", { url: BAD, level: "caution" }, []],
  ["one on a page that nobody knows either", {}, []],
  ["one too low to type into", { url: BAD, size: { width: 300, height: 60 } }, []],
  ["one too narrow to type into", { url: BAD, size: { width: 150, height: 400 } }, []],
  ["one of the same site: what is in it is looked at itself", { url: BAD, isSameSite: true }, []],
]) {
  test(`${what}: ${expected.length > 0 ? "a card" : "none"}`, async () => {
    const { says } = openCorner('<iframe src="https://khung.example/vao"></iframe>', how);
    await settled();
    assert.deepEqual(says(), expected);
  });
}

test("the card of a frame goes when the frame is hidden; one that leads elsewhere is looked at again", async () => {
  const { document, window, says, report } = openCorner('<iframe src="https://khung.example/vao"></iframe>');
  const frame = document.querySelector("iframe");
  await settled();
  assert.deepEqual(says(), []);
  frame.src = `${BAD}dang-nhap`;
  frame.dispatchEvent(new window.Event("load"));
  await settled();
  assert.deepEqual(says(), ["password"]);
  report(frame, false, { width: 0, height: 0 });
  assert.deepEqual(says(), []);
});

test("one card at a time: an app's file takes the place of a frame's", async () => {
  const { document, asked, corner, says, signs, takes } = openCorner(FRAME);
  await settled();
  takes(`${BAD}vcb.apk`);
  takes(`${BAD}vcb2.apk`);
  await settled();
  assert.deepEqual(says(), ["app"]);
  assert.equal(signs.length, 2, "it does not move for the next file");
  assert.equal(new Set(asked.flat()).size, asked.flat().length, "nothing is asked twice");
  const later = document.createElement("iframe");
  later.src = `${BAD}khac`;
  document.body.append(later);
  Object.defineProperty(later, "contentDocument", { value: null });
  corner.meet(later);
  await settled();
  assert.deepEqual([says(), signs.length], [["app"], 2], "nor a frame's that of a file");
});

test("a card that the page takes away comes back, though not for ever", async () => {
  const { standing, signs, takes } = openCorner();
  takes(`${BAD}vcb.apk`);
  await settled();
  for (let times = 0; times < 50; times += 1) {
    standing()[0]?.host.remove();
    await settled();
  }
  assert.equal(signs.length, 20);
});

test("of a page with frames without end some are asked about, and an app's file it takes still is", async () => {
  const { asked, takes, says } = openCorner(Array.from({ length: 200 }, (_, at) => `<iframe src="https://k${at}.example/"></iframe>`).join(""));
  await settled();
  assert.equal(new Set(asked.flat()).size, 41);
  takes(`${BAD}vcb.apk`);
  await settled();
  assert.deepEqual(says(), ["app"]);
});

test("with the service off it waits, and retry brings the card; a question it cannot answer ends it", async () => {
  const { worker, corner, takes, says } = openCorner("<p>x</p>", { worker: { state: "off" } });
  takes(`${BAD}vcb.apk`);
  await settled();
  assert.equal(corner.waiting(), true);
  delete worker.state;
  corner.retry();
  await settled();
  assert.deepEqual(says(), ["app"]);
  assert.equal(corner.waiting(), false);
  const broken = openCorner("<p>x</p>", { worker: { state: "broken" } });
  broken.takes(`${BAD}vcb.apk`);
  await settled();
  assert.equal(broken.corner.waiting(), false);
});

test("who wants cards for danger only gets none for less; our own pages are no sites", async () => {
  for (const how of [{ level: "caution", least: "danger" }, { url: "about:blank" }]) {
    const { signs, takes } = openCorner("<p>x</p>", how);
    takes(`${BAD}vcb.apk`);
    await settled();
    assert.deepEqual(signs, []);
  }
});

test("the end takes the card away for good", async () => {
  const { corner, standing, takes } = openCorner();
  takes(`${BAD}vcb.apk`);
  await settled();
  corner.stop();
  assert.deepEqual(standing(), []);
  takes(`${BAD}vcb.apk`);
  await settled();
  assert.deepEqual(standing(), []);
});

test("a frame is looked at once it is on the screen, and one that is gone by then gets no card", async () => {
  const { asked, document, report, signs, worker } = openCorner('<iframe src="https://khung.example/vao"></iframe>', { size: { width: 0, height: 0 } });
  const frame = document.querySelector("iframe");
  await settled();
  frame.src = `${BAD}dang-nhap`;
  report(frame, false, BIG);
  await settled();
  assert.deepEqual(asked, [], "it is below the screen");
  const wait = Promise.withResolvers();
  worker.hold = wait.promise;
  report(frame, true, BIG);
  frame.remove();
  wait.resolve();
  await settled();
  assert.equal(asked.length, 1);
  assert.deepEqual(signs, []);
});
