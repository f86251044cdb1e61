/**
 * The ready note: an opening for the person, what happened, and what the child asks for.
 *
 * It blames nobody, gives no detail of the trap and never the stranger's words. Vietnamese has no word
 * for "I" and "you" that fits everybody, so each text takes both: $1 is whom, $2 the child. Every note
 * that can come of it stands in tests/extension/unit/pages/note.test.mjs.
 */

import { say } from "./words.js";

/** @typedef {"short" | "long"} Voice  what one types in fright, or what one says when there is time */
/** @typedef {"parent" | "sibling" | "teacher" | "friend" | "helpline"} Manner */
/** @typedef {import("./lure_words.js").Family} Family */

/** How one speaks to whom. @type {Map<string, Manner>} */
const MANNERS = new Map([
  ["mother", "parent"],
  ["father", "parent"],
  ["sister", "sibling"],
  ["brother", "sibling"],
  ["teacher_woman", "teacher"],
  ["teacher_man", "teacher"],
  ["friend", "friend"],
  ["other", "parent"],
  ["helpline", "helpline"],
]);

export const PEOPLE = [...MANNERS.keys()];

/** What is asked for: a call at once, a look at it together, or to be heard out.
 *  @type {Record<Family, "call" | "look" | "listen">} */
const ASKS = {
  general: "listen",
  money: "look",
  access: "look",
  kin: "look",
  debt: "listen",
  private: "listen",
  offer: "look",
  away: "call",
  secret: "call",
  trouble: "listen",
  unwell: "call",
};

/** @param {{
 *    person: string,
 *    voice: Voice,
 *    family: Family,
 *    other?: {you: string, me: string},
 *  }} wish  *other*: the words for somebody who is not on the list */
export function noteFor({ person, voice, family, other }) {
  const manner = MANNERS.get(person) ?? "parent";
  const known = person !== "other";
  const you = (known ? say(`tell_you_${person}`) : other?.you.trim()) || say("tell_you_other");
  const me = (known ? "" : other?.me) || say(`tell_me_${manner}`);
  const parts = [
    say(`tell_open_${manner}`, you, me),
    say(`tell_what_${family}_${voice}`, you, me),
    say(`tell_ask_${manner}_${ASKS[family]}_${voice}`, you, me),
  ];
  if (family === "away") parts.push(say("tell_where", you, me)); // ends in a gap to fill
  return parts.join(" ").replaceAll(/(^|[.?]\s)(\p{Ll})/gu, (_, before, letter) => before + letter.toUpperCase());
}
