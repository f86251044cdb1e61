// What a single-page site does to its form after it has loaded.
"use strict";

window.fields = {
  /** Take the whole form away. */
  clear() {
    document.querySelector("#form").remove();
    document.querySelector("#app").parentElement.remove();
  },

  /** Take an app's file without a link that anybody sees, each in its way. */
  take: {
    go: (address) => (location.href = address),
    press(address) {
      const link = document.createElement("a"); // never on the page
      link.href = address;
      link.click();
    },
    make() {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["Not an app"]));
      link.download = "vcb.apk";
      link.click();
    },
  },

  /** Another site's page in a frame that fills the rest of this one. */
  frame(address) {
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.style = "inline-size: 100%; block-size: 400px; border: 0";
    document.querySelector("#more").append(frame);
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
