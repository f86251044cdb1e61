/** What opens when the child's own words tell of harm: small and calm; it quotes and accuses nobody. */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;
  const { make, makeButton, makeSign, say, inMyLanguage } = ours.sign;

  /** Beside the child's own message: a card, or the neutral chip where the screen may be watched.
   *  @param {Document} document
   *  @param {import("../types").Verdict} verdict one with `help`
   *  @param {import("../globals").HelpActions} actions
   *  @param {{neutral: boolean, mine: boolean}} place *mine*: the page shows this message as the child's
   *  @returns {import("../globals").Sign} */
  function makeHelp(document, verdict, actions, { neutral, mine }) {
    const sign = makeSign(document);
    sign.body.classList.add("help");
    sign.body.classList.toggle("mine", mine);
    // A chip of its own where nothing lies under it: the page may be light while we are dark.
    const close = makeButton(document, neutral ? "chip close" : "fold", "×");
    close.setAttribute("aria-label", say("help_close"));
    close.title = say("help_close");
    const tell = makeButton(document, neutral ? "chip" : "main", say(neutral ? "card_chip" : "help_tell"));
    if (neutral) {
      const row = make(document, "div", "row");
      tell.setAttribute("aria-label", say("card_chip_label"));
      row.append(tell, close);
      sign.body.append(row);
    } else {
      const card = make(document, "section", "card");
      const title = make(document, "p", "title", inMyLanguage(verdict.title));
      title.setAttribute("role", "status");
      card.setAttribute("aria-label", title.textContent);
      const head = make(document, "div", "head");
      const buttons = make(document, "div", "actions");
      head.append(title, close);
      buttons.append(tell);
      card.append(head, make(document, "p", "first-action", inMyLanguage(verdict.first_action)), buttons);
      sign.body.append(card);
    }
    sign.onChoice(tell, () => actions.tell(verdict));
    sign.onChoice(close, actions.close);
    return sign;
  }

  ours.help = { makeHelp };
})();
