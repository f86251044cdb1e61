/** Which words go with which lure: the note's family, the first thing to do, and what comes next. */

import { say } from "./words.js";

/** What the child would say has happened.
 *  @typedef {"general" | "money" | "access" | "kin" | "debt" | "private" | "offer" | "away" | "secret" | "trouble" | "unwell"} Family */

/** The family of every lure. @type {Map<string, Family>} */
const FAMILIES = new Map([
  ["account_theft", "access"],
  ["adult_service_bait", "private"],
  ["deepfake_call", "kin"],
  ["fake_app", "access"],
  ["fake_authority", "secret"],
  ["fake_bank", "access"],
  ["fake_casting", "offer"],
  ["fake_charity", "money"],
  ["fake_emergency", "kin"],
  ["fake_investment", "money"],
  ["fake_prize", "money"],
  ["fake_scholarship", "offer"],
  ["fake_ticket", "money"],
  ["gambling_bait", "debt"],
  ["game_gift", "access"],
  ["grooming", "private"],
  ["harm_challenge", "unwell"],
  ["hijacked_friend", "kin"],
  ["job_abroad", "away"],
  ["money_mule", "debt"],
  ["predatory_loan", "debt"],
  ["sextortion", "private"],
  ["sim_lock", "access"],
  ["task_scam", "money"],
]);

/** @typedef {{lure: string | null, help: boolean}} Worry *help*: the child's own words told of harm */

/** @param {Worry} worry @returns {Family} */
export function familyOf({ lure, help }) {
  return FAMILIES.get(lure ?? "") ?? (help ? "trouble" : "general");
}

/** The name under which the words of a worry stand in _locales. @param {Worry} worry */
function topicOf(worry) {
  return worry.lure !== null && FAMILIES.has(worry.lure) ? worry.lure : familyOf(worry);
}

/** What to do first, in one or two short sentences. @param {Worry} worry */
export function firstActionFor(worry) {
  return say(`tell_first_${topicOf(worry)}`);
}

/** What to do after that. The same words as `next_steps` in rules/lures/<lure>/lure.toml, which a test
 *  compares: here they are there with the service off, and no page can put others in their place.
 *  @param {Worry} worry */
export function nextStepsFor(worry) {
  const steps = [];
  for (let step = say(`tell_next_${topicOf(worry)}_1`); step; step = say(`tell_next_${topicOf(worry)}_${steps.length + 1}`)) {
    steps.push(step);
  }
  return steps;
}
