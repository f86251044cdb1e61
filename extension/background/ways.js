/** How somebody can be told: what a name, a phone number, a mail address and a link to a chat look like. */

/** In characters; the fields take no more. */
export const LONGEST = Object.freeze({ name: 40, word: 30, phone: 24, mail: 254, chat: 300 });

/** What somebody typed, as it is kept; *wrong* names what must be mended, and *value* is "" then.
 *  @typedef {{value: string, wrong: "" | "name" | "phone" | "emergency" | "mail" | "chat" | "https"}} Read */

/** @param {string} value @returns {Read} */
const good = (value) => ({ value, wrong: "" });
/** @param {Exclude<Read["wrong"], "">} wrong @returns {Read} */
const bad = (wrong) => ({ value: "", wrong });

// What nobody sees: joiners, marks of direction, "letters" that are blank.
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const MARKS = 2; // on one letter: ệ taken apart has two; a tower of them hides the lines above

/** A name, or a word for somebody: it has a letter, stays on its line, and turns no direction round.
 *  @param {string} typed @param {number} [longest] @returns {Read} */
export function readName(typed, longest = LONGEST.name) {
  const seen = typed.toWellFormed().normalize("NFC").replace(UNSEEN, "").replace(/[\p{Cc}\p{Z}]+/gu, " ");
  const plain = seen.replace(new RegExp(`(\\p{M}{${MARKS}})\\p{M}+`, "gu"), "$1").trim();
  const value = Array.from(plain).slice(0, longest).join("").trim();
  return /\p{L}/u.test(value) ? good(value) : bad("name");
}

const EMERGENCY = /^(?:\+84|0)?11[1-5]$|^(?:000|110|119|911|999)$/;
// Mobile: 10 digits since 2018 (lawnet.vn). Fixed: 02 and 9 digits, as Google's libphonenumber has it. Read 2026-11-23.
const VIETNAMESE = /^0(?:[35789]\d{8}|2\d{9})$/;
const FOREIGN = /^\+[1-9]\d{6,14}$/; // ITU-T E.164: 15 digits at most

/** A number of a person, as digits: Vietnamese ones begin with 0, others with +.
 *  @param {string} typed @returns {Read} */
export function readPhone(typed) {
  const dialled = typed.normalize("NFKC").replace(UNSEEN, "").replace(/[\s.,()/\p{Pd}]/gu, "").replace(/^00/, "+");
  if (dialled === "") return good("");
  if (EMERGENCY.test(dialled)) return bad("emergency");
  const number = dialled.replace(/^\+840?/, "0").replace(/^84(?=[235789]\d{8,9}$)/, "0");
  return VIETNAMESE.test(number) || FOREIGN.test(number) ? good(number) : bad("phone");
}

/** As people read it out: 0900 000 001. @param {string} phone of readPhone */
export function showPhone(phone) {
  return phone.replace(/^(0\d{3})(\d{3})(\d+)$/, "$1 $2 $3");
}

// What browsers take in <input type=email> (html.spec.whatwg.org), and a dot in the name of the host.
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const MAIL = new RegExp(`^[a-z0-9.!#$%&'*+/=?^_\`{|}~-]+@${LABEL}(?:\\.${LABEL})+$`, "i");

/** @param {string} typed @returns {Read} */
export function readMail(typed) {
  const mail = typed.replace(UNSEEN, "").trim();
  if (mail === "") return good("");
  return mail.length <= LONGEST.mail && MAIL.test(mail) ? good(mail) : bad("mail");
}

/** A page that opens the chat with this person. @param {string} typed @returns {Read} */
export function readChat(typed) {
  const link = typed.replace(UNSEEN, "").trim();
  if (link === "") return good("");
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(link) && !/^https:/i.test(link)) return bad("https");
  const address = /^https:\/\//i.test(link) ? link : `https://${link}`;
  if (!URL.canParse(address)) return bad("chat");
  const { href, hostname, username, password } = new URL(address);
  const isName = /\.[a-z]/.test(hostname); // a phone number alone would be read as the four bytes of an address
  return isName && !username && !password && href.length <= LONGEST.chat ? good(href) : bad("chat");
}

const CHATS = { zalo: ["zalo.me"], messenger: ["m.me", "messenger.com", "facebook.com"] };

/** Which of our buttons *chat* is for; "" for another chat. @param {string} chat of readChat */
export function chatKind(chat) {
  const host = URL.canParse(chat) ? new URL(chat).hostname : "";
  const kind = Object.entries(CHATS).find(([, names]) => names.some((name) => host === name || host.endsWith(`.${name}`)));
  return /** @type {"zalo" | "messenger" | ""} */ (kind?.[0] ?? "");
}
