import assert from "node:assert/strict";
import { test } from "node:test";

import { knowsItsSite, openSite, plain } from "./simulated.mjs";

const DISCORD = {
  name: "discord",
  url: "https://discord.com/channels/@me/100",
  hosts: [
    ["https://discord.com/channels/@me/100", true],
    ["https://ptb.discord.com/app", true],
    ["https://discord.com.a.example/channels/", false],
    ["https://support.discord.com/", false],
  ],
};

knowsItsSite(DISCORD);

const sides = (read) => plain(read().map(({ from_me }) => from_me));
const SHARED = "https://cdn.discordapp.com/embed/avatars/3.png";

/** Give everybody but one's own account these pictures. */
function draw(document, mine, theirs) {
  const own = document.querySelector("section img");
  const user = /avatars\/11\//;
  for (const picture of document.querySelectorAll("ol img")) {
    picture.setAttribute("src", user.test(picture.getAttribute("src")) ? mine : theirs);
  }
  own.setAttribute("src", mine);
}

for (const [what, mine, theirs, expected] of [
  ["pictures of a server's members", "https://cdn.discordapp.com/guilds/9/users/11/avatars/a.webp", "https://cdn.discordapp.com/guilds/9/users/22/avatars/b.webp", [false, true]],
  ["a picture that many share against one's own", "https://cdn.discordapp.com/avatars/11/a.webp", SHARED, [false, true]],
  ["one's own that many share against another", SHARED, "https://cdn.discordapp.com/avatars/22/b.webp", [false, null]],
  ["pictures that many share", SHARED, SHARED, [null, null]],
]) {
  test(`who wrote it, by ${what}`, () => {
    const { chat, document, read } = openSite(DISCORD);
    chat.receive("Chào em");
    chat.send("Dạ");
    draw(document, mine, theirs);
    assert.equal(sides(read), plain(expected));
  });
}

test("nobody knows who wrote it where the account's picture or the writer's is not there", () => {
  const { chat, document, read } = openSite(DISCORD);
  chat.receive("Chào em");
  chat.send("Dạ");
  document.querySelector("section img").remove();
  assert.equal(sides(read), plain([null, null]));
});

test("the second message in a row is by who wrote the first, and by nobody known once that is gone", () => {
  const { chat, read } = openSite(DISCORD);
  chat.send("Dạ");
  chat.send("Ai đấy ạ");
  assert.equal(sides(read), plain([true, true]));
  chat.row(read()[0].id).remove();
  assert.equal(sides(read), plain([null]));
});

test("a thread beside its channel is a conversation of its own", () => {
  const { document, chat, adapter } = openSite(DISCORD);
  chat.receive("Chào em");
  const thread = document.querySelector("#list").cloneNode();
  const row = document.querySelector("#list li").cloneNode(true);
  row.id = "chat-messages-300-1";
  row.querySelector('[id^="message-content-"]').id = "message-content-1";
  thread.append(row);
  document.body.append(thread);
  const keys = adapter.containers(document).map((box) => adapter.conversation(document, box));
  assert.equal(plain(keys), plain(["100", "300"]));
});

test("neither a forum nor the greeting of a new talk is said to have changed; a post beside the forum is read", () => {
  for (const move of ["greet", "openForum"]) {
    const { adapter, chat, document, ours } = openSite(DISCORD);
    let at = 0;
    const [generic] = ours.adapters.filter(({ name }) => name === "generic");
    const drift = ours.drift.watchDrift({ document, adapter, generic, now: () => at });
    chat[move]();
    for (at of [0, 20_000]) drift.look();
    assert.equal(drift.isSilent(), false, move);
  }
  const { adapter, chat, document } = openSite(DISCORD);
  chat.receive("Chào em");
  const beside = document.querySelector("#list").cloneNode(true);
  chat.openForum();
  document.body.append(beside);
  assert.equal(plain(adapter.messages(adapter.container(document)).map(({ text }) => text)), plain(["Chào em"]));
});

test("a reply is by who writes it, not by whose words and picture it shows", () => {
  const { chat, read } = openSite(DISCORD);
  chat.send("Ừ", { quote: "Chào em" });
  assert.equal(sides(read), plain([true]));
});
