/**
 * What every script of the extension may find on globalThis, for the type checker only.
 *
 * Content scripts are classic scripts: they meet in one namespace, khongMotMinh, which
 * content/extract.js makes and each later file adds one part to.
 */
import type { Adapter, Answers, ConversationVerdict, Level, OwnPageMessage, Reason, Scope, SeenMessage, Verdict } from "./types";

/** Sends one message to the worker. `null` when nobody answered; never rejects. */
export type Ask = <M extends OwnPageMessage>(message: M) => Promise<Answers[M["type"]] | null>;

/** One piece of our own interface on somebody's page, in a closed shadow root. `onPress` is for what only
 *  shows something; `onChoice` asks that the button was seen, and else lifts the sign. With *again* it calls
 *  that instead, and its caller begins to look at the button when it is shown. */
export interface Sign {
  host: HTMLElement;
  root: ShadowRoot;
  body: HTMLElement;
  onPress(button: Element, act: (event: Event) => void): void;
  onChoice(button: Element, act: (event: Event) => void, again?: () => void): void;
  remove(): void;
  renew?(verdict: Verdict): void;
}

/** What a person may do on the help that opens for their own words. */
export interface HelpActions { tell(verdict: Verdict): void; close(): void }

/** What a person may do on a card, a chip or a badge. */
export interface SignActions { tell(verdict: Verdict): void; notSo?(): void }

/** What a card beside no message warns of: typing a secret, taking an app's file. */
export type CardKind = "password" | "app";

export interface KhongMotMinh {
  downloads: { isApp(text: string): boolean; follow(listen: (address: string) => void): void };
  adapters: Adapter[];
  extract: {
    visibleText(element: Element, except?: string): string;
    outermost(container: Element, selector: string, wish: { most: number; first?: boolean }): Element[];
    newest<R>(rows: R[], read: (row: R, place: number) => SeenMessage | null): SeenMessage[];
    MESSAGES: number;
    ROWS: number;
    linkAddress(anchor: Element): string | null;
    firstCodePoints(text: string, count: number): string;
  };
  sides: {
    tellSides(boxes: ({ left: number; right: number } | null)[]): (boolean | null)[];
    boxOf(row: Element, words: Element): { left: number; right: number } | null;
  };
  scopes: { followScopes(document: Document, onFound: (scope: Scope) => void): Scopes };
  signStyle: string;
  sight: { watch(button: Element): void; isSeen(button: Element): boolean };
  sign: {
    makeSign(document: Document, options?: { inline?: boolean; now?: () => number }): Sign;
    placeBeside(host: HTMLElement, element: Element): void;
    placeInView(lifted: HTMLElement, point: { left: number; top: number }): void;
    laysOutInARow(style: CSSStyleDeclaration): boolean;
    make(document: Document, tag: string, className?: string, text?: string): HTMLElement;
    makeButton(document: Document, className: string, text: string): HTMLElement;
    speak(words: Record<string, string> | null): void;
    say(key: string): string;
    inMyLanguage(text: { vi: string; en: string } | null): string;
  };
  comparison: {
    drawComparisons(document: Document, reasons: Reason[], say: (key: string) => string): Map<Reason, HTMLElement>;
    cutInTheMiddle(text: string): string;
  };
  reasons: {
    quoteWords(document: Document, text: string, reasons: Reason[]): HTMLElement;
    listReasons(document: Document, reasons: Reason[]): HTMLElement;
  };
  warning: {
    makeCard(document: Document, verdict: Verdict, seen: { texts: Map<string, string>; beside: string } | null, actions: SignActions): Sign;
    makeChip(document: Document, verdict: Verdict, actions: SignActions, options?: { inline?: boolean }): Sign;
    makeBadge(document: Document, verdict: Verdict, actions: SignActions): Sign;
  };
  drift: { watchDrift(options: DriftOptions): Drift };
  help: { makeHelp(document: Document, verdict: Verdict, actions: HelpActions, place: { neutral: boolean; mine: boolean }): Sign };
  borrowed: {
    addressOf(location: { protocol: string; origin: string; pathname: string }): string | null;
    worthSaying(said: Verdict | undefined, least: Level): Verdict | null;
    makeCard(page: Document, kind: CardKind, about: Verdict, how: { neutral: boolean; tell: (verdict: Verdict) => void }): Sign;
  };
  corner: { watchCorner(options: WatchCornerOptions): CornerWatch };
  fields: { watchFields(options: WatchFieldsOptions): FieldWatch };
  links: { watchLinks(options: WatchLinksOptions): LinkWatch };
  watch: { watchConversation(options: WatchConversationOptions): ConversationWatch };
}

/** `meet` is told each element once; `meetAgain` looks for shadow roots that came without a change of the page. */
export interface Scopes { all(): Scope[]; meet(element: Element): void; meetAgain(): void }

export interface WatchLinksOptions {
  document: Document;
  ask: Ask;
  least?: Level; // below it nothing is marked
  neutral: boolean; // a verdict marked `watched` gets a chip instead of a badge
  actions: SignActions;
  meet?: (element: Element) => void; // is told each link, each field for typing and each frame
  idle: (work: (deadline: IdleDeadline) => void) => void;
  Observer: typeof IntersectionObserver;
  now: () => number;
}
export interface LinkWatch { scopes(): Scope[]; lookAgain(): void; waiting(): boolean; told(): Verdict | null; retry(): void; stop(): void }

export interface WatchFieldsOptions {
  document: Document;
  ask: Ask;
  least?: Level; // below it no card stands
  neutral: boolean;
  tell: (verdict: Verdict) => void;
  Observer: typeof IntersectionObserver;
}
export interface FieldWatch extends CornerWatch { tells(kind: CardKind): boolean }

export interface WatchCornerOptions extends WatchFieldsOptions { isTold: (kind: CardKind) => boolean } // beside its field or link
export interface CornerWatch { meet(element: Element): void; told(): Verdict | null; waiting(): boolean; retry(): void; stop(): void }

export interface WatchConversationOptions {
  document: Document;
  root?: Scope; // where the messages stand, when not in the document itself
  adapter: Adapter;
  ask: Ask;
  least?: Level; // below it no warning stands; help does
  neutral: boolean;
  tell: (verdict: Verdict) => void;
  later: (work: () => void) => void; // runs once, soon, when the page is idle
}
export interface ConversationWatch { open(): boolean; told(): Verdict | null; retry(): void; stop(): void }

export interface DriftOptions { document: Document; adapter: Adapter; generic?: Adapter; now: () => number }
/** `look` is called now and then while the page is looked at. */
export interface Drift { look(): void; isSilent(): boolean }

/** Not in the type checker's DOM, and not in every browser. */
interface CodeDetector { detect(from: HTMLCanvasElement): Promise<{ rawValue: string }[]> }
interface CodeDetectors { new (how: { formats: string[] }): CodeDetector; getSupportedFormats(): Promise<string[]> }

declare global {
  var BarcodeDetector: CodeDetectors | undefined;
  var browser: typeof chrome | undefined;
  var khongMotMinh: KhongMotMinh;
}
