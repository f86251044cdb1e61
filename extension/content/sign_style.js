/** The one stylesheet of card, chip and badge: calm colours, contrast of 7:1 or more, light and dark. */
"use strict";

// Danger and caution differ in shape, border and words as well as colour. Nothing moves.
// An important rule inside a shadow root wins over whatever the page says about the host.
globalThis.khongMotMinh.signStyle = `
:host { all: initial !important; direction: ltr !important; unicode-bidi: isolate !important; display: block !important; flex-basis: 100% !important; color-scheme: light dark !important; }
/* Within a line a sign takes no height: no line moves when it comes or goes. */
:host(span) { display: inline-block !important; flex-basis: auto !important; block-size: 0 !important; line-height: 0 !important; vertical-align: middle !important; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.sign {
  --paper: #fffdf7; --ink: #1d282b; --soft: #3b464a; --line: #b7974a; --label: #5b4208;
  --accent: #0b4f53; --on-accent: #ffffff; --mark: #fde9ad; --quiet: #f1efe6;
  font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  color: var(--ink); text-align: start; overflow-wrap: anywhere;
  user-select: none; /* window.find() would let the page select, and so read, what stands here */
}
.sign.corner {
  position: fixed; inset-block-end: 12px; inset-inline-end: 12px; z-index: 2147483647;
  max-inline-size: min(420px, calc(100vw - 24px)); max-block-size: calc(100vh - 24px); overflow: auto;
}
.sign.corner .card, .sign.corner .chip { margin: 0; }
.sign[popover] {
  position: fixed; inset: auto; margin: 0; padding: 6px; border: 0; background: none;
  max-inline-size: min(460px, calc(100vw - 24px)); max-block-size: calc(100vh - 24px);
}
.sign[popover] .card, .sign[popover] .chip { margin: 0; box-shadow: 0 0 0 3px var(--paper), 0 0 0 5px var(--accent); }
div.sign { display: flow-root; }
span.sign { line-height: 0; }
span.sign > button { line-height: 1.2; vertical-align: middle; margin-block: -15px; }
span.sign > .badge { margin-block: -12px; }
span.gap { display: inline-block; }
.sign.danger { --paper: #fcf5f9; --line: #7b3560; --label: #6b2450; --quiet: #f3e8ef; }
@media (prefers-color-scheme: dark) {
  .sign {
    --paper: #20282a; --ink: #f0f4f3; --soft: #cdd7d6; --line: #c7aa63; --label: #f2d995;
    --accent: #9adcd8; --on-accent: #06282a; --mark: #5b4a14; --quiet: #2c3638;
  }
  .sign.danger { --paper: #291f26; --line: #d99cbd; --label: #f4c3dc; --quiet: #382a33; }
}
.card {
  max-inline-size: min(460px, 100%); margin: 8px 0; padding: 12px 14px;
  background: var(--paper); border: 1px solid var(--line); border-radius: 16px;
}
.card.danger { border-inline-start-width: 7px; border-radius: 6px; }
.head { display: flex; align-items: center; gap: 8px; color: var(--label); font-size: 13px; font-weight: 600; }
.head svg { inline-size: 20px; block-size: 20px; flex: none; }
.head .fold { margin-inline-start: auto; }
p { margin: 6px 0 0; }
.title { font-size: 17px; font-weight: 650; line-height: 1.35; }
blockquote { margin: 8px 0 0; padding: 6px 10px; background: var(--quiet); border-radius: 8px; }
mark { background: var(--mark); color: var(--ink); border-radius: 3px; padding: 0 2px; text-decoration: underline; text-underline-offset: 3px; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 6px; margin-block-start: 12px; }
button, a.call {
  font: inherit; line-height: 1.2; cursor: pointer; min-block-size: 40px; padding: 8px 13px; border-radius: 20px;
  border: 1px solid var(--accent); background: transparent; color: var(--accent); font-weight: 600;
}
button.main { background: var(--accent); color: var(--on-accent); }
button.plain { border-color: transparent; padding-inline: 6px; color: var(--soft); font-weight: 500; text-decoration: underline; text-underline-offset: 3px; }
button.fold { min-block-size: 28px; min-inline-size: 28px; padding: 0; border-color: transparent; color: var(--soft); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button:hover { text-decoration: underline; text-underline-offset: 3px; }
.call-box { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; margin-block-start: 10px; padding: 10px 12px; background: var(--quiet); border-radius: 10px; }
a.call { display: inline-block; font-size: 26px; font-weight: 700; letter-spacing: 1px; text-decoration: none; border-width: 2px; border-radius: 24px; padding: 6px 22px; }
ol.reasons { margin: 10px 0 0; padding: 0; list-style: none; display: grid; gap: 10px; }
ol.reasons q { display: block; quotes: none; margin-block-start: 2px; }
.names { margin-block: 6px 4px; padding: 6px 10px; background: var(--quiet); border-radius: 8px; }
.names div { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 10px; }
.names span { flex: 0 0 70px; color: var(--soft); font-size: 13px; }
.names bdi { flex: 1 1 23ch; min-inline-size: 0; font: 14px/1.6 ui-monospace, "Cascadia Mono", Consolas, Menlo, "Noto Sans Mono", "DejaVu Sans Mono", monospace; }
.names mark { padding: 0; font-weight: 800; text-decoration-thickness: 2px; }
.small { display: block; margin-block-start: 2px; color: var(--soft); font-size: 12px; }
.small a { color: inherit; }
.chip {
  min-block-size: 30px; padding: 4px 12px; margin: 4px 0; font-size: 13px; font-weight: 500;
  --accent: #3b464a; color: var(--accent); border-color: #9aa3a6; background: #f2f3f3;
}
.sign.help { --paper: #f7f9f9; --line: #9db2b3; }
.help .card { max-inline-size: min(380px, 100%); padding: 10px 12px; }
.help .head { align-items: flex-start; color: var(--ink); font-size: inherit; }
.help .title { margin: 0; font-size: 16px; }
.help .fold { margin-block: -3px 0; margin-inline-end: -6px; font-size: 20px; }
.help .row { display: flex; align-items: center; gap: 6px; }
.help .row .close { padding-inline: 9px; }
.mine .card { margin-inline-start: auto; }
.mine .row { justify-content: flex-end; }
.badge { min-block-size: 24px; padding: 2px 9px; margin-inline-start: 6px; font-size: 13px; background: var(--paper); color: var(--label); border-color: var(--line); }
.danger .badge { border-width: 2px; border-radius: 4px; }
.panel {
  position: fixed; inset: auto; margin: 0; inline-size: min(400px, calc(100vw - 24px)); max-block-size: 70vh; overflow: auto;
  padding: 12px 14px; background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: 12px;
}
.danger .panel { border-inline-start-width: 7px; border-radius: 6px; }
@media (prefers-color-scheme: dark) {
  .sign.help { --paper: #22292a; --line: #5f7375; }
  .chip { --accent: #dfe4e4; border-color: #6d7779; background: #2b3233; }
}
@media (prefers-contrast: more) {
  .sign { --soft: var(--ink); --label: var(--ink); --line: var(--ink); }
  .card, .panel, .badge, .chip { border-width: 2px; }
}
@media (forced-colors: active) {
  mark { background: Mark; color: MarkText; }
}
`;
