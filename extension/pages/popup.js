/** The popup: how the service is, a way to tell somebody, and a place to paste what looks odd. */

import { changeOptions, DEFAULTS, getOptions, isOff, siteOf } from "../background/options.js";
import { ask, openTell } from "./ask.js";
import { frontPage } from "./front_page.js";
import { linksIn } from "./links_in.js";
import { ageLine } from "./lists_age.js";
import { readMoneyCode } from "./money_code.js";
import { fileIn, readPicture } from "./picture.js";
import { mayChange, resetLine, usePin } from "./pin.js";
import { showReasons } from "./reasons.js";
import { keepStateShown, showState } from "./service_state.js";
import { openSmall } from "./small_window.js";
import { api, fillWords, inOurLanguage, part, say } from "./words.js";

const FIRST_CHECK_MS = 16000; // the first message after a start waits for the engine

const wasAsked = location.search === "?asked"; // opened from the menu of the right mouse button
const isWindow = location.search !== ""; // of its own: no page is in front of it

fillWords();
keepStateShown((status) => {
  showAges(status);
  void showFrontPage();
});

const paste = part("paste", HTMLTextAreaElement);
const look = part("look", HTMLButtonElement);
const answer = part("answer", HTMLElement);

/** @type {Parameters<typeof openTell>[0]} */
const NOTHING_KNOWN = { lure: null, level: "no_information", reasons: [], help: false };

const MONEY_PARTS = /** @type {const} */ (["name", "account", "bank", "amount", "note"]);

let found = NOTHING_KNOWN;

/** @param {import("../types").Status | null} status */
function showAges(status) {
  const ages = part("ages", HTMLElement);
  ages.textContent = status?.state === "on" ? ageLine(status.rules) : "";
  ages.hidden = !ages.textContent;
}

/** @param {import("../types").PinReply | null} reply */
function showReset(reply) {
  const line = part("pin-reset", HTMLElement);
  line.textContent = resetLine(reply);
  line.hidden = !line.textContent;
}
void usePin({ do: "state" }).then(showReset);

/** @type {string | null} of the page in front */
let site = null;

async function showFrontPage() {
  if (isWindow) return;
  const page = await frontPage();
  site = page && siteOf(page.site);
  part("page-silent", HTMLElement).hidden = !page?.silent;
  part("page-unseen", HTMLElement).hidden = page !== null;
  showSite(page?.on ?? true);
}

/** @param {boolean} on  whether we are on in the page in front */
function showSite(on) {
  part("site-off", HTMLElement).hidden = on;
  part("turn-off", HTMLButtonElement).hidden = !on || !site;
}

/** @param {boolean} on */
async function turn(on) {
  const before = await getOptions(api);
  const { sites_off } = before;
  if (!site) return;
  const others = sites_off.filter((off) => !isOff({ ...DEFAULTS, sites_off: [off] }, `https://${site}`));
  const change = { sites_off: on ? others : [...sites_off, site] };
  if (!(await mayChange(before, change))) return;
  await changeOptions(api, change);
  showSite(on); // before the page itself has heard of it
}

/** @param {"no_information" | "caution" | "danger" | "help" | "unreachable" | "looking"} level
 *  @param {import("../types").Verdict | null} verdict */
function showAnswer(level, verdict) {
  answer.hidden = false;
  answer.dataset.level = level;
  part("answer-level", HTMLElement).textContent = say(`popup_level_${level}`);
  const title = part("answer-title", HTMLElement);
  title.hidden = !verdict?.title;
  title.textContent = verdict?.title ? inOurLanguage(verdict.title) : "";
  const action = part("answer-action", HTMLElement);
  action.hidden = !verdict?.first_action;
  action.textContent = verdict?.first_action ? inOurLanguage(verdict.first_action) : "";
  showReasons(part("answer-reasons", HTMLUListElement), verdict?.reasons ?? []);
  part("answer-tell", HTMLButtonElement).hidden = level === "looking";
}

