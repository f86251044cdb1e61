/** What a family has chosen. Everything else asks here: no other file reads or writes it. */

/** @typedef {import("../types").Options} Options */

const KEY = "options"; // in storage.local: it stays when the browser ends, and on this computer
const PIN_SET = "pin_set"; // whether the service last said that the family has a PIN
const MOST_SITES = 200;

/** @type {Readonly<Options>} */
export const DEFAULTS = Object.freeze({ strictness: "normal", audience: "teen", language: "browser", sites_off: [] });

const CHOICES = {
  strictness: ["normal", "calm"],
  audience: ["under_13", "teen", "adult"],
  language: ["browser", "vi", "en"],
};

/** What was kept by another version, or damaged, falls back one choice at a time.
 *  @param {unknown} kept @returns {Options} */
function readOptions(kept) {
  const found = /** @type {Record<string, any>} */ (typeof kept === "object" && kept ? kept : {});
  const options = { ...DEFAULTS };
  for (const [name, choices] of Object.entries(CHOICES)) {
    if (choices.includes(found[name])) Object.assign(options, { [name]: found[name] });
  }
  const sites = Array.isArray(found.sites_off) ? found.sites_off : [];
  options.sites_off = sites.filter((site) => typeof site === "string" && siteOf(`https://${site}`) === site).slice(-MOST_SITES);
  return options;
}

/** @param {typeof chrome} api @returns {Promise<Options>} */
export async function getOptions(api) {
  return readOptions((await api.storage.local.get(KEY))[KEY]);
}

/** One change at a time, over all our pages: what another one chooses at the same moment stays.
 *  @param {typeof chrome} api @param {Partial<Options>} change @returns {Promise<Options>} as they are now */
export async function changeOptions(api, change) {
  return navigator.locks.request(KEY, async () => {
    const options = readOptions({ ...(await getOptions(api)), ...change });
    await api.storage.local.set({ [KEY]: options });
    return options;
  });
}

/** Whether *change* loosens what a PIN guards; to switch on again is free.
 *  @param {Options} before @param {Partial<Options>} change */
export function isGuarded(before, { strictness = before.strictness, audience = before.audience, sites_off = [] }) {
  const isOther = strictness !== before.strictness || audience !== before.audience;
  return isOther || sites_off.some((site) => !before.sites_off.includes(site));
}

/** @param {typeof chrome} api @returns {Promise<boolean>} */
export async function getPinSet(api) {
  return (await api.storage.local.get(PIN_SET))[PIN_SET] === true;
}

/** @param {typeof chrome} api @param {boolean} isSet */
export async function keepPinSet(api, isSet) {
  if ((await getPinSet(api)) !== isSet) await api.storage.local.set({ [PIN_SET]: isSet });
}

/** @param {typeof chrome} api @param {() => void} listen called after each change, wherever it was made */
export function onOptionsChange(api, listen) {
  api.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && KEY in changes) listen();
  });
}

/** The host of a web page, without "www." and the port.
 *  @param {string | undefined} url @returns {string | null} null: not a page of the web */
export function siteOf(url) {
  const { protocol, hostname } = URL.canParse(url ?? "") ? new URL(url ?? "") : { protocol: "", hostname: "" };
  if (!["http:", "https:"].includes(protocol)) return null;
  return hostname.replace(/^www\./, "").replace(/\.$/, "") || null;
}

/** Whether somebody switched us off on this site, or on one that it belongs to.
 *  @param {Options} options @param {string | undefined} url */
export function isOff({ sites_off }, url) {
  const site = siteOf(url);
  return site !== null && sites_off.some((off) => site === off || site.endsWith(`.${off}`));
}

/** What the content scripts of *url* need to know, and no more.
 *  @param {Options} options @param {string | undefined} url
 *  @returns {Omit<import("../types").PageOptions, "words">} */
export function forPage(options, url) {
  const isWebPage = siteOf(url) !== null; // our own practice page shows everything
  return { on: !isOff(options, url), least: isWebPage && options.strictness === "calm" ? "danger" : "caution" };
}
