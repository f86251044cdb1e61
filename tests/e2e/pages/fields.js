// What a single-page site does to its form after it has loaded.
"use strict";

window.fields = {
  /** Take the whole form away. */
  clear() {
    document.querySelector("#form").remove();
    document.querySelector("#app").parentElement.remove();
  },

  /** A field for a code, as the next step asks for it, in an open shadow root. */
  askForCode() {
    const host = document.createElement("div");
    const code = document.createElement("input");
    code.autocomplete = "one-time-code";
    host.attachShadow({ mode: "open" }).append(code);
    document.querySelector("#more").append(host);
  },
};
