import assert from "node:assert/strict";
import { test } from "node:test";

import { makeDisclosure, makeReason, makeVerdict, openPage, readPage, settled } from "./page.mjs";

const RANKS = ["no_information", "caution", "danger"];

/** A worker that counts the word "kín": once is a caution, twice a danger; "dọa" tells of harm. */
function judge(messages, { watched = false } = {}) {
  const reasons = [];
  const hidden = []; // told without a warning
  const levels = {};
  for (const { id, text } of messages) {
    if (text.includes("rut-gon")) hidden.push({ ...makeReason(text, "rut-gon.example", id), rule: "hides.shortener" });
    if (text.includes("kín")) reasons.push(makeReason(text, "kín", id));
    levels[id] = RANKS[Math.min(reasons.length, 2)];
  }
  const level = RANKS[Math.min(reasons.length, 2)];
  const told = messages.filter(({ text, from_me }) => from_me && text.includes("dọa"));
  return {
    messages: told.map(({ id }) => makeDisclosure(id, { watched })),
    conversation: makeVerdict(level, [...reasons, ...hidden], { levels, watched, help: told.length > 0 }),
  };
}

function openChat({ neutral = true, watched = false, ...chosen } = {}) {
  const page = openPage(readPage("zalo.html"), { url: "https://chat.zalo.me/" });
  page.window.eval(readPage("zalo.js"));
  const asked = [];
  const told = [];
  const worker = { isOff: false, hold: null, judge, quiet: new Map(), speaksUp: false };
  const [adapter] = page.ours.adapters;
  const { warning: { makeCard, makeChip }, help: { makeHelp } } = page.ours;
  const shown = [];
  const remember = (kind, make) => (document, verdict, ...rest) => {
    const sign = make(document, verdict, ...rest);
    const form = rest.find((each) => "neutral" in each);
    shown.push({ kind: form?.neutral ? `${kind} chip` : kind, level: verdict.level, sign, actions: rest.find((each) => each.tell) });
    return sign;
  };
  page.ours.warning = { ...page.ours.warning, makeCard: remember("card", makeCard), makeChip: remember("chip", makeChip) };
  page.ours.help = { makeHelp: remember("help", makeHelp) };
  const watch = page.ours.watch.watchConversation({
    document: page.document,
    adapter,
    neutral,
    ...chosen,
    tell: (verdict) => told.push(verdict),
    later: (work) => setImmediate(work),
    ask: async (message) => {
      if (message.type === "not_so") return void worker.quiet.set(message.conversation, message.messages);
      asked.push(message);
      await worker.hold;
      if (worker.isOff) return { state: "off" };
      const quiet = worker.quiet.has(message.conversation ?? message.visit) && !worker.speaksUp;
      return { state: "on", quiet, reply: worker.judge(message.request.messages, { watched }) };
    },
  });
  /** The sign that stands now, and the message it stands beside. */
  const standing = () => {
    const now = shown.filter(({ sign }) => sign.host.isConnected);
    assert.ok(now.length <= 1, "one sign a conversation");
    return now.length ? { kind: now[0].kind, level: now[0].level, beside: now[0].sign.host.parentElement.id, ...now[0] } : null;
  };
  return { ...page, chat: page.window.chat, adapter, asked, told, worker, watch, shown, standing };
}

/** Facebook with two chat tabs, and the worker above. */
function openTabs() {
  const page = openPage(readPage("facebook.html"), { url: "https://www.facebook.com/" });
  page.window.eval(readPage("messenger.js"));
  const asked = [];
  const worker = { isOff: false, hold: null };
  const watch = page.ours.watch.watchConversation({
    document: page.document,
    adapter: page.ours.adapters.find(({ name }) => name === "messenger"),
    neutral: true,
    tell() {},
    later: (work) => setImmediate(work),
    ask: async (message) => {
      asked.push(message);
      await worker.hold;
      return worker.isOff ? { state: "off" } : { state: "on", reply: judge(message.request.messages) };
    },
  });
  const { chat, other } = page.window;
  const here = (moves) => [...moves.signs()].filter((beside) => beside !== null);
  return { ...page, asked, worker, watch, signs: () => [here(chat), here(other)] };
}

