/** Words on paper, by the browser's own print dialog: nothing is kept, here or elsewhere. */

/** Print *lines* and nothing else of the page (paper.css), then forget them.
 *  @param {HTMLElement} paper  empty, hidden and only seen by the printer
 *  @param {string[]} lines  one paragraph each */
export function print(paper, lines) {
  paper.replaceChildren(
    ...lines.map((line) => {
      const words = document.createElement("p");
      words.textContent = line;
      return words;
    }),
  );
  paper.hidden = false;
  document.body.dataset.printing = "paper";
  window.addEventListener("afterprint", () => forget(paper), { once: true });
  window.print();
}

/** @param {HTMLElement} paper */
function forget(paper) {
  paper.replaceChildren();
  paper.hidden = true;
  delete document.body.dataset.printing;
}
