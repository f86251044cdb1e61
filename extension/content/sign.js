/** One piece of our own on somebody's page: a closed shadow root that the page cannot read or press.
 *
 *  What only shows something takes every press of a person's. A choice is taken where its button was
 *  seen (sight.js); otherwise the press lifts the sign above all that the page can put over it, and the
 *  next one counts. So a page cannot lend its own words to our buttons, and a child is never locked out
 *  by a filter, a see-through layer or a chat that never stands still.
 */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;
  const api = globalThis.browser ?? chrome;

  const ARMED_AFTER_MS = 500; // a card that appears under the finger must not be pressed by accident
  const CLIMB = 8; // levels above a message in which we look for a place with room

  /** @type {WeakMap<Document, CSSStyleSheet>} */
  const sheets = new WeakMap();

  /** @param {ShadowRoot} root @param {Document} document */
  function dress(root, document) {
    try {
      let sheet = sheets.get(document);
      if (!sheet) {
        sheet = new (document.defaultView ?? globalThis).CSSStyleSheet(); // of that document: it may be a frame's
        sheet.replaceSync(ours.signStyle);
        sheets.set(document, sheet);
      }
      root.adoptedStyleSheets = [sheet];
    } catch (error) {
      // Firefox does not share constructed sheets with content scripts: bugzil.la/1751346
      if (!(error instanceof Error) && !(error instanceof DOMException)) throw error;
      root.prepend(make(document, "style", "", ours.signStyle));
    }
  }

  /** @param {Document} document
   *  @param {string} tag
   *  @param {string} [className]
   *  @param {string} [text] */
  function make(document, tag, className = "", text = "") {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  /** @param {Document} document @param {string} className @param {string} text */
  function makeButton(document, className, text) {
    const button = make(document, "button", className, text);
    button.setAttribute("type", "button");
    return button;
  }

  /** @param {Document} document
   *  @param {{inline?: boolean, now?: () => number}} [options]
   *  @returns {import("../globals").Sign} */
  function makeSign(document, { inline = false, now = () => performance.now() } = {}) {
    const host = document.createElement(inline ? "span" : "div");
    const root = host.attachShadow({ mode: "closed" });
    const body = make(document, inline ? "span" : "div", "sign");
    body.lang = say("language");
    root.append(body);
    dress(root, document);
    const shownAt = now();
    const gap = make(document, inline ? "span" : "div", "gap"); // keeps the place of what was lifted
    body.addEventListener("toggle", () => {
      if (body.matches(":popover-open")) return;
      body.removeAttribute("popover");
      gap.remove();
    });

    function lift() {
      const { left, top, width, height } = body.getBoundingClientRect();
      if (body.matches(":popover-open")) body.hidePopover(); // something was put above it
      gap.style.cssText = `inline-size: ${width}px; block-size: ${height}px`;
      root.append(gap);
      body.setAttribute("popover", "auto"); // the browser lowers it on Escape or a press elsewhere
      body.showPopover();
      placeInView(body, { left, top });
    }

    /** @param {Element} button @param {(event: Event) => void} act */
    function onPress(button, act) {
      button.addEventListener("click", (event) => {
        event.stopPropagation(); // the page's own click handlers are not meant
        if (event.isTrusted && now() - shownAt >= ARMED_AFTER_MS) act(event);
        else event.preventDefault();
      });
    }

    return {
      host,
      root,
      body,
      onPress,
      onChoice(button, act, again) {
        if (!again) ours.sight.watch(button);
        onPress(button, (event) => {
          if (ours.sight.isSeen(button)) return act(event);
          event.preventDefault();
          (again ?? lift)();
        });
      },
      remove: () => host.remove(),
    };
  }

  const MARGIN = 12; // pixels between what is lifted and the edge of the screen

  /** As near to a point of the screen as the whole of *lifted* can be seen.
   *  @param {HTMLElement} lifted @param {{left: number, top: number}} point */
  function placeInView(lifted, { left, top }) {
    const { innerWidth, innerHeight } = lifted.ownerDocument.defaultView ?? globalThis; // of a frame, where it stands in one
    const { width, height } = lifted.getBoundingClientRect();
    lifted.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
    lifted.style.top = `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`;
  }

  /** @param {CSSStyleDeclaration} style */
  function laysOutInARow(style) {
    if (style.display.includes("grid")) return true;
    return style.display.includes("flex") && !style.flexDirection.startsWith("column");
  }

  /** Put *host* under the message: inside its own box where that flows downwards, so that a list
   *  which moves, mirrors or recycles its rows takes the sign along.
   *  @param {HTMLElement} host
   *  @param {Element} element the message, or the nearest box above it that has room below */
  function placeBeside(host, element) {
    let place = element;
    for (let level = 0; level < CLIMB; level += 1) {
      const style = getComputedStyle(place);
      if (!laysOutInARow(style) && !style.display.startsWith("inline")) break;
      if (!place.parentElement || place.parentElement === place.ownerDocument.body) break;
      place = place.parentElement;
    }
    const isReversed = getComputedStyle(place).flexDirection === "column-reverse";
    if (isReversed) place.prepend(host);
    else place.append(host);
  }

  /** @type {Record<string, string> | null} */
  let chosen = null;

  /** Use the *words* of a language that is not the browser's; null: the browser's own.
   *  @param {Record<string, string> | null} words */
  function speak(words) {
    chosen = words;
  }

  /** @param {string} key of _locales @returns {string} */
  function say(key) {
    return chosen?.[key] ?? api.i18n.getMessage(key);
  }

  /** @param {import("../types").Bilingual | null} text @returns {string} */
  function inMyLanguage(text) {
    return text ? text[say("language") === "en" ? "en" : "vi"] : "";
  }

  ours.sign = { makeSign, placeBeside, placeInView, laysOutInARow, make, makeButton, speak, say, inMyLanguage };
})();
