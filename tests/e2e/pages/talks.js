// Plays talks on a simulated chat at the page's own pace, so that forty of them take no minute: window.talks.
"use strict";

/** A lure waits for its sign beside the message *place*. Harmless talk is opened in *thread*, where it has
 *  been before, or not, and a lure comes after it; then it begins in *next*, for the time after this one.
 *  @typedef {{name: string, kind: "lure" | "benign", thread: string, next: string, said: [string, boolean][],
 *    place: number, lure: string}} Talk */

window.talks = (() => {
  const LOOK_MS = 10;

  /** Open a conversation; the first time all of *said* comes at once. Each is [text, fromMe]. */
  function open(thread, said) {
    const { chat } = window;
    chat.open(thread);
    if (chat.ids().length > 0) return;
    for (const [text, isMine] of said) if (isMine) chat.send(text); else chat.receive(text);
  }

  /** Whoever reads this page in idle moments has seen it as it is now: those come in the order they were asked for. */
  async function read() {
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 300 }));
  }

  /** Whether a sign comes to be beside message *id*, having stood beside no other in this conversation. */
  async function isOnlySigned(id, withinMs) {
    const wanted = JSON.stringify([id]);
    const until = performance.now() + withinMs;
    while (JSON.stringify(window.chat.signs()) !== wanted) {
      if (performance.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return JSON.stringify(window.chat.signed()) === wanted;
  }

  /** @param {Talk} talk @param {number} withinMs @returns {Promise<string | null>} what went wrong */
  async function play({ name, kind, thread, next, said, place, lure }, withinMs) {
    const { chat } = window;
    open(thread, said);
    let expected = chat.ids()[place];
    if (kind === "benign") {
      await read(); // alone: beside a lure, a smaller warning of these words would not be seen
      expected = chat.receive(lure);
    }
    const isRight = await isOnlySigned(expected, withinMs);
    const seen = `signs beside ${chat.signed().join(", ") || "nothing"}, expected beside ${expected}`;
    if (kind === "benign") {
      open(next, said);
      await read();
    }
    return isRight ? null : `${kind} ${name}: ${seen}`;
  }

  return {
    missed: null,
    /** Play one after another; *missed* then holds a line for each that went wrong.
     *  @param {Talk[]} all @param {number} withinMs for each */
    async playAll(all, withinMs) {
      this.missed = null;
      const missed = [];
      for (const talk of all) missed.push(await play(talk, withinMs));
      this.missed = missed.filter(Boolean);
    },
  };
})();