test("no sign for an opening, a card at the message where the level is reached", async () => {
  const { chat, standing } = openChat();
  chat.receive("Chào em");
  await settled();
  assert.equal(standing(), null);
  const place = chat.receive("Giữ kín nhé");
  await settled();
  assert.deepEqual([standing().kind, standing().level, standing().beside], ["card", "caution", place]);
});

test("a shortened address gets no sign by itself, whatever is known of it", async () => {
  const { chat, standing, asked } = openChat();
  chat.receive("Xem rut-gon.example/x1 nhé");
  await settled();
  assert.equal(asked.length, 1);
  assert.equal(standing(), null);
});

test("the card moves up when the level rises, and stays when more of the same comes", async () => {
  const { chat, standing, shown } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  const place = chat.receive("Nhớ giữ kín");
  await settled();
  assert.deepEqual([standing().level, standing().beside], ["danger", place]);
  const cards = shown.length;
  for (let more = 0; more < 60; more += 1) chat.receive(`kín ${more}`);
  await settled();
  assert.equal(standing().beside, place);
  assert.equal(shown.length, cards);
});

test("the whole visible window is sent, at most fifty, with the conversation's key", async () => {
  const { chat, asked } = openChat();
  for (let at = 0; at < 70; at += 1) chat.receive(`tin ${at}`);
  chat.send("dạ");
  await settled();
  const { request, conversation } = asked.at(-1);
  assert.equal(request.messages.length, 50);
  assert.deepEqual([request.messages.at(-1).text, request.messages.at(-1).from_me], ["dạ", true]);
  assert.equal(conversation, "u100");
  assert.ok(!JSON.stringify(asked).includes("CANARY"));
});

test("nothing is asked again while nothing changes", async () => {
  const { chat, asked, document } = openChat();
  chat.receive("Chào em");
  await settled();
  const before = asked.length;
  document.querySelector("#richInput").append("gõ tiếp");
  document.querySelector("#messageViewScroll").append(document.createElement("i"));
  await settled();
  assert.equal(asked.length, before);
});

test("another conversation starts clean, and a late answer to the last one is dropped", async () => {
  const { chat, shown, worker } = openChat();
  let release;
  worker.hold = new Promise((resolve) => {
    release = resolve;
  });
  chat.receive("Giữ kín nhé");
  await settled();
  chat.open("u200");
  chat.receive("Mẹ về muộn nhé");
  await settled();
  release();
  worker.hold = null;
  await settled();
  assert.deepEqual(shown, []);
});

test("a message that comes while the last one is asked about is asked about next", async () => {
  const { chat, standing, worker } = openChat();
  let release;
  worker.hold = new Promise((resolve) => {
    release = resolve;
  });
  chat.receive("Chào em");
  await settled();
  const place = chat.receive("Giữ kín nhé");
  await settled();
  release();
  await settled();
  assert.equal(standing().beside, place);
});

test("rows that are drawn anew while they are asked about get the sign where they stand then", async () => {
  const { chat, document, worker, standing } = openChat();
  let answer;
  worker.hold = new Promise((resolve) => (answer = resolve));
  chat.receive("Giữ kín nhé");
  await settled();
  const list = document.querySelector("#list");
  const copy = list.firstElementChild.cloneNode(true);
  list.replaceChildren(copy);
  await settled();
  answer();
  await settled();
  assert.equal(standing()?.sign.host.parentElement, copy);
});

test("a message is read once, and its answer alone is no reason to read it again", async () => {
  const { chat, adapter, asked } = openChat();
  await settled();
  let reads = 0;
  const { messages } = adapter;
  adapter.messages = (box) => ((reads += 1), messages(box));
  chat.receive("Chào em");
  await settled();
  assert.deepEqual([reads, asked.length], [1, 1]);
});

test("where only danger is to be told of, a caution stays silent", async () => {
  const { chat, standing } = openChat({ least: "danger" });
  chat.receive("Giữ kín nhé");
  await settled();
  assert.equal(standing(), null);
  chat.receive("Nhớ giữ kín");
  await settled();
  assert.equal(standing().level, "danger");
});

