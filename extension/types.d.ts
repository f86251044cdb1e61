/**
 * The whole conversation between the parts, in one file: read this first.
 *
 *   content script  →  background worker  →  service on 127.0.0.1
 *   our own pages   →  background worker  →  service on 127.0.0.1
 *
 * The wire half mirrors service/notalone/model.py; tests/extension/contract holds them together.
 */

// --- the wire: what the service takes and answers ------------------------------------------------

export type Level = "no_information" | "caution" | "danger";
export type Stage = "contact" | "trust" | "isolate" | "secrecy" | "demand";
export type Audience = "under_13" | "teen" | "adult";

export interface Bilingual { vi: string; en: string }

export interface Link { id: string; url: string; text?: string }
export interface Message { id: string; text: string; from_me: boolean | null }

export interface CheckRequest {
  links?: Link[]; // at most 200
  messages?: Message[]; // at most 50, oldest first
  earlier?: string[]; // signal names seen before in this conversation; never words
  audience?: Audience;
}

/** A name that people know, and beside it the one that an address really has. */
export interface Comparison {
  like: string;
  actual: string; // "…" where a long host was cut; its real name never is
  differs: [number, number][]; // from and to in UTF-16 units of `actual`; in order, apart
}

export interface Reason {
  rule: string;
  signal: string;
  stage: Stage;
  message: string; // id of the message or link the quote is from; "" for what was seen earlier
  quote: string; // "" then
  start: number; // UTF-16 units into the original text: slice it with String.prototype.slice
  end: number;
  why: Bilingual;
  source: string | null;
  added: string | null; // ISO date
  compare: Comparison | null; // the names that `why` speaks of, to be lined up
}

export interface Verdict {
  id: string;
  level: Level;
  lure: string | null;
  severity: number; // 0 unknown, 1 nuisance … 4 body, life, freedom
  watched: boolean; // the sender may see this screen: a neutral chip, never a card, on a real page
  title: Bilingual | null;
  stages: Stage[];
  signals: string[];
  reasons: Reason[]; // below a warning too, where something is only told of: a shortened link
  first_action: Bilingual | null;
  help: boolean; // the child's own words tell of harm: open help, accuse nobody; not a level
}

export interface ConversationVerdict extends Verdict {
  levels: Record<string, Level>;
  by_message: string | null;
}

/** The lists of reported addresses: their last fetch, and how many addresses they name; "off": somebody
 *  switched them off. */
export interface ListsState { state: "fresh" | "old" | "missing" | "off"; age_days: number; rows: number }
export interface RulesState { version: string; built: string; age_days: number; state: "fresh" | "old" | "missing"; lists: ListsState }

export interface CheckReply {
  rules: RulesState;
  links: Verdict[];
  messages: Verdict[];
  conversation: ConversationVerdict;
}

export interface HelloRequest { pairing: string; nonce: string }
export interface HelloReply { proof: string; boot: string; port: number; protocol: number; service: string; rules: RulesState }
/** By the code that a person typed; what the proofs are made of stands in service/notalone/pairing_code.py. */
export interface PairRequest { nonce: string; proof: string }
export interface PairReply { pairing: string; proof: string }
/** A picture as grey pixels, row by row, 0 black; *grey* in base64. */
export interface QrRequest { width: number; height: number; grey: string }
export interface QrReply { texts: string[] }
/** What a family does with its PIN; *pin* is the one that is typed, *new* the one to be set. */
export interface PinRequest { do: "state" | "check" | "set" | "remove"; pin?: string | null; new?: string | null }
export interface PinReply { outcome: "ok" | "wrong" | "wait"; is_set: boolean; wait_s: number; reset_in_s: number | null }
/** The worker gives up the pairing that its token belongs to; *done*: nobody can use its secret any more. */
export interface UnpairRequest { pairing: string }
export interface UnpairReply { done: boolean }
export interface ErrorReply { error: string }

// --- native messaging: worker → `notalone native-host` → worker --------------------------------------

/** `origin` is runtime.getURL("") without the last slash; `pairing` is what an earlier answer gave. */
export interface NativeRequest { op: "pair"; origin: string; pairing: string | null; protocol: number }
export type NativeReply =
  | { ok: true; pairing: string; secret: string; port: number; service: string; protocol: number }
  | { ok: false; error: "bad_request" | "no_service" | "no_data_folder" | "broken"; say: Bilingual };

// --- inside the extension: content scripts and pages → worker -----------------------------------------

/** What the toolbar icon and the popup say. Anything but "on" is shown loudly. */
export type ServiceState =
  | "starting"
  | "on"
  | "off" // paired before, but nobody answers now
  | "not_installed" // no native host on this computer
  | "not_allowed" // the native host does not know this extension
  | "broken" // the native host is there and fails
  | "update_needed";

export interface Status { state: ServiceState; rules: RulesState | null; service: string | null }

/** What a family chose; background/options.js keeps it on this computer. */
export interface Options {
  strictness: "normal" | "calm"; // calm: a sign for danger only
  audience: Audience;
  language: "browser" | "vi" | "en";
  sites_off: string[]; // hosts without "www."; their subdomains too
}

