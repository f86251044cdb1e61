/** Reads one address a line, as JSON, and writes the host that a browser opens, or null. */
import { createInterface } from "node:readline";

import { parseURL, serializeHost } from "whatwg-url";

for await (const line of createInterface({ input: process.stdin })) {
  const url = parseURL(JSON.parse(line));
  process.stdout.write(`${JSON.stringify(url?.host ? serializeHost(url.host) : null)}\n`);
}