test("the sign goes when its conversation is emptied", async () => {
  const { chat, standing } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  chat.clear();
  await settled();
  assert.equal(standing(), null);
  const place = chat.receive("Giữ kín cửa");
  await settled();
  assert.equal(standing().beside, place);
});

test("the sign goes when the conversation changes", async () => {
  const { chat, standing } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  assert.ok(standing());
  chat.open("u200");
  await settled();
  assert.equal(standing(), null);
});

test("waving a caution away silences it here, but not a danger", async () => {
  const { chat, standing } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  standing().actions.notSo();
  chat.receive("Em ăn cơm chưa");
  await settled();
  assert.equal(standing(), null);
  chat.receive("Nhớ giữ kín");
  await settled();
  assert.equal(standing().level, "danger");
});

test("the worker learns which messages were waved away, and under which name", async () => {
  const { chat, standing, worker } = openChat();
  const place = chat.receive("Giữ kín nhé");
  await settled();
  standing().actions.notSo();
  assert.deepEqual([...worker.quiet].map(([name, messages]) => [name, ...messages]), [["u100", place]]);
});

test("a caution that was waved away stands again where the worker says so", async () => {
  const { chat, standing, worker } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  standing().actions.notSo();
  worker.speaksUp = true;
  chat.receive("Mẹ hỏi thì cứ bảo đi học nhóm");
  await settled();
  assert.equal(standing().level, "caution");
});

test("an answer that was on its way when the caution was waved away does not bring it back", async () => {
  const { chat, standing, worker } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  let go = () => {};
  worker.hold = new Promise((resolve) => (go = resolve));
  worker.speaksUp = true; // as a worker answers that has not heard of it
  chat.receive("Em ơi");
  await settled();
  standing().actions.notSo();
  worker.hold = null;
  go();
  worker.speaksUp = false;
  await settled();
  assert.equal(standing(), null);
});

test("what a sign tells of is known, also where the page keeps taking the sign away", async () => {
  const { chat, standing, watch } = openChat();
  assert.equal(watch.told(), null);
  chat.receive("Giữ kín nhé");
  await settled();
  for (let times = 0; times < 30; times += 1) {
    standing()?.sign.host.remove();
    await settled();
  }
  assert.equal(standing(), null);
  assert.equal(watch.told().level, "caution");
  chat.open("u200");
  await settled();
  assert.equal(watch.told(), null);
});

test("a watched lure gets the neutral chip on a real page and the card in practice", async () => {
  for (const [neutral, kind] of [[true, "chip"], [false, "card"]]) {
    const { chat, standing } = openChat({ neutral, watched: true });
    chat.receive("Giữ kín nhé");
    await settled();
    assert.equal(standing().kind, kind);
  }
});

test("a card that the page removes comes back, but not for ever", async () => {
  const { chat, standing, shown } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  standing().sign.host.remove();
  await settled();
  assert.ok(standing());
  for (let fight = 0; fight < 60; fight += 1) {
    standing()?.sign.host.remove();
    await settled();
  }
  assert.ok(shown.length < 30, `${shown.length} cards`);
});

test("a page that draws its messages anew keeps its card", async () => {
  const { chat, document, standing } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  const list = document.querySelector("#list");
  const copy = list.firstElementChild.cloneNode(true);
  list.replaceChildren(copy);
  await settled();
  assert.equal(standing().sign.host.parentElement, copy);
});

test("with the service off there is no sign; retry asks again", async () => {
  const { chat, standing, worker, watch } = openChat();
  worker.isOff = true;
  chat.receive("Giữ kín nhé");
  await settled();
  assert.equal(standing(), null);
  assert.equal(watch.open(), true);
  worker.isOff = false;
  watch.retry();
  await settled();
  assert.equal(standing().level, "caution");
});

test("after stop nothing is asked and nothing stands", async () => {
  const { chat, asked, standing, watch } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  watch.stop();
  const before = asked.length;
  chat.receive("Nhớ giữ kín");
  await settled();
  assert.equal(standing(), null);
  assert.equal(asked.length, before);
});

