import assert from "node:assert/strict";
import { test } from "node:test";
import { nextStep, QUESTIONS } from "../../../../extension/pages/phone_questions.js";

/** Answer no to everything up to *demand*, but yes where the caller claims an office. */
function upTo(demand, { isOffice }) {
  const before = QUESTIONS.slice(0, QUESTIONS.indexOf(demand));
  return [...before.map((question) => ({ question, isYes: question === "authority" && isOffice })), { question: demand, isYes: true }];
}

test("there are six questions, one at a time and each once", () => {
  const answers = [];
  for (const question of QUESTIONS) {
    assert.deepEqual(nextStep(answers), { ask: question });
    answers.push({ question, isYes: false });
  }
  assert.equal(QUESTIONS.length, 6);
  assert.equal(new Set(QUESTIONS).size, 6);
  assert.ok("outcome" in nextStep(answers));
});

test("six times no is no all-clear: the child may hang up all the same", () => {
  assert.deepEqual(nextStep(QUESTIONS.map((question) => ({ question, isYes: false }))), { outcome: "unsure", lure: null });
});

test("who only claims to be an office is to be called back on a known number", () => {
  const answers = QUESTIONS.map((question) => ({ question, isYes: question === "authority" }));
  assert.deepEqual(nextStep(answers), { outcome: "call_back", lure: "fake_authority" });
});

test("to claim an office alone ends nothing: the next question comes", () => {
  assert.deepEqual(nextStep([{ question: "authority", isYes: true }]), { ask: "place" });
});

for (const [demand, outcome, lure] of [
  ["place", "go", "job_abroad"],
  ["secret", "hang_up", "fake_authority"],
  ["stay", "hang_up", "fake_authority"],
  ["pay", "hang_up", "fake_emergency"],
  ["see", "hang_up", "grooming"],
]) {
  test(`a yes to "${demand}" ends the questions at once: ${outcome}`, () => {
    assert.deepEqual(nextStep(upTo(demand, { isOffice: false })), { outcome, lure });
    assert.deepEqual(nextStep(upTo(demand, { isOffice: true })), { outcome, lure: "fake_authority" });
  });
}