async function check() {
  const text = paste.value.trim();
  if (!text) {
    paste.focus();
    return;
  }
  look.disabled = true;
  found = NOTHING_KNOWN;
  showAnswer("looking", null);
  const links = linksIn(text).map((url, i) => ({ id: `link${i + 1}`, url }));
  const request = { links, messages: [{ id: "pasted", text, from_me: null }] }; // theirs, or the child's own worry
  const reply = await ask({ type: "check", request, conversation: null }, { timeoutMs: FIRST_CHECK_MS });
  look.disabled = false;
  if (reply?.state !== "on") {
    showAnswer("unreachable", null);
    showState(await ask({ type: "status" }, { timeoutMs: 1900 }));
    return;
  }
  const verdicts = [reply.reply.conversation, ...reply.reply.links];
  const worst = mostSerious(verdicts);
  found = { lure: worst.lure, level: worst.level, reasons: worst.reasons, help: worst.help };
  if (worst.level !== "no_information") showAnswer(worst.level, worst);
  else if (worst.help) showAnswer("help", { ...worst, reasons: [] });
  else showAnswer("no_information", verdicts.find(({ reasons }) => reasons.length > 0) ?? null);
  answer.focus();
}

/** @param {import("../types").Verdict[]} verdicts  not empty */
function mostSerious(verdicts) {
  const order = ["no_information", "caution", "danger"];
  return verdicts.reduce((a, b) => (order.indexOf(b.level) > order.indexOf(a.level) ? b : a));
}

/** @param {File} file */
async function lookAtPicture(file) {
  clear();
  paste.value = "";
  found = NOTHING_KNOWN;
  showAnswer("looking", null);
  const read = await readPicture(file, async (picture) => {
    const said = await ask({ type: "read_qr", picture }, { timeoutMs: FIRST_CHECK_MS });
    return said?.state === "on" ? said.texts : null;
  });
  clear();
  const problem = "problem" in read ? read.problem : read.texts.length === 0 && "no_code";
  if (problem) {
    showAnswer("no_information", null);
    part("answer-level", HTMLElement).textContent = say(`popup_picture_${problem}`);
    answer.focus();
    return;
  }
  const texts = "texts" in read ? read.texts : [];
  const codes = texts.map(readMoneyCode);
  showMoney(codes.filter((code) => code !== null));
  paste.value = texts.filter((_, place) => !codes[place]).join("\n").slice(0, paste.maxLength);
  if (paste.value) await check();
}

/** @param {import("./money_code.js").MoneyCode[]} codes */
function showMoney(codes) {
  const money = part("money", HTMLElement);
  money.hidden = codes.length === 0;
  const rows = codes.flatMap((code) =>
    MONEY_PARTS.filter((name) => code[name]).flatMap((name) => {
      const [term, value] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = say(`popup_money_${name}`);
      value.textContent = name === "amount" ? `${Number(code[name]).toLocaleString("vi")} đ` : code[name];
      return [term, value];
    }),
  );
  part("money-parts", HTMLElement).replaceChildren(...rows);
  if (!money.hidden) money.focus();
}

/** An answer never stands beside other words than its own. */
function clear() {
  answer.hidden = true;
  part("money", HTMLElement).hidden = true;
}

/** A file dialog closes the popup that opens it: there a window of our own does it. */
function pick() {
  if (api.extension?.getViews({ type: "popup" }).includes(window)) void openSmall("popup", "?picture");
  else part("picture", HTMLInputElement).click();
}

/** @param {Event} event @param {DataTransfer | null} given */
function take(event, given) {
  const file = fileIn(given);
  if (!file) return; // words: the field takes them
  event.preventDefault();
  void lookAtPicture(file);
}

look.addEventListener("click", check);
paste.addEventListener("input", clear);
document.addEventListener("paste", (event) => take(event, event.clipboardData));
document.addEventListener("drop", (event) => take(event, event.dataTransfer));
document.addEventListener("dragover", (event) => {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); // else the browser would open it
});
part("pick", HTMLButtonElement).addEventListener("click", pick);
part("picture", HTMLInputElement).addEventListener("change", ({ target }) => {
  const { files } = /** @type {HTMLInputElement} */ (target);
  if (files?.[0]) void lookAtPicture(files[0]);
});
part("answer-tell", HTMLButtonElement).addEventListener("click", () => openTell(found));
part("tell", HTMLButtonElement).addEventListener("click", () => openTell(NOTHING_KNOWN));
part("on-the-phone", HTMLButtonElement).addEventListener("click", () => openSmall("phone"));
part("turn-on", HTMLButtonElement).addEventListener("click", () => turn(true));
part("turn-off", HTMLButtonElement).addEventListener("click", () => turn(false));

if (wasAsked) {
  const text = await ask({ type: "asked_text" }, { timeoutMs: 1900 });
  if (text) {
    paste.value = text;
    void check();
  }
}

if (location.search === "?picture") part("pick", HTMLButtonElement).focus();
