/** How old the lists of reported addresses and the signs are, in one quiet line. */

import { say } from "./words.js";

/** @typedef {import("../types").RulesState} RulesState */

/** @param {RulesState | null | undefined} rules @returns {string} "" where nothing is known */
export function ageLine(rules) {
  if (!rules || rules.state === "missing") return "";
  const signs = say("popup_signs", day(rules.age_days)).replaceAll(" ", "\u00a0"); // a line breaks before it
  return rules.lists ? `${listsAge(rules)} · ${signs}` : signs; // an older checker tells nothing of lists
}

/** @param {RulesState} rules */
function listsAge({ lists: { state, age_days } }) {
  if (state === "fresh") return say("popup_lists_fresh", day(age_days));
  return say(`popup_lists_${state}`, String(age_days));
}

/** @param {number} age in days */
function day(age) {
  if (age === 0) return say("popup_day_today");
  return age === 1 ? say("popup_day_yesterday") : say("popup_day_ago", String(age));
}
