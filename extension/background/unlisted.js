/** Keep the pages of help out of the browser's history list.
 *
 *  Whoever reads the history must not learn there that somebody asked for help. The permission to
 *  delete entries would frighten every family at install. Instead the page is answered as "404":
 *  it is shown as ever, and Chromium lists no such page in its history or suggestions (seen in 156;
 *  the row in its file is marked hidden). In Firefox the background is no service worker and hears
 *  no fetch event; there no page of an extension enters the history (test_firefox.py).
 */

const UNLISTED = new Set(["/pages/blocked.html", "/pages/tell.html", "/pages/phone.html", "/pages/parents.html", "/pages/popup.html?asked"]);

/** @typedef {{request: Request, respondWith(answer: Promise<Response>): void}} FetchEventLike */

/** @param {{addEventListener(type: string, listen: (event: any) => void): void}} worker */
export function keepUnlisted(worker) {
  worker.addEventListener("fetch", (/** @type {FetchEventLike} */ event) => {
    const { mode, url } = event.request;
    const { pathname, search } = new URL(url);
    if (mode === "navigate" && (UNLISTED.has(pathname) || UNLISTED.has(pathname + search))) {
      event.respondWith(asNotFound(url));
    }
  });
}

/** @param {string} url */
async function asNotFound(url) {
  // eslint-disable-next-line no-restricted-globals -- our own file, from the extension's folder
  const page = await fetch(url);
  return new Response(page.body, { status: 404, headers: page.headers });
}
