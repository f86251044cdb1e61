/** What leaves no place beside it for a card: an app's file that a script takes, a page that is such a
 *  file by its own address, a frame of another site. That card stands in the corner of the window.
 *
 *  Into another site's frame nobody looks: only its address is known. The card comes where that address
 *  borrows a name or was reported, or where the page around it is a danger by its own.
 */
"use strict";

(() => {
  const ours = globalThis.khongMotMinh;

  /** @typedef {import("../types").Verdict} Verdict */
  /** @typedef {import("../globals").CardKind} Kind */
  /** @typedef {{kind: Kind, address: string | null, frame: HTMLIFrameElement | null}} Wanted */

  const MOST = 40; // frames of one page that are looked at, by their addresses
  const RAISES = 20; // times a removed card is put back
  const FRAME = { width: 200, height: 100 }; // pixels: nobody types a password into less

  /** @param {string} text @returns {string | null} */
  function webAddress(text) {
    return URL.canParse(text) ? ours.borrowed.addressOf(new URL(text)) : null;
  }

  /** @param {import("../globals").WatchCornerOptions} options
   *  @returns {import("../globals").CornerWatch} */
  function watchCorner({ document, ask, least = "caution", neutral, tell, Observer, isTold }) {
    const own = ours.borrowed.addressOf(document.location);
    /** @type {Map<string, Verdict | null>} null: nothing to say */ const known = new Map();
    /** @type {WeakSet<Element>} */ const frames = new WeakSet();
    /** @type {Set<string | null>} */ const addresses = new Set(); // of frames
    /** @type {Wanted[]} what waits for its answer */ let wanted = [];
    /** @type {{about: Verdict, wanted: Wanted, remove: () => void} | null} */ let card = null;
    let isAsking = false;
    let hasStopped = own === null;
    let raises = 0;

    const onScreen = new Observer((entries) => {
      for (const { isIntersecting, target, boundingClientRect: { width, height } } of entries) {
        const frame = /** @type {HTMLIFrameElement} */ (target);
        if (width === 0 && card?.wanted.frame === frame) card.remove(); // it is gone, or hidden
        if (!isIntersecting || width < FRAME.width || height < FRAME.height) continue;
        if (frame.contentDocument) continue; // of the same site: fields.js looks at what is in it
        const address = webAddress(frame.src);
        if (addresses.add(address).size > MOST) addresses.delete(address);
        else if (!wanted.some((what) => what.frame === frame)) want({ kind: "password", address, frame });
      }
    });

    /** @param {Wanted} what */
    function want(what) {
      if (hasStopped) return;
      wanted.push(what);
      void look();
    }

    async function look() {
      if (isAsking || hasStopped || wanted.length === 0) return;
      const all = [own, ...wanted.map(({ address }) => address)].filter((address) => address !== null);
      const unknown = [...new Set(all)].filter((address) => !known.has(address));
      if (unknown.length > 0) {
        isAsking = true;
        const links = unknown.map((url, place) => ({ id: String(place), url }));
        const answer = await ask({ type: "check", request: { links }, conversation: null });
        isAsking = false;
        if (answer?.state !== "on" && answer?.state !== "broken") return; // retry() asks again
        const said = answer.state === "on" ? answer.reply.links : [];
        for (const [place, url] of unknown.entries()) {
          known.set(url, ours.borrowed.worthSaying(said.find(({ id }) => id === String(place)), least));
        }
        return look(); // something may have come meanwhile
      }
      const answered = wanted;
      wanted = [];
      for (const what of answered) {
        const about = verdictOn(what);
        if (about) put(what, about);
      }
    }

    /** @param {Wanted} what @returns {Verdict | null} */
    function verdictOn({ address, frame }) {
      const there = known.get(address ?? "") ?? null;
      const here = known.get(own ?? "") ?? null;
      return there ?? (frame && here?.level !== "danger" ? null : here);
    }

    /** One card; an app's file comes before a frame. @param {Wanted} what @param {Verdict} about */
    function put(what, about) {
      const { kind, frame } = what;
      if (isTold(kind) || (frame && !frame.isConnected)) return;
      if (card && (card.wanted.kind === kind || kind !== "app")) return;
      if ((raises += 1) > RAISES) return;
      card?.remove();
      const { host, body, remove } = ours.borrowed.makeCard(document, kind, about, { neutral, tell });
      body.classList.add("corner");
      const place = document.documentElement; // beside the body: no box of the page's holds it
      place.append(host);
      const guard = new MutationObserver(() => {
        if (host.isConnected) return;
        card?.remove();
        put(what, about);
      });
      guard.observe(place, { childList: true });
      card = {
        about,
        wanted: what,
        remove() {
          guard.disconnect();
          remove();
          card = null;
        },
      };
    }

    /** @param {string} address */
    const takesApp = (address) => want({ kind: "app", address: webAddress(address), frame: null });
    ours.downloads.follow(takesApp);
    if (ours.downloads.isApp(document.location.pathname)) takesApp(document.location.href);

    return {
      meet(element) {
        if (hasStopped || element.localName !== "iframe" || frames.has(element)) return;
        frames.add(element);
        onScreen.observe(element);
        element.addEventListener("load", () => {
          onScreen.unobserve(element); // it may lead elsewhere now: look once more
          if (!hasStopped) onScreen.observe(element);
        });
      },
      told: () => card?.about ?? null,
      waiting: () => !hasStopped && wanted.length > 0,
      retry: () => void look(),
      stop() {
        hasStopped = true;
        onScreen.disconnect();
        card?.remove();
      },
    };
  }

  ours.corner = { watchCorner };
})();
