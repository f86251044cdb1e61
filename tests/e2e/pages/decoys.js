// Shows the page named behind "#", with window.decoys.words in the place of LURE.
"use strict";

window.decoys = {
  words: "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ",
  names: [...document.querySelectorAll("template")].map(({ id }) => id),
  show(name) {
    const shown = document.getElementById("shown");
    shown.replaceChildren(document.getElementById(name).content.cloneNode(true));
    const texts = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.nodeValue = texts.currentNode.nodeValue.replace("LURE", this.words);
  },
};
if (location.hash) window.decoys.show(location.hash.slice(1));
