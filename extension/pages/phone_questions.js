/**
 * Six questions for a child whom somebody keeps on the phone, and the one thing to do.
 *
 * What they ask is how fake police, banks and kidnappers work (the sources stand in
 * rules/lures/fake_authority/lure.toml). The first yes that no real office would be the cause of ends
 * them: who is being frightened on the phone must not answer five more questions first. Nothing here
 * ever says that a caller is all right.
 */

/** @typedef {"authority" | "place" | "secret" | "stay" | "pay" | "see"} Question */
/** @typedef {"go" | "hang_up" | "call_back" | "unsure"} Outcome *go*: away from where they are alone */
/** @typedef {{question: Question, isYes: boolean}} Answer */

/** In the order in which they are asked: what puts a child in danger soonest comes early.
 *  @type {readonly Question[]} */
export const QUESTIONS = ["authority", "place", "secret", "stay", "pay", "see"];

/** The kind of trap whose words fit on the tell page, where the caller claimed no office. */
const LURES = new Map([
  ["place", "job_abroad"],
  ["pay", "fake_emergency"],
  ["see", "grooming"],
]);

/** @param {readonly Answer[]} answers  in the order of QUESTIONS
 *  @returns {{ask: Question} | {outcome: Outcome, lure: string | null}} */
export function nextStep(answers) {
  const yes = answers.filter(({ isYes }) => isYes).map(({ question }) => question);
  const isOffice = yes.includes("authority");
  const demand = yes.find((question) => question !== "authority");
  const next = QUESTIONS[answers.length];
  if (demand) {
    const lure = (!isOffice && LURES.get(demand)) || "fake_authority";
    return { outcome: demand === "place" ? "go" : "hang_up", lure };
  }
  if (next) return { ask: next };
  return isOffice ? { outcome: "call_back", lure: "fake_authority" } : { outcome: "unsure", lure: null };
}
