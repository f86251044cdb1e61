/** The stories of the practice page. Their words are in _locales: practice_<id>, …_about, …_1, …_2 and so on. */

/** @typedef {{ id: string, from: ("me" | "them")[] }} Story */

/** @type {Story[]} */
export const STORIES = [
  { id: "police", from: ["them", "them", "them", "them", "them", "them", "them", "them"] },
  { id: "task", from: ["them", "them", "them", "them", "them", "them", "them"] },
  { id: "fakebank", from: ["them", "them", "them"] },
  { id: "mother", from: ["them", "me", "them", "them", "me"] },
  { id: "bank", from: ["them", "them", "them"] },
  { id: "classmates", from: ["them", "me", "them", "them", "me"] },
  { id: "telling", from: ["them", "me", "them", "me"] },
];