test("a card that stays lists the reasons that came later", async () => {
  const { chat, standing } = openChat();
  chat.receive("Giữ kín nhé");
  chat.receive("Nhớ giữ kín");
  await settled();
  const { root } = standing().sign;
  const button = root.querySelector("button.main");
  chat.receive("Xóa tin đi, kín nhé");
  await settled();
  assert.equal(root.querySelectorAll("ol.reasons li").length, 3);
  assert.equal(root.querySelector("button.main"), button);
});

test("a card keeps its reasons, also to tell of, once its words have left the window", async () => {
  const { chat, standing, told } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  for (let more = 0; more < 60; more += 1) chat.receive(`tin ${more}`);
  await settled();
  assert.equal(standing().sign.root.querySelectorAll("ol.reasons li").length, 1);
  standing().actions.tell();
  assert.deepEqual([told[0].level, told[0].reasons.length], ["caution", 1]);
});

test("telling hands over the newest verdict", async () => {
  const { chat, standing, told } = openChat();
  chat.receive("Giữ kín nhé");
  chat.receive("Nhớ giữ kín");
  await settled();
  const { actions } = standing();
  chat.receive("kín kín");
  await settled();
  actions.tell();
  assert.equal(told[0].reasons.length, 3);
});

test("the child's own words open help beside their message, and nobody is warned about", async () => {
  const { chat, standing, told } = openChat();
  chat.receive("Sao thế?");
  const place = chat.send("Có người dọa đăng ảnh em");
  await settled();
  assert.deepEqual([standing().kind, standing().level, standing().beside], ["help", "no_information", place]);
  standing().actions.tell(makeDisclosure(place));
  assert.deepEqual([told[0].help, told[0].reasons], [true, []]);
});

test("the same words from somebody else open nothing", async () => {
  const { chat, standing } = openChat();
  chat.receive("Có người dọa đăng ảnh em");
  await settled();
  assert.equal(standing(), null);
});

test("where the screen may be watched the help is a neutral chip, but not in practice", async () => {
  for (const [neutral, kind] of [[true, "help chip"], [false, "help"]]) {
    const { chat, standing } = openChat({ neutral, watched: true });
    chat.send("Có người dọa đăng ảnh em");
    await settled();
    assert.equal(standing().kind, kind);
  }
});

test("help stays where it is while others write, and goes on to what the child tells next", async () => {
  const { chat, standing, shown } = openChat();
  const first = chat.send("Có người dọa đăng ảnh em");
  await settled();
  for (let more = 0; more < 30; more += 1) chat.receive(`tin ${more}`);
  chat.send("Ừ");
  await settled();
  assert.deepEqual([standing().beside, shown.length], [first, 1]);
  const next = chat.send("Nó lại dọa nữa");
  await settled();
  assert.deepEqual([standing().beside, shown.length], [next, 2]);
});

test("closed help stays closed in this conversation, and only in this one", async () => {
  const { chat, standing } = openChat();
  chat.send("Có người dọa đăng ảnh em");
  await settled();
  standing().actions.close();
  chat.send("Nó lại dọa nữa");
  await settled();
  assert.equal(standing(), null);
  chat.open("u200");
  chat.send("Có người dọa đăng ảnh em");
  await settled();
  assert.equal(standing().kind, "help");
  chat.open("u100");
  chat.send("Có người dọa đăng ảnh em");
  await settled();
  assert.equal(standing(), null);
});

test("closed help does not silence a warning", async () => {
  const { chat, standing } = openChat();
  chat.send("Có người dọa đăng ảnh em");
  await settled();
  standing().actions.close();
  chat.receive("Giữ kín nhé");
  await settled();
  assert.deepEqual([standing().kind, standing().level], ["card", "caution"]);
});

test("a warning takes the place of help, and no second sign comes beside it", async () => {
  const { chat, standing } = openChat();
  chat.send("Có người dọa đăng ảnh em");
  await settled();
  const place = chat.receive("Giữ kín nhé");
  await settled();
  assert.deepEqual([standing().kind, standing().beside], ["card", place]);
  chat.send("Nó lại dọa nữa");
  await settled();
  assert.deepEqual([standing().kind, standing().beside], ["card", place]);
});

