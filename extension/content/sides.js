/** On which side of a chat each message stands, as the page lays them out; unknown unless it is proven. */
"use strict";

// Most chats put the reader's own messages at the right and everybody else's at the left. Where the
// page does not say who wrote a message, that is told only when both sides are there beyond doubt:
// boxes that share their right edge while their left edges differ, and the mirror image. A list whose
// rows are all as wide, an indented reply or a narrow window prove nothing. Nor does the direction of
// a text, which its writer chooses.
(() => {
  const ours = globalThis.khongMotMinh;

  const EDGE = 12; // pixels by which edges of one side may differ
  const APART = 0.12; // of the width: how far a box keeps from the other side
  const FULL = 0.92; // of a row's width: a box as wide has no side

  /** @param {({left: number, right: number} | null)[]} boxes one a message, in pixels
   *  @returns {(boolean | null)[]} whether it stands at the right */
  function tellSides(boxes) {
    const seen = boxes.filter((box) => box !== null);
    const left = Math.min(...seen.map((box) => box.left));
    const right = Math.max(...seen.map((box) => box.right));
    /** @type {(box: {left: number, right: number}) => "left" | "right" | "middle" | null} */
    const sideOf = (box) => {
      const [before, after] = [box.left - left, right - box.right];
      if (Math.abs(before - after) <= 2 * EDGE) return "middle"; // a notice of the site, or a full row
      if (before <= EDGE && after > APART * (right - left)) return "left";
      return after <= EDGE && before > APART * (right - left) ? "right" : null;
    };
    const sides = boxes.map((box) => box && sideOf(box));
    /** @param {"left" | "right"} side @param {"left" | "right"} edge */
    const isRagged = (side, edge) => {
      const edges = boxes.flatMap((box, at) => (box && sides[at] === side ? [box[edge]] : []));
      return Math.max(...edges) - Math.min(...edges) > EDGE;
    };
    const isProven = seen.every((box) => sideOf(box)) && isRagged("left", "right") && isRagged("right", "left");
    return sides.map((side) => (isProven && (side === "left" || side === "right") ? side === "right" : null));
  }

  /** The box of a message: the widest around its words that does not fill the row.
   *  @param {Element} row @param {Element} words inside it
   *  @returns {{left: number, right: number} | null} null where it is not laid out, or from right to left */
  function boxOf(row, words) {
    const most = row.getBoundingClientRect().width * FULL;
    let box = null;
    for (let element = words; element !== row && element.parentElement; element = element.parentElement) {
      const { left, right, width } = element.getBoundingClientRect();
      if (width > most) break;
      const { display } = getComputedStyle(element);
      if (width > 0 && display !== "inline" && display !== "contents") box = { left, right };
      if (getComputedStyle(element.parentElement).direction === "rtl") return null;
    }
    return box;
  }

  ours.sides = { tellSides, boxOf };
})();