/** Somebody whom the child may tell; background/helpers.js keeps them on this computer. A way that is not known is "". */
export interface Helper {
  id: string; // a UUID
  name: string;
  relation: "mother" | "father" | "sister" | "brother" | "teacher_woman" | "teacher_man" | "friend" | "other";
  you: string; // for "other": what the child calls them …
  me: string; // … and itself; "" else
  phone: string; // digits: "0900000001", or "+…" abroad
  mail: string;
  chat: string; // https
}

/** What of it a page's content scripts are told; *words* only where the language is not the browser's. */
export interface PageOptions { on: boolean; least: Exclude<Level, "no_information">; words: Record<string, string> | null }

/** Content scripts may send these, and no others. `conversation` is the adapter's own key. */
export type PageMessage =
  | { type: "check"; request: CheckRequest; conversation: string | null; visit?: string } // *visit* stands for one without a name
  | { type: "open_tell"; lure: string | null; level: Level; reasons: Reason[]; help: boolean }
  | { type: "arrived" } // a page begins to load; its address is the browser's word, not the message's
  | { type: "leave_page" } // it was to be left, and is still there
  | { type: "page_options" } // for the page that asks
  | { type: "not_so"; conversation: string; messages: string[] } // a caution is waved away; ids of what it quoted
  | { type: "sign_here"; any: boolean } // whether a sign stands on the page now
  | { type: "status" };

/** The worker tells the content scripts of every tab {type: "options_changed"}. */

/** Our own extension pages may send these too. */
export type OwnPageMessage =
  | PageMessage
  | { type: "tell_context" } // answered from memory only; null once the worker has slept
  | { type: "blocked_page" } // what stands in place of a reported page, in the tab that asks
  | { type: "pass_blocked"; pin?: string } // go there all the same; the PIN only where an adult is asked
  | { type: "asked_text" } // what was marked for "check this", once
  | { type: "read_qr"; picture: QrRequest }
  | { type: "pin"; request: PinRequest }
  | { type: "reconnect" }
  | { type: "erase" } // everything that this profile keeps
  | { type: "pair_by_code"; code: string }; // as it was typed

/** The popup asks the content script of the page in front {type: "page_state"}. */
export interface PageState {
  silent: boolean; // a known chat, and no message was found for a while
  on: boolean; // nobody switched us off here
  site: string; // its address, for the button that does so
  told: TellContext | null; // what a sign on it tells of
}

/** *quiet*: a caution about these messages was waved away, and is to be kept back. */
export type CheckAnswer = { state: "on"; reply: CheckReply; quiet?: boolean } | { state: Exclude<ServiceState, "on"> };
export type QrAnswer = { state: "on"; texts: string[] } | { state: Exclude<ServiceState, "on"> };
/** "no_code": what was typed cannot be one; "refused": wrong, too late, or used before. */
export interface CodeAnswer { outcome: "paired" | "no_code" | "refused" | "no_service" }
export interface TellContext { lure: string | null; level: Level; reasons: Reason[]; help: boolean }

/** *waitMs*: until somebody may go there all the same; null: an adult is asked. */
export interface BlockedPage { site: string; lure: string | null; reason: Reason; waitMs: number | null }

export interface Answers {
  arrived: { blocked: boolean };
  leave_page: { done: boolean };
  blocked_page: BlockedPage | null;
  pass_blocked: { done: boolean; pin?: PinReply | null };
  check: CheckAnswer;
  open_tell: { opened: boolean };
  status: Status;
  tell_context: TellContext | null;
  page_options: PageOptions;
  not_so: { done: boolean };
  sign_here: { done: boolean };
  asked_text: string | null;
  read_qr: QrAnswer;
  pin: PinReply | null;
  reconnect: Status;
  erase: { revoked: boolean };
  pair_by_code: CodeAnswer;
}

// --- content scripts: one adapter a site ---------------------------------------------------------------

/** What holds content of a page: its document, an open shadow root, the document of a same-site frame. */
export type Scope = Document | ShadowRoot;

/** One message on the page. `element` is where the sign goes beside. */
export interface SeenMessage { id: string; element: Element; text: string; from_me: boolean | null }

/** A small file in content/adapters/ gives one of these. It only reads. */
export interface Adapter {
  name: string;
  /** True when this adapter understands the page. */
  matches(location: Location, document: Document): boolean;
  /** True where the page must be a chat, though *matches* takes others too; left out: as *matches*. */
  knows?(location: Location): boolean;
  /** True when a conversation is open, told by something else than its container. Left out or
   *  undefined: where there is a field to write in. */
  isOpen?(document: Document): boolean | undefined;
  /** The same for what stands in an open shadow root; left out: the site keeps no messages there. */
  inside?(root: ShadowRoot): Adapter;
  /** The element that holds the messages of the open conversation, or null. */
  container(document: Document): Element | null;
  /** Where a site may show several conversations at once: the elements that hold one each. */
  containers?(document: Document): Element[];
  /** A key for the conversation in *container*, never shown or stored as it is; null when unknown. */
  conversation(document: Document, container: Element): string | null;
  /** The messages inside *container*, oldest first. Never reads input fields. */
  messages(container: Element): SeenMessage[];
}
