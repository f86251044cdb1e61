/** Hears that the page takes an app's file, by a script as well as by a link, from its very start on. */
"use strict";

(() => {
  const APP = /\.(apk|xapk|apkm|apks)($|[?#&])/i; // what Android installs from outside a store
  const MOST = 12; // of one page; who takes more wants to wear us out

  /** @type {string[]} */ const taken = []; // while nobody listens yet: many a page takes its file as it opens
  /** @type {((address: string) => void) | null} */ let listener = null;

  /** @param {string} text an address, or the name that a file is kept under */
  const isApp = (text) => APP.test(text);

  /** Every way but a window of its own and a server that says no more than "a file" is a navigation.
   *  @param {NavigateEvent} event */
  function hear({ isTrusted, destination, downloadRequest }) {
    if (!isTrusted || taken.length >= MOST) return;
    if (destination.sameDocument && downloadRequest === null) return; // nothing is taken: it would use up our patience
    if (!isApp(destination.url) && !isApp(downloadRequest ?? "")) return;
    taken.push(destination.url);
    listener?.(destination.url);
  }
  globalThis.navigation?.addEventListener("navigate", hear);

  // The first of our scripts on the page makes the namespace; the later ones fill it.
  globalThis.khongMotMinh ??= /** @type {import("../globals").KhongMotMinh} */ ({});
  globalThis.khongMotMinh.downloads = {
    isApp,
    follow(listen) {
      listener = listen;
      for (const address of taken) listen(address);
    },
  };
})();
