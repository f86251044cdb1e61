/**
 * The practice page: a pretend chat in which a parent or teacher plays the sender.
 *
 * The card comes from the same content scripts that run on a real page; this file only puts messages
 * into the chat and says in words what the service makes of them.
 */

import { ask } from "./ask.js";
import { keepStateShown } from "./service_state.js";
import { STORIES } from "./stories.js";
import { fillWords, part, say } from "./words.js";

const FIRST_CHECK_MS = 16000; // the first message after a start waits for the engine
const WINDOW = 50; // messages the service takes at once

fillWords();

const chat = part("practice-chat", HTMLOListElement);
const happening = part("happening", HTMLElement);
const nextButton = part("next", HTMLButtonElement);
const allButton = part("all", HTMLButtonElement);
const typed = part("typed", HTMLTextAreaElement);

let story = /** @type {import("./stories.js").Story} */ (STORIES[0]);
let played = 0;
let run = 0;

/** Begin *chosen* in an empty chat; a new run is a new conversation for the content scripts.
 *  @param {import("./stories.js").Story} chosen */
function begin(chosen) {
  story = chosen;
  played = 0;
  run += 1;
  chat.replaceChildren();
  chat.dataset.conversation = `${story.id}-${run}`;
  for (const button of part("story-list", HTMLElement).querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === story.id));
  }
  part("about", HTMLElement).textContent = say(`practice_${story.id}_about`);
  happening.textContent = say("practice_ready");
  showWhatIsLeft();
}

function showWhatIsLeft() {
  const isOver = played >= story.from.length;
  nextButton.disabled = isOver;
  allButton.disabled = isOver;
}

/** @param {string} text @param {"me" | "them"} from */
function addMessage(text, from) {
  const item = document.createElement("li");
  item.dataset.messageId = `${run}-${chat.childElementCount + 1}`;
  item.dataset.from = from;
  const words = document.createElement("p");
  words.className = "text";
  words.textContent = text;
  item.append(words);
  chat.append(item);
  item.scrollIntoView({ block: "nearest" });
}

function playNext() {
  const from = story.from[played];
  if (!from) return;
  played += 1;
  addMessage(say(`practice_${story.id}_${played}`), from);
  showWhatIsLeft();
}

/** Say in words what stands now. */
async function explain() {
  const asked = run;
  const shown = chat.childElementCount;
  const place = say("practice_count", String(played), String(story.from.length));
  const end = played >= story.from.length ? say("practice_end") : "";
  const messages = Array.from(chat.children, (item) => ({
    id: item.getAttribute("data-message-id") ?? "",
    text: item.querySelector(".text")?.textContent ?? "",
    from_me: item.getAttribute("data-from") === "me",
  })).slice(-WINDOW);
  const answer = await ask({ type: "check", request: { messages }, conversation: null }, { timeoutMs: FIRST_CHECK_MS });
  if (asked !== run || shown !== chat.childElementCount) return; // another message came meanwhile
  happening.textContent = [place, say(`practice_level_${whatStands(answer)}`), end].filter(Boolean).join(" ");
  chat.lastElementChild?.scrollIntoView({ block: "nearest" }); // a card may have pushed it down
}

/** @param {import("../types").CheckAnswer | null} answer */
function whatStands(answer) {
  if (answer?.state !== "on") return "unreachable";
  const { level, help } = answer.reply.conversation;
  return level === "no_information" && help ? "help" : level;
}

part("story-list", HTMLElement).append(
  ...STORIES.map((each) => {
    const button = document.createElement("button");
    button.type = "button";
    button.value = each.id;
    button.textContent = say(`practice_${each.id}`);
    button.addEventListener("click", () => begin(each));
    return button;
  }),
);

nextButton.addEventListener("click", () => {
  playNext();
  void explain();
});
allButton.addEventListener("click", () => {
  while (played < story.from.length) playNext();
  void explain();
});
part("again", HTMLButtonElement).addEventListener("click", () => begin(story));
part("typing", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  const text = typed.value.trim();
  if (!text) return;
  typed.value = "";
  addMessage(text, "them");
  void explain();
});

begin(story);
keepStateShown();