test("who has waved a warning away and then tells still gets help", async () => {
  const { chat, standing, shown } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  standing().actions.notSo();
  const place = chat.send("Có người dọa đăng ảnh em");
  await settled();
  assert.deepEqual([standing().kind, standing().beside], ["help", place]);
  chat.receive("Sao thế?");
  await settled();
  assert.equal(shown.length, 2, "it is not drawn anew with every message");
});

test("help comes beside the very message whose warning was waved away", async () => {
  const { chat, standing } = openChat();
  const place = chat.send("Nó dọa, bắt em giữ kín");
  await settled();
  assert.equal(standing().kind, "card");
  standing().actions.notSo();
  chat.receive("Sao thế?");
  await settled();
  assert.deepEqual([standing().kind, standing().beside], ["help", place]);
});

test("help that the page removes comes back, but not for ever", async () => {
  const { chat, standing, shown } = openChat();
  chat.send("Có người dọa đăng ảnh em");
  await settled();
  standing().sign.host.remove();
  await settled();
  assert.ok(standing());
  for (let fight = 0; fight < 60; fight += 1) {
    standing()?.sign.host.remove();
    await settled();
  }
  assert.ok(shown.length < 30, `${shown.length} times`);
});

test("help never takes the focus", async () => {
  const { chat, document, standing } = openChat();
  const search = document.querySelector("#search");
  search.hidden = false;
  search.focus();
  chat.send("Có người dọa đăng ảnh em");
  await settled();
  assert.ok(standing());
  assert.equal(document.activeElement, search);
});

test("rows that are thrown away take the sign along, and bring it back beside the same message", async () => {
  const { chat, standing, shown } = openChat();
  chat.receive("Chào em");
  const place = chat.receive("Giữ kín nhé");
  for (let more = 0; more < 60; more += 1) chat.receive(`tin ${more}`);
  await settled();
  assert.equal(standing(), null, "the newest fifty hold no lure");
  chat.scrollTo(0, 40);
  await settled();
  assert.equal(standing().beside, place);
  chat.scrollTo(30);
  await settled();
  assert.equal(standing(), null);
  chat.scrollTo(0, 30);
  await settled();
  assert.deepEqual([standing().beside, standing().level], [place, "caution"]);
  assert.equal(shown.length, 2);
});

test("what was told of a message stays told when only a part of the talk is drawn anew", async () => {
  const { chat, standing } = openChat();
  chat.receive("Giữ kín nhé");
  const place = chat.receive("Nhớ giữ kín");
  await settled();
  chat.scrollTo(1);
  await settled();
  assert.deepEqual([standing().level, standing().beside], ["danger", place], "one of two is seen now");
});

test("a list that uses its rows again for other words does not leave the sign there", async () => {
  const { chat, standing } = openChat();
  chat.receive("Chào em");
  const place = chat.receive("Giữ kín nhé");
  await settled();
  const row = chat.row(place);
  row.querySelector(".text").textContent = "Mai học nhé";
  row.id = "bb_msg_id_1790000900000";
  await settled();
  assert.equal(standing(), null);
});

test("older messages that come in above move no sign, and get theirs where they stand", async () => {
  const { chat, standing } = openChat();
  const place = chat.receive("Giữ kín nhé");
  await settled();
  chat.prepend([["Chào em", false], ["Nhớ xóa tin", false]]);
  await settled();
  assert.equal(standing().beside, place);

  chat.open("u200");
  chat.receive("Mai học nhé");
  await settled();
  const [old] = chat.prepend([["Giữ kín nhé", false]]);
  await settled();
  assert.equal(standing().beside, old);
});

test("an old message that is drawn again does not scroll the page", async () => {
  const { chat, window } = openChat();
  chat.receive("Giữ kín nhé");
  await settled();
  let scrolls = 0;
  window.Element.prototype.scrollIntoView = () => (scrolls += 1);
  chat.rerender();
  await settled();
  assert.equal(scrolls, 0);
});

