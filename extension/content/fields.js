/** A page whose own address borrows a name, or was reported: a calm card beside the field for a
 *  password or a code, and beside the link to an app's file. Whether such a field is there is all that
 *  is looked at; what stands in it is never read, and nobody is kept from typing.
 */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;

  /** @typedef {import("../types").Verdict} Verdict */
  /** @typedef {import("../globals").Sign} Sign */
  /** @typedef {import("../globals").CardKind} Kind */

  const SECRET = ["current-password", "new-password", "one-time-code"].map((use) => `[autocomplete~="${use}" i]`);
  const SECRETS = `input:is([type="password" i], ${SECRET.join(", ")})`;
  const CLIMB = 8; // levels above a field in which we look for a place with room
  const RAISES = 20; // times a removed card is put back

  /** @param {Element} element @returns {Kind | null} */
  function kindOf(element) {
    if (element.localName === "input") return element.matches(SECRETS) ? "password" : null;
    return ["href", "download"].some((name) => ours.downloads.isApp(element.getAttribute(name) ?? "")) ? "app" : null;
  }

  /** The box below which the card finds room: no part of a line, and of no row with others.
   *  @param {Element} field */
  function rowOf(field) {
    let row = field;
    for (let level = 0; level < CLIMB; level += 1) {
      const box = row.parentElement;
      if (!box || box === row.ownerDocument.body) break;
      const around = getComputedStyle(box);
      const isInLine = getComputedStyle(row).display === "inline" || around.display.startsWith("inline");
      if (!isInLine && !ours.sign.laysOutInARow(around)) break;
      row = box;
    }
    return row;
  }

  /** @param {import("../globals").WatchFieldsOptions} options
   *  @returns {import("../globals").FieldWatch} */
  function watchFields({ document, ask, least = "caution", neutral, tell, Observer }) {
    const url = ours.borrowed.addressOf(document.location);
    /** @type {Map<Element, Kind>} */ const shown = new Map();
    /** @type {Map<Kind, {field: Element, sign: Sign, guard: MutationObserver}>} */ const cards = new Map();
    /** @type {Verdict | null | undefined} undefined: not known yet; null: nothing to say */ let verdict;
    let isAsking = false;
    let hasStopped = url === null;
    let raises = 0;

    const onScreen = new Observer((entries) => {
      for (const { isIntersecting, target, boundingClientRect } of entries) {
        const kind = kindOf(target);
        if (isIntersecting && kind) shown.set(target, kind);
        else shown.delete(target);
        // Out of sight the card waits where it is; it goes when its field is gone or hidden.
        if (boundingClientRect.width === 0 && kind && cards.get(kind)?.field === target) remove(kind);
      }
      show();
    });

    /** @param {Kind} kind */
    function remove(kind) {
      const card = cards.get(kind);
      cards.delete(kind);
      card?.guard.disconnect();
      card?.sign.remove();
    }

    /** One card of a kind, beside the first such field that is seen. */
    function show() {
      if (hasStopped || shown.size === 0) return;
      if (verdict === undefined) void askAboutPage();
      if (!verdict) return;
      for (const [field, kind] of shown) if (!cards.has(kind)) put(field, kind, verdict);
    }

    /** @param {Element} field @param {Kind} kind @param {Verdict} about */
    function put(field, kind, about) {
      if (!field.isConnected || (raises += 1) > RAISES) return;
      const sign = ours.borrowed.makeCard(field.ownerDocument, kind, about, { neutral, tell });
      const { host } = sign;
      rowOf(field).after(host);
      const guard = new MutationObserver(() => {
        if (host.isConnected) return;
        remove(kind);
        show();
      });
      guard.observe(host.getRootNode(), { childList: true, subtree: true });
      cards.set(kind, { field, sign, guard });
    }

    async function askAboutPage() {
      if (isAsking || hasStopped || !url) return;
      isAsking = true;
      const answer = await ask({ type: "check", request: { links: [{ id: "page", url }] }, conversation: null });
      isAsking = false;
      if (hasStopped || (answer?.state !== "on" && answer?.state !== "broken")) return; // retry() asks again
      verdict = answer.state === "on" ? ours.borrowed.worthSaying(answer.reply.links[0], least) : null;
      if (!verdict) stop();
      show();
    }

    function stop() {
      hasStopped = true;
      onScreen.disconnect();
      shown.clear();
      for (const kind of [...cards.keys()]) remove(kind);
    }

    return {
      meet(element) {
        if (!hasStopped && kindOf(element)) onScreen.observe(element);
      },
      tells: (kind) => cards.get(kind)?.field.isConnected ?? false, // its card goes with it, a moment later
      told: () => (cards.size > 0 ? (verdict ?? null) : null),
      waiting: () => !hasStopped && verdict === undefined && shown.size > 0,
      retry: () => show(),
      stop,
    };
  }

  ours.fields = { watchFields };
})();
