// Makes a copy of a page that looks the same to an adapter and holds no word of anybody.
//
// Every run of letters becomes another of the same length, every number another, the same one
// everywhere on the page, so that ids still name what they named; long numbers keep their order, as
// they may be times. What our adapters ask for by name stays as it is (`keep`, read from their
// selectors by capture.mjs), and so do the words of HTML and ARIA themselves. Nothing leaves the page
// before all of that is done.
const SYLLABLES = "ạ ơ ý là và ta ba bà rau cây lúa gạo sông trời trưa chiều biển thuyền nghiêng".split(" ");
const CONSONANTS = "bcdghklmnprstvx";
const VOWELS = { plain: "aeiouy", marked: "ăâêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụ" };
const GONE = "script, noscript, style, link, meta, base, template, svg, canvas, video, audio, source, track, object, embed, iframe";
const DROPPED = /^(on.*|style|nonce|integrity|srcset|src|poster|data-src|background|ping|download|xmlns.*)$/;
const ADDRESSES = /^(href|action|formaction|cite|xlink:href)$/;
// Attributes that hold a word of HTML or ARIA, where it is one.
const KEYWORDS = /^(role|dir|type|hidden|tabindex|contenteditable|spellcheck|autocapitalize|draggable|aria-(live|atomic|relevant|busy|hidden|selected|current|multiline|autocomplete|expanded|haspopup))$/;
const KEYWORD = /^(-?\d|true|false|auto|ltr|rtl|polite|assertive|off|on|none|page|list|inline|additions( text)?|text|all|plaintext-only|menu|dialog|button|submit|search|checkbox|radio|alert|application|article|banner|cell|columnheader|combobox|complementary|document|feed|figure|form|grid|gridcell|group|heading|img|link|listbox|listitem|log|main|menuitem|navigation|note|option|presentation|region|row|rowgroup|searchbox|separator|status|switch|tab|table|tablist|tabpanel|textbox|time|toolbar|tooltip|tree|treeitem)$/;
const RUN = /[\p{L}\p{M}]+|\p{Nd}+/gu;
const TRIES = 2000; // inventions of one word
const ORDERED = 5; // digits from which a number keeps its place among others as long

/** @param {Document} page
 *  @param {{attributes: {name: string, how: string, value: string}[], classes: string[], ids: string[]}} keep
 *  @returns {Document} a copy */
export function scrub(page, keep) {
  const copy = page.cloneNode(true);
  stampScrolling(page, copy);
  for (const gone of copy.querySelectorAll(GONE)) gone.remove();
  const texts = [];
  const walker = copy.createTreeWalker(copy, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) texts.push(walker.currentNode);
  const elements = [...copy.querySelectorAll("*")];

  const originals = new Set();
  const note = (text) => text.match(RUN)?.forEach((run) => originals.add(run.toLowerCase()));
  for (const { nodeValue } of texts) note(nodeValue);
  for (const { attributes } of elements) for (const { value } of attributes) note(value);
  const standIn = makeStandIns(originals);
  const blur = (text) => text.replace(RUN, standIn);

  for (const node of texts) {
    if (node.nodeType === Node.COMMENT_NODE) node.remove();
    else node.nodeValue = blur(node.nodeValue);
  }
  for (const element of elements) {
    for (const { name, value } of [...element.attributes]) {
      if (name === "data-captured-overflow") continue;
      if (DROPPED.test(name)) element.removeAttribute(name);
      else element.setAttribute(name, blurAttribute(name, value, keep, blur));
    }
    const overflow = element.getAttribute("data-captured-overflow");
    element.removeAttribute("data-captured-overflow");
    if (overflow) element.setAttribute("style", `overflow-y: ${overflow}`);
  }
  return copy;
}

/** Which boxes scroll tells a chat from a page; it stands in style sheets, which don't come along. */
function stampScrolling(page, copy) {
  const copies = copy.querySelectorAll("*");
  for (const [at, element] of page.querySelectorAll("*").entries()) {
    const { overflowY } = page.defaultView.getComputedStyle(element);
    if (/^(auto|scroll)$/.test(overflowY)) copies[at].setAttribute("data-captured-overflow", overflowY);
  }
}