test("a message that is written out bit by bit ends in one verdict, also where it ends well", async () => {
  const { chat, standing, worker } = openChat();
  const place = await chat.stream("Việc này em giữ kín giúp anh nhé", 8);
  await settled();
  assert.deepEqual([standing().level, standing().beside], ["caution", place]);
  worker.judge = () => judge([]);
  chat.edit(place, "Việc này em giữ kín giúp anh nhé, mai sinh nhật mẹ rồi");
  await settled();
  assert.equal(standing(), null);
});

test("a message that has grown and is then changed keeps its sign", async () => {
  const { chat, standing, worker } = openChat();
  const place = chat.receive("Giữ kín nhé");
  await settled();
  chat.edit(place, "Giữ kín nhé, đừng kể");
  await settled();
  worker.judge = () => judge([]);
  chat.edit(place, "Giữ kín nhé, thôi ngủ đi em");
  await settled();
  assert.equal(standing().beside, place);
});

test("a message that is changed after it was warned of keeps its sign", async () => {
  const { chat, standing } = openChat();
  const place = chat.receive("Giữ kín nhé");
  await settled();
  chat.edit(place, "Chúc em ngủ ngon");
  await settled();
  assert.equal(standing().beside, place);
});

test("rows belong to the conversation they came in until they are gone, whatever the address says", async () => {
  const { chat, asked, standing } = openChat();
  const place = chat.receive("Giữ kín nhé");
  await settled();
  chat.openLate("u200");
  chat.receive("Trả lời đi");
  await settled();
  assert.equal(standing().beside, place);
  assert.deepEqual([...new Set(asked.map(({ conversation }) => conversation))], ["u100"]);
  chat.open("u200");
  chat.receive("Mẹ về muộn nhé");
  await settled();
  assert.equal(standing(), null);
  assert.equal(asked.at(-1).conversation, "u200");
});

test("coming back to a conversation shows its sign again", async () => {
  const { chat, standing } = openChat();
  const place = chat.receive("Giữ kín nhé");
  chat.receive("Em ăn cơm chưa");
  await settled();
  chat.open("u200");
  chat.receive("Mẹ về muộn nhé");
  await settled();
  assert.equal(standing(), null);
  chat.open("u100");
  await settled();
  assert.equal(standing().beside, place);
});

test("a place that moves on the page without our looking costs no reading of messages", async () => {
  const { chat, adapter, document } = openChat();
  chat.receive("Chào em");
  await settled();
  let readings = 0;
  const { messages } = adapter;
  adapter.messages = (...what) => {
    readings += 1;
    return messages(...what);
  };
  for (let move = 0; move < 20; move += 1) {
    document.querySelector("#richInput").append("chữ");
    await settled();
  }
  assert.equal(readings, 0);
});

test("two conversations that stand open at once have a sign each", async () => {
  const { window, signs, asked } = openTabs();
  const places = [window.chat.receive("Giữ kín nhé"), window.other.receive("Giữ kín cửa")];
  await settled();
  assert.deepEqual(signs(), [[places[0]], [places[1]]]);
  assert.equal(new Set(asked.map(({ conversation }) => conversation)).size, 2);
  window.chat.open("u300");
  window.chat.receive("Mai học nhé");
  await settled();
  assert.deepEqual(signs(), [[], [places[1]]]);
});

test("a conversation that is closed takes its sign along, and one that is opened later gets its own", async () => {
  const { window, document, signs } = openTabs();
  const tab = document.querySelector(".x5tab");
  tab.remove();
  const place = window.other.receive("Giữ kín cửa");
  await settled();
  window.chat.receive("Giữ kín nhé");
  document.querySelector(".x4tabs").prepend(tab);
  await settled();
  assert.equal(signs()[0].length, 1);
  tab.remove();
  await settled();
  assert.deepEqual(signs()[1], [place]);
  assert.equal(tab.querySelectorAll("div:not([class], [role], [dir], [data-pagelet])").length, 0);
});

test("an answer about a tab that was closed meanwhile brings no second sign when it is opened again", async () => {
  const { window, document, worker, signs } = openTabs();
  let release;
  worker.hold = new Promise((resolve) => {
    release = resolve;
  });
  window.chat.receive("Giữ kín nhé");
  await settled();
  const tab = document.querySelector(".x5tab");
  const [tabs, after] = [tab.parentElement, tab.nextSibling];
  tab.remove();
  await settled();
  tabs.insertBefore(tab, after);
  await settled();
  release();
  await settled();
  assert.equal(signs()[0].length, 1);
});

