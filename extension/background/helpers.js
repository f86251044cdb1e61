/** The people whom a family has named, to be told. Everything else asks here: no other file reads or writes them.
 *
 *  Not one of them is marked as told, counted or dated. Whom a child hides from its own tell page stands in a
 *  list of its own, which only that page shows.
 */

import { LONGEST, readChat, readMail, readName, readPhone } from "./ways.js";

/** @typedef {import("../types").Helper} Helper */
/** "twice": this person is there already; "full": there are as many as may be */
/** @typedef {{outcome: "kept" | "full"} | {outcome: "twice", like: Helper}} Kept */

const KEY = "helpers"; // in storage.local: it stays when the browser ends, and on this computer
const HIDDEN = "helpers_hidden"; // ids
const AN_ID = /^[0-9a-f-]{36}$/;
export const MOST = 8;

/** How one is related to the child; the note's words follow from it. */
export const RELATIONS = /** @type {const} */ (["mother", "father", "sister", "brother", "teacher_woman", "teacher_man", "friend", "other"]);
const ONLY_ONE = ["mother", "father"];

/** What was damaged falls away: a way that cannot be one, or the row without a name.
 *  @param {unknown} kept @returns {Helper | null} */
function readHelper(kept) {
  const row = /** @type {Record<string, unknown>} */ (Object(kept));
  const text = (/** @type {string} */ key) => (typeof row[key] === "string" ? row[key] : "");
  const relation = RELATIONS.find((known) => known === row.relation);
  const [id, name] = [text("id"), readName(text("name")).value];
  if (!relation || !name || !AN_ID.test(id)) return null;
  const word = (/** @type {string} */ key) => (relation === "other" ? readName(text(key), LONGEST.word).value : "");
  return {
    id,
    name,
    relation,
    you: word("you"),
    me: word("me"),
    phone: readPhone(text("phone")).value,
    mail: readMail(text("mail")).value,
    chat: readChat(text("chat")).value,
  };
}

/** @param {typeof chrome} api @returns {Promise<Helper[]>} in the order in which they were named */
export async function getHelpers(api) {
  const kept = (await api.storage.local.get(KEY))[KEY];
  const rows = (Array.isArray(kept) ? kept.slice(0, 2 * MOST) : []).map(readHelper);
  const helpers = rows.filter((helper) => helper !== null);
  return helpers.filter(({ id }, place) => helpers.findIndex((other) => other.id === id) === place).slice(0, MOST);
}

/** @param {typeof chrome} api @returns {Promise<string[]>} ids of those whom the child keeps off its tell page */
export async function getHidden(api) {
  const kept = (await api.storage.local.get(HIDDEN))[HIDDEN];
  return Array.isArray(kept) ? kept.filter((id) => AN_ID.test(id)).slice(-MOST) : [];
}

/** Those whom the child is shown. @param {typeof chrome} api @returns {Promise<Helper[]>} */
export async function getShown(api) {
  const [helpers, hidden] = await Promise.all([getHelpers(api), getHidden(api)]);
  return helpers.filter(({ id }) => !hidden.includes(id));
}

/** One change at a time, over all our tabs: each begins with what the one before it left.
 *  @template T @param {() => Promise<T>} change @returns {Promise<T>} */
const inTurn = async (change) => navigator.locks.request(KEY, change);

/** Keep a new helper, or what was changed of one; what another tab has changed meanwhile stays.
 *  @param {typeof chrome} api
 *  @param {Helper} helper
 *  @param {Helper} [before]  as the form began with it
 *  @returns {Promise<Kept>} */
export function keepHelper(api, helper, before) {
  return inTurn(async () => {
    const helpers = await getHelpers(api);
    const now = helpers.find(({ id }) => id === helper.id);
    const changes = Object.entries(helper).filter(([key, value]) => before?.[/** @type {keyof Helper} */ (key)] !== value);
    const merged = now && before ? { ...now, ...Object.fromEntries(changes) } : helper;
    const others = helpers.filter(({ id }) => id !== helper.id);
    const like = others.find((other) => isSame(other, merged));
    if (like) return { outcome: "twice", like };
    if (!now && others.length >= MOST) return { outcome: "full" };
    const all = now ? helpers.map((one) => (one === now ? merged : one)) : [...others, merged];
    await api.storage.local.set({ [KEY]: all });
    return { outcome: "kept" };
  });
}

/** @param {typeof chrome} api @param {string} gone */
export function removeHelper(api, gone) {
  return inTurn(async () => {
    const [helpers, hidden] = await Promise.all([getHelpers(api), getHidden(api)]);
    await api.storage.local.set({ [KEY]: helpers.filter(({ id }) => id !== gone), [HIDDEN]: hidden.filter((id) => id !== gone) });
  });
}

/** On the child's own tell page only; nobody is told. @param {typeof chrome} api @param {string} id @param {boolean} isHidden */
export function hideHelper(api, id, isHidden) {
  return inTurn(async () => {
    const others = (await getHidden(api)).filter((known) => known !== id);
    await api.storage.local.set({ [HIDDEN]: isHidden ? [...others, id] : others });
  });
}

/** The same person twice: by name, and by what they are to the child or how they are reached.
 *  @param {Helper} one @param {Helper} other */
function isSame(one, other) {
  const hasSame = (/** @type {keyof Helper} */ key) => one[key] !== "" && one[key].toLowerCase() === other[key].toLowerCase();
  const isRelated = one.relation === other.relation && one.you.toLowerCase() === other.you.toLowerCase();
  if (hasSame("name") && (isRelated || hasSame("phone") || hasSame("mail") || hasSame("chat"))) return true;
  return isRelated && ONLY_ONE.includes(one.relation) && (hasSame("phone") || hasSame("mail"));
}

/** @param {typeof chrome} api @param {() => void} listen called after each change, wherever it was made */
export function onHelpersChange(api, listen) {
  api.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && (KEY in changes || HIDDEN in changes)) listen();
  });
}