function blurAttribute(name, value, keep, blur) {
  if (KEYWORDS.test(name) && KEYWORD.test(value)) return value;
  if (ADDRESSES.test(name)) return blurAddress(value, blur);
  if (name === "class") {
    const kept = (token) => keep.classes.includes(token) || keep.attributes.some(({ name: n, value: v }) => n === "class" && v === token);
    return value.split(/\s+/).filter(Boolean).map((token) => (kept(token) ? token : blur(token))).join(" ");
  }
  if (name === "id" && keep.ids.includes(value)) return value;
  for (const { name: asked, how, value: part } of keep.attributes) {
    if (asked !== name) continue;
    if (how === "=" && value === part) return value;
    if (how === "^=" && value.startsWith(part)) return part + blur(value.slice(part.length));
  }
  return blur(value);
}

/** An address of the reserved name "captured.example", with a path of the same shape. */
function blurAddress(value, blur) {
  if (/^(data|blob|javascript|about|mailto|tel):/i.test(value)) return "#";
  const rest = value.replace(/^[a-z][a-z0-9+.-]*:/i, "").replace(/^\/\/[^/?#]*/, "");
  return rest.length === value.length ? blur(value) : `https://captured.example${blur(rest)}`;
}

/** @param {Set<string>} originals every word and number of the page, in lower case */
function makeStandIns(originals) {
  const known = new Map();
  const given = new Set();
  let seed = 1;
  const ordered = orderNumbers(originals);

  /** Syllables first, then what sounds like some, always the same for the same page. */
  function* candidates(length, isPlain) {
    if (!isPlain) yield* SYLLABLES.filter((syllable) => syllable.length === length);
    const vowels = isPlain ? VOWELS.plain : VOWELS.plain + VOWELS.marked;
    for (let tries = 0; tries < TRIES; tries += 1) {
      let word = "";
      for (let at = 0; at < length; at += 1) {
        seed = (seed * 48271) % 2147483647; // Lehmer's generator, as in C++ (minstd_rand)
        const from = at % 2 === 0 && length > 1 ? CONSONANTS : vowels;
        word += from[seed % from.length];
      }
      yield word;
    }
  }

  function invent(word) {
    for (const candidate of candidates(word.length, /^[a-z]+$/.test(word))) {
      if (originals.has(candidate) || given.has(candidate)) continue;
      given.add(candidate);
      return candidate;
    }
    return "ỵ".repeat(word.length); // a page that holds every word as short
  }

  function number(digits) {
    const length = digits.length;
    for (let tries = 1; tries < Math.min(10 ** length, TRIES); tries += 1) {
      const candidate = String((Number(digits) + 7 * tries) % 10 ** length).padStart(length, "0");
      if (!originals.has(candidate)) return candidate;
    }
    return String((Number(digits) + 3) % 10 ** length).padStart(length, "0");
  }

  return (run) => {
    const key = run.toLowerCase();
    if (!known.has(key)) known.set(key, ordered.get(key) ?? (/^\p{Nd}/u.test(key) ? number(key) : invent(key)));
    const other = [...known.get(key)];
    const isUpper = (letter) => letter !== undefined && letter !== letter.toLowerCase();
    return other.map((letter, at) => (isUpper(run[at]) ? letter.toUpperCase() : letter)).join("");
  };
}

/** Long numbers, each with another as long at the same place in their order. */
function orderNumbers(originals) {
  const stands = new Map();
  const long = [...originals].filter((run) => /^\d+$/.test(run) && run.length >= ORDERED);
  for (const length of new Set(long.map((run) => run.length))) {
    const alike = long.filter((run) => run.length === length).sort();
    const first = 10n ** BigInt(length - 1);
    const step = (8n * first) / BigInt(alike.length + 1) || 1n;
    for (const [at, run] of alike.entries()) {
      let value = first + step * BigInt(at + 1);
      while (originals.has(String(value))) value += 1n;
      stands.set(run, String(value));
    }
  }
  return stands;
}