test("messages that wait while nobody answers are asked about in every conversation", async () => {
  const { window, signs, worker, watch } = openTabs();
  worker.isOff = true;
  window.chat.receive("Giữ kín nhé");
  window.other.receive("Giữ kín cửa");
  await settled();
  assert.deepEqual(signs(), [[], []]);
  worker.isOff = false;
  watch.retry();
  await settled();
  assert.deepEqual(signs().map((beside) => beside.length), [1, 1]);
  watch.stop();
  assert.deepEqual(signs(), [[], []]);
});

test("a sign that finds no room below its message stands in it, never beside another", async () => {
  const { chat, document, standing } = openChat();
  document.querySelector("#list").style.display = "block";
  const place = chat.receive("Giữ kín nhé");
  chat.row(place).style.display = "flex";
  chat.receive("Em ăn cơm chưa");
  await settled();
  assert.equal(standing().beside, place);
});

test("the sign goes along to the row that holds its message now, though the last one is still on the page", async () => {
  const { chat, document, standing } = openChat();
  const row = chat.row(chat.receive("Giữ kín nhé"));
  await settled();
  const now = row.cloneNode(true);
  row.replaceWith(now);
  document.body.append(row);
  await settled();
  assert.equal(standing().sign.host.parentElement, now);
});

test("what is waved away in a conversation without a name is not waved away in the next", async () => {
  const { chat, standing } = openChat();
  chat.open("nobody knows");
  chat.receive("Giữ kín nhé");
  await settled();
  standing().actions.notSo();
  chat.receive("Em ăn cơm chưa");
  await settled();
  assert.equal(standing(), null);
  chat.open("nor this one");
  chat.receive("Giữ kín cửa");
  await settled();
  assert.equal(standing().level, "caution");
});

test("help that is closed in a conversation without a name opens again in the next", async () => {
  const { chat, standing } = openChat();
  chat.open("nobody knows");
  chat.send("Có người dọa đăng ảnh em");
  await settled();
  standing().actions.close();
  chat.open("nor this one");
  chat.send("Nó dọa em nữa");
  await settled();
  assert.equal(standing().kind, "help");
});

for (const where of ["an open shadow root", "a frame of the same site"]) {
  test(`what is said later in ${where} is seen there: it is watched itself, not the page around it`, async () => {
    const page = openPage("<div></div><iframe></iframe>");
    const isRoot = where.includes("root");
    const inside = page.document.querySelector("iframe").contentDocument;
    inside.defaultView.Element.prototype.scrollIntoView = () => {};
    const root = isRoot ? page.document.querySelector("div").attachShadow({ mode: "open" }) : inside;
    const list = (isRoot ? page.document : inside).createElement("ol");
    (isRoot ? root : root.body).append(list);
    const asked = [];
    const watch = page.ours.watch.watchConversation({
      document: isRoot ? page.document : inside,
      root,
      adapter: {
        container: () => list,
        conversation: () => "c1",
        messages: (box) => Array.from(box.children, (element, at) => ({ id: `m${at}`, element, text: element.textContent, from_me: false })),
      },
      neutral: true,
      tell() {},
      later: (work) => setImmediate(work),
      ask: async ({ request }) => {
        asked.push(Array.from(request.messages, ({ text }) => text));
        return { state: "on", reply: judge(request.messages) };
      },
    });
    const say = async (text) => {
      const row = list.ownerDocument.createElement("li");
      row.textContent = text;
      list.append(row);
      await settled();
    };
    await settled();
    assert.deepEqual(asked, []);
    await say("Chào em");
    await say("Giữ kín nhé");
    assert.deepEqual(asked, [["Chào em"], ["Chào em", "Giữ kín nhé"]]);
    assert.equal(watch.told().level, "caution");
    watch.stop();
    await say("Nhớ giữ kín");
    assert.equal(asked.length, 2);
  });
}
