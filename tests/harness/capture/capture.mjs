// `make capture`: a real page becomes a fixture that holds no word of anybody.
//
//   node capture.mjs script SITE              prints what to paste into the page's console
//   node capture.mjs accept SITE FILE FOLDER  keeps what it copied as FOLDER/SITE.captured.html, if the
//                                             adapter finds as many messages in it as on the page
import { copyFileSync, readdirSync, readFileSync } from "node:fs";

const CONTENT = new URL("../../../extension/content/", import.meta.url);
const HERE = new URL("./", import.meta.url);
const HOSTS = { zalo: "chat.zalo.me", gmail: "mail.google.com", messenger: "www.messenger.com", discord: "discord.com" };

const adapterFiles = () => readdirSync(new URL("adapters/", CONTENT)).filter((name) => name !== "practice.js");
const SCRIPTS = () => ["extract.js", "sides.js", ...adapterFiles().map((name) => `adapters/${name}`)];
const read = (name) => readFileSync(new URL(name, CONTENT), "utf8");

/** Everything that an adapter asks for by name, from its selectors. */
function keptByAdapters() {
  const source = adapterFiles().map((name) => read(`adapters/${name}`)).join("\n");
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const all = (pattern) => [...code.matchAll(pattern)];
  return {
    attributes: all(/\[([\w-]+)([~^$*|]?=)"([^"\]]+)"(?: i)?\]/g).map(([, name, how, value]) => ({ name, how, value })),
    classes: [...all(/\.([a-zA-Z][\w-]*)(?=[\s,"'`>.:[)])/g), ...all(/classList\.contains\("([^"]+)"\)/g)].map(([, name]) => name),
    ids: all(/#([a-zA-Z][\w-]*)/g).map(([, name]) => name),
  };
}

const STARTS = "<!-- Captured from a real page by make capture: every word and number is a stand-in. messages: ";

/** What the page's own console runs: counts the messages, makes the copy, puts it on the clipboard. */
function makeScript(site) {
  return `copy((() => {
${SCRIPTS().map(read).join("\n")}
${readFileSync(new URL("scrub.mjs", HERE), "utf8").replace("export function", "function")}
const adapter = khongMotMinh.adapters.find(({ name }) => name === ${JSON.stringify(site)});
const list = adapter.container(document);
const count = list ? adapter.messages(list).length : 0;
const html = scrub(document, ${JSON.stringify(keptByAdapters())}).documentElement.outerHTML;
delete globalThis.khongMotMinh;
return "<!doctype html>\\n" + ${JSON.stringify(STARTS)} + count + " -->\\n" + html + "\\n";
})())
`;
}

/** @returns {Promise<{said: number, found: number}>} messages that the page had, and that are found in *file* */
async function count(site, file) {
  const { JSDOM } = await import("jsdom"); // slow to load, and needed only here
  const html = readFileSync(file, "utf8");
  const { window } = new JSDOM(html, { url: `https://${HOSTS[site] ?? "captured.example"}/`, runScripts: "outside-only" });
  for (const name of SCRIPTS()) window.eval(read(name));
  const adapter = window.khongMotMinh.adapters.find(({ name }) => name === site);
  const list = adapter.container(window.document);
  const said = html.includes(STARTS) ? Number.parseInt(html.slice(html.indexOf(STARTS) + STARTS.length), 10) : -1;
  return { said, found: list ? adapter.messages(list).length : 0 };
}

function fail(...lines) {
  console.error(lines.join("\n"));
  process.exit(1);
}

const [does, site, file, folder] = process.argv.slice(2);
const sites = adapterFiles().map((name) => name.replace(".js", ""));
if (!sites.includes(site)) {
  fail(`Chưa có trang «${site ?? ""}»; hãy chọn: ${sites.join(", ")}`, `No such site: "${site ?? ""}"; choose one of: ${sites.join(", ")}`);
}
if (does === "script") process.stdout.write(makeScript(site));
else if (does === "accept") {
  const { said, found } = await count(site, file);
  if (said < 0) fail(`${file}: không phải bản chép của make capture`, `${file}: not a copy made by make capture`);
  if (said < 1) fail("Trang lúc chép không có tin nhắn nào đọc được; mở một cuộc trò chuyện rồi chép lại.", "No message could be read on the page; open a conversation and copy again.");
  if (found !== said) fail(`Trang có ${said} tin, bản chép chỉ còn ${found}.`, `The page had ${said} messages, the copy has ${found}.`);
  const kept = `${folder}/${site}.captured.html`;
  copyFileSync(file, kept);
  console.log(`${kept}: ${found}`);
} else fail("capture.mjs script SITE | accept SITE FILE FOLDER");
