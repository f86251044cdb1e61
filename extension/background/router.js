/** Who may ask what: a fixed list for web pages' content scripts, a longer one for our own pages. */

import { forPage, isOff } from "./options.js";
import { readCode } from "./pairing_code.js";
import { isName, isNameOrNull, readCheckRequest, readIds, readPinRequest, readQrRequest, readTellContext } from "./shapes.js";

/** @typedef {import("../types").Answers} Answers */
/** @typedef {import("./earlier.js").Earlier} Earlier */
/** @typedef {import("./service.js").Service} Service */
/** @typedef {import("./tell.js").TellWindow} TellWindow */
/** @typedef {{id?: string} & import("./navigation.js").Sender} Sender */

const FROM_ANY_PAGE = ["check", "open_tell", "arrived", "leave_page", "page_options", "not_so", "sign_here", "status"];
const MOST_TYPED = 64; // characters of a code, with all that people put between
/** @type {import("../types").TellContext} */
export const NO_CONTEXT = { lure: null, level: "no_information", reasons: [], help: false };
const FOR_US = ["tell_context", "asked_text", "blocked_page", "pass_blocked", "pin", "read_qr", "reconnect", "pair_by_code", "erase"];
const FROM_OUR_PAGES = [...FROM_ANY_PAGE, ...FOR_US];

/** @param {{
 *    id: string, ownPages: string,
 *    service: Pick<Service, "check" | "pin" | "readQr" | "status" | "reconnect">,
 *    earlier: Pick<Earlier, "signals" | "remember">,
 *    quiet: Pick<import("./quiet.js").Quiet, "begin" | "holds">,
 *    showSign: (tab: number, isHere: boolean) => Promise<void>,
 *    tellWindow: Pick<TellWindow, "open" | "context">,
 *    menu: Pick<import("./menu.js").Menu, "take">,
 *    navigation: Pick<import("./navigation.js").Navigation, "arrived" | "leave" | "context" | "pass">,
 *    options: () => Promise<import("../types").Options>,
 *    signWords: (language: import("../types").Options["language"]) => Promise<Record<string, string> | null>,
 *    pairByCode: (code: string) => Promise<import("../types").CodeAnswer>,
 *    erase: () => Promise<Answers["erase"]>,
 *  }} parts  *ownPages* is runtime.getURL("")
 *  @returns {(message: unknown, sender: Sender) => Promise<Answers[keyof Answers]>} null: refused */
export function makeRouter({
  id,
  ownPages,
  service,
  earlier,
  quiet,
  showSign,
  tellWindow,
  menu,
  navigation,
  options,
  signWords,
  pairByCode,
  erase,
}) {
  /** @param {Record<string, unknown>} message @param {Sender} sender */
  async function check({ request, conversation, visit }, sender) {
    const asked = readCheckRequest(request);
    if (!asked || !isNameOrNull(conversation)) return null;
    const talk = conversation ?? (isName(visit) ? visit : null);
    const chosen = await options();
    if (isOff(chosen, sender.url)) return null; // switched off a moment ago
    const site = new URL(sender.url ?? "about:blank").origin;
    const seen = await earlier.signals(site, conversation);
    const answer = await service.check({ ...asked, audience: chosen.audience, earlier: [...(asked.earlier ?? []), ...seen] });
    if (answer.state !== "on" || !asked.messages?.length) return answer;
    await earlier.remember(site, conversation, answer.reply.conversation.signals);
    const isQuiet = talk !== null && (await quiet.holds(site, talk, answer.reply.conversation));
    return { ...answer, quiet: isQuiet };
  }

  /** @param {Record<string, unknown>} message @param {Sender} sender */
  async function notSo({ conversation, messages }, sender) {
    const ids = readIds(messages);
    if (!isName(conversation) || !ids) return null;
    await quiet.begin(new URL(sender.url ?? "about:blank").origin, conversation, ids);
    return { done: true };
  }

  return async (message, sender) => {
    if (sender.id !== id || typeof message !== "object" || message === null) return null;
    const asked = /** @type {Record<string, unknown>} */ (message);
    const allowed = sender.url?.startsWith(ownPages) ? FROM_OUR_PAGES : FROM_ANY_PAGE;
    if (typeof asked.type !== "string" || !allowed.includes(asked.type)) return null;
    switch (asked.type) {
      case "check":
        return check(asked, sender);
      case "not_so":
        return notSo(asked, sender);
      case "sign_here":
        if (sender.tab?.id !== undefined) await showSign(sender.tab.id, asked.any === true);
        return { done: true };
      case "open_tell": // a reason we cannot read must never keep the window shut
        return tellWindow.open(readTellContext(asked) ?? NO_CONTEXT);
      case "tell_context":
        return tellWindow.context;
      case "page_options": {
        const chosen = await options();
        return { ...forPage(chosen, sender.url), words: await signWords(chosen.language) };
      }
      case "arrived":
        return navigation.arrived(sender);
      case "leave_page":
        return navigation.leave(sender);
      case "blocked_page":
        return navigation.context(sender);
      case "pass_blocked":
        return navigation.pass(sender, readPinRequest({ do: "check", pin: asked.pin })?.pin ?? null);
      case "pin": {
        const request = readPinRequest(asked.request);
        return request && service.pin(request);
      }
      case "asked_text":
        return menu.take();
      case "read_qr": {
        const picture = readQrRequest(asked.picture);
        return picture && service.readQr(picture);
      }
      case "reconnect":
        return service.reconnect();
      case "pair_by_code": {
        const code = typeof asked.code === "string" ? readCode(asked.code.slice(0, MOST_TYPED)) : null;
        return code ? pairByCode(code) : { outcome: "no_code" };
      }
      case "erase":
        return erase();
      default:
        return service.status();
    }
  };
}
