/** What a person sees: the card beside a message, the neutral chip, the badge beside a link. */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;
  const { make, makeButton, makeSign, placeInView, say, inMyLanguage } = ours.sign;
  const { quoteWords, listReasons } = ours.reasons;

  /** @typedef {import("../types").Verdict} Verdict */
  /** @typedef {import("../globals").Sign} Sign */
  /** @typedef {import("../globals").SignActions} SignActions */

  const CALL_FROM_SEVERITY = 3;
  const HELPLINE = "111"; // rules/helplines.toml; a test compares them
  const SVG = "http://www.w3.org/2000/svg";
  // A pause sign in a circle; a bar in an octagon.
  const SHAPES = {
    caution: "M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20zM8.6 7.5h2.3v9H8.6zM13.1 7.5h2.3v9h-2.3z",
    danger: "M8 2h8l6 6v8l-6 6H8l-6-6V8zM6 10.6h12v2.8H6z",
  };

  /** @param {Document} document @param {"caution" | "danger"} level */
  function drawShape(document, level) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", SHAPES[level]);
    path.setAttribute("fill", "currentColor");
    path.setAttribute("fill-rule", "evenodd");
    svg.append(path);
    return svg;
  }

  /** A button that opens and closes *panel*.
   *  @param {Sign} sign @param {Element} button @param {HTMLElement} panel */
  function toggles(sign, button, panel) {
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    sign.onPress(button, () => {
      panel.hidden = !panel.hidden;
      button.setAttribute("aria-expanded", String(!panel.hidden));
    });
  }

  /** The helpline's number, big. Nothing is dialled until the number itself is pressed.
   *  @param {Document} document @param {Sign} sign */
  function makeCallBox(document, sign) {
    const box = make(document, "div", "call-box");
    const number = /** @type {HTMLAnchorElement} */ (make(document, "a", "call", HELPLINE));
    number.href = `tel:${HELPLINE}`;
    sign.onChoice(number, () => {});
    box.append(number, make(document, "span", "", say("card_call_111_line")));
    return box;
  }

  /** @param {Document} document @param {Verdict} verdict
   *  @param {{texts: Map<string, string>, beside: string}} seen */
  function quoteBeside(document, { reasons }, { texts, beside }) {
    if (!reasons[0].quote) return make(document, "p", "", inMyLanguage(reasons[0].why)); // seen earlier
    const here = reasons.filter(({ message }) => message === beside);
    const about = here.length > 0 ? here : reasons.slice(-1);
    const words = quoteWords(document, texts.get(about[0].message) ?? "", about);
    words.setAttribute("aria-label", say("card_said"));
    return words.textContent ? words : "";
  }

  /** @param {Document} document
   *  @param {Verdict} verdict caution or danger, with reasons
   *  @param {{texts: Map<string, string>, beside: string} | null} seen the checked texts by message id,
   *    and the message the card stands beside: its words are quoted first; null: it is about the page
   *    itself, and every reason is in sight
   *  @param {SignActions} actions
   *  @returns {Sign} whose `renew` changes the list of reasons and moves no button */
  function makeCard(document, verdict, seen, actions) {
    const level = verdict.level === "danger" ? "danger" : "caution";
    const sign = makeSign(document);
    const { body } = sign;
    body.classList.add(level);
    const card = make(document, "section", `card ${level}`);
    const title = inMyLanguage(verdict.title) || inMyLanguage(verdict.reasons[0].why);
    card.setAttribute("aria-label", title);

    const head = make(document, "div", "head");
    const fold = makeButton(document, "fold", "–");
    fold.setAttribute("aria-label", say("card_fold"));
    fold.title = say("card_fold");
    head.append(drawShape(document, level), make(document, "span", "", say(`card_label_${level}`)), fold);

    const titleLine = make(document, "p", "title", title);
    titleLine.setAttribute("role", level === "danger" ? "alert" : "status");
    const reasons = listReasons(document, verdict.reasons);
    card.append(head, titleLine, seen ? quoteBeside(document, verdict, seen) : reasons);
    card.append(make(document, "p", "first-action", inMyLanguage(verdict.first_action)));

    const buttons = make(document, "div", "actions");
    const tell = makeButton(document, "main", say("card_tell"));
    sign.onChoice(tell, () => actions.tell(verdict));
    buttons.append(tell);
    const panels = [];
    if (verdict.severity >= CALL_FROM_SEVERITY) {
      const call = makeButton(document, "", say("card_call_111"));
      panels.push(makeCallBox(document, sign));
      toggles(sign, call, panels[0]);
      buttons.append(call);
    }
    if (seen) {
      const why = makeButton(document, "plain", say("card_why"));
      panels.push(reasons);
      toggles(sign, why, reasons);
      buttons.append(why);
    }
    const { notSo } = actions;
    if (level === "caution" && notSo) {
      const no = makeButton(document, "plain", say("card_not_so"));
      sign.onChoice(no, notSo);
      buttons.append(no);
    }
    card.append(buttons, ...panels);

    const chip = makeButton(document, "chip", say("card_chip"));
    chip.setAttribute("aria-label", say("card_chip_label"));
    chip.hidden = true;
    /** @param {boolean} folded */
    const show = (folded) => {
      card.hidden = folded;
      chip.hidden = !folded;
      (folded ? chip : tell).focus();
    };
    sign.onPress(fold, () => show(true));
    card.addEventListener("keydown", (event) => {
      if (event.isTrusted && event.key === "Escape" && !event.isComposing) show(true); // the quick way out
    });
    sign.onPress(chip, () => show(false));
    body.append(card, chip);
    /** @param {Verdict} newer */
    const renew = (newer) => reasons.replaceChildren(...listReasons(document, newer.reasons).children);
    return { ...sign, renew };
  }

  /** A small grey button without one warning word: whoever looks over the shoulder learns nothing.
   *  @param {Document} document
   *  @param {Verdict} verdict
   *  @param {SignActions} actions
   *  @param {{inline?: boolean}} [options]
   *  @returns {Sign} */
  function makeChip(document, verdict, actions, { inline = false } = {}) {
    const sign = makeSign(document, { inline });
    const chip = makeButton(document, "chip", say("card_chip"));
    chip.setAttribute("aria-label", say("card_chip_label"));
    sign.onChoice(chip, () => actions.tell(verdict));
    sign.body.append(chip);
    return sign;
  }

  /** @param {Verdict} verdict */
  function badgeWords({ level, reasons }) {
    if (reasons.some(({ rule }) => rule.startsWith("listed."))) return say("card_badge_reported");
    return say(level === "danger" ? "card_badge_danger" : "card_badge_caution");
  }

  /** A short marker after a link; pressing it says why, in a panel above the page.
   *  @param {Document} document
   *  @param {Verdict} verdict
   *  @param {SignActions} actions
   *  @returns {Sign} */
  function makeBadge(document, verdict, actions) {
    const sign = makeSign(document, { inline: true });
    const level = verdict.level === "danger" ? "danger" : "caution";
    sign.body.classList.add(level);
    const badge = makeButton(document, "badge", badgeWords(verdict));
    badge.setAttribute("aria-haspopup", "dialog");
    const panel = make(document, "div", "panel");
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", badgeWords(verdict));
    panel.setAttribute("popover", "auto"); // the browser closes it on Escape or a press elsewhere
    const tell = makeButton(document, "main", say("card_tell"));
    const title = inMyLanguage(verdict.title);
    if (title) panel.append(make(document, "p", "title", title));
    panel.append(listReasons(document, verdict.reasons));
    if (verdict.first_action) panel.append(make(document, "p", "", inMyLanguage(verdict.first_action)));
    const buttons = make(document, "div", "actions");
    buttons.append(tell);
    panel.append(buttons);
    const open = () => {
      const { left, bottom } = badge.getBoundingClientRect();
      panel.showPopover();
      ours.sight.watch(tell);
      placeInView(panel, { left, top: bottom + 6 });
    };
    const close = () => panel.hidePopover();
    sign.onChoice(tell, () => actions.tell(verdict), () => {
      close();
      open(); // above what was put over it
    });
    sign.onPress(badge, (event) => {
      event.preventDefault(); // a badge may stand inside something that navigates
      if (panel.matches(":popover-open")) close();
      else open();
    });
    sign.body.append(badge, panel);
    return sign;
  }

  ours.warning = { makeCard, makeChip, makeBadge };
})();
