/** "Call Mẹ Lan": the family's own people where a child had better talk than write. A computer rarely calls,
 *  so the number stands there to be read, and as a code for a phone. */

import { getShown } from "../background/helpers.js";
import { showPhone } from "../background/ways.js";
import { nameElement, nameOf } from "./helper_name.js";
import { drawCallCode } from "./phone_code.js";
import { api, part, say } from "./words.js";

/** @typedef {import("../types").Helper} Helper */

const MOST = 3; // one is enough; a long list makes a frightened child choose

/** @param {Helper} helper */
function makeCall(helper) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  const number = document.createElement("span");
  const code = document.createElement("button");
  const figure = document.createElement("figure");
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  link.className = "button";
  link.href = `tel:${helper.phone}`;
  number.textContent = showPhone(helper.phone);
  link.append(nameElement(helper), number);
  Object.assign(code, { type: "button", textContent: say("call_code") });
  code.setAttribute("aria-label", say("call_code_whom", nameOf(helper)));
  code.setAttribute("aria-expanded", "false");
  picture.setAttribute("class", "qr");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", say("call_code_whom", nameOf(helper)));
  figure.hidden = true;
  figure.append(picture);
  code.addEventListener("click", () => {
    figure.hidden = !figure.hidden;
    code.setAttribute("aria-expanded", String(!figure.hidden));
    if (!figure.hidden) drawCallCode(picture, helper.phone);
  });
  row.append(link, code, figure);
  return row;
}

/** Fill the page's #calls with those who have a number; without any it stays hidden. */
export async function showCalls() {
  const helpers = (await getShown(api)).filter(({ phone }) => phone !== "").slice(0, MOST);
  part("calls", HTMLElement).hidden = helpers.length === 0;
  part("calls-list", HTMLUListElement).replaceChildren(...helpers.map(makeCall));
}
