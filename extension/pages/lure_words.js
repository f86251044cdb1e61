/** Which words go with which lure: the note's family and the first thing to do. */

import { say } from "./words.js";

/** @typedef {"general" | "money" | "private" | "offer" | "secret" | "trouble" | "unwell"} Family */

/** The family of every lure. @type {Map<string, Family>} */
const FAMILIES = new Map([
  ["account_theft", "money"],
  ["adult_service_bait", "private"],
  ["deepfake_call", "money"],
  ["fake_app", "money"],
  ["fake_authority", "secret"],
  ["fake_bank", "money"],
  ["fake_casting", "offer"],
  ["fake_charity", "money"],
  ["fake_emergency", "money"],
  ["fake_investment", "money"],
  ["fake_prize", "money"],
  ["fake_scholarship", "offer"],
  ["fake_ticket", "money"],
  ["gambling_bait", "money"],
  ["game_gift", "money"],
  ["grooming", "private"],
  ["harm_challenge", "unwell"],
  ["hijacked_friend", "money"],
  ["job_abroad", "offer"],
  ["money_mule", "money"],
  ["predatory_loan", "money"],
  ["sextortion", "private"],
  ["sim_lock", "money"],
  ["task_scam", "money"],
]);

/** @typedef {{lure: string | null, help: boolean}} Worry *help*: the child's own words told of harm */

/** @param {Worry} worry @returns {Family} */
export function familyOf({ lure, help }) {
  return FAMILIES.get(lure ?? "") ?? (help ? "trouble" : "general");
}

/** What to do first, in one or two short sentences. @param {Worry} worry */
export function firstActionFor(worry) {
  return say(`tell_first_${FAMILIES.has(worry.lure ?? "") ? worry.lure : familyOf(worry)}`);
}
