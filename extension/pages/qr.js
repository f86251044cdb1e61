/**
 * Our own QR code: a short text becomes a square of light and dark, drawn on this computer.
 *
 * Byte mode, UTF-8, levels L and M, versions 1 to 40. Source of tables and rules: ISO/IEC 18004:2015.
 * The text is not announced as UTF-8 (no ECI header): phone readers recognise UTF-8 by themselves and
 * some refuse the header.
 */

/** @typedef {"L" | "M"} Correction */

/** Check bytes in one block, by version; ISO/IEC 18004 table 9. @type {Record<Correction, number[]>} */
const CHECK_BYTES = {
  L: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
  M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
};

/** Blocks, by version; ISO/IEC 18004 table 9. @type {Record<Correction, number[]>} */
const BLOCKS = {
  L: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],
  M: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
};

/** @type {Record<Correction, number>} */
const FORMAT_CODE = { L: 0b01, M: 0b00 };

/** True where the mask turns a module over. @type {((x: number, y: number) => boolean)[]} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Powers of 2 in the field of 256 elements (polynomial 0x11D), and their logarithms. */
const POWERS = new Uint8Array(510);
const LOGS = new Uint8Array(256);
for (let exponent = 0, value = 1; exponent < 255; exponent += 1) {
  POWERS[exponent] = value;
  POWERS[exponent + 255] = value;
  LOGS[value] = exponent;
  value = value & 0x80 ? (value << 1) ^ 0x11d : value << 1;
}

/** A square of modules. `fixed` marks those that carry no data: patterns, format and version. */
class Square {
  /** @param {number} version  1 to 40 */
  constructor(version) {
    this.version = version;
    this.size = 17 + 4 * version;
    this.dark = new Uint8Array(this.size * this.size);
    this.fixed = new Uint8Array(this.size * this.size);
  }

  /** @param {number} x @param {number} y @param {boolean} isDark */
  fix(x, y, isDark) {
    this.dark[y * this.size + x] = Number(isDark);
    this.fixed[y * this.size + x] = 1;
  }
}

/** Whole bytes that a version holds, data and check bytes together. @param {number} version */
function bytesIn(version) {
  const side = 17 + 4 * version;
  const centres = alignmentCentres(version).length;
  let modules = side * side - 3 * 64 - 2 * 15 - 1 - 2 * (side - 16);
  if (version > 1) modules -= (centres * centres - 3) * 25 - 2 * (centres - 2) * 5;
  if (version > 6) modules -= 2 * 18;
  return Math.floor(modules / 8);
}

/** Where the small alignment squares have their centres, on both axes. @param {number} version */
function alignmentCentres(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = 10 + 4 * version;
  const step = version === 32 ? 26 : 2 * Math.ceil((last - 6) / (2 * (count - 1)));
  return [6, ...Array.from({ length: count - 1 }, (_, i) => last - step * (count - 2 - i))];
}

/** The remainder bytes of Reed-Solomon for one block. @param {Uint8Array} block @param {number} count */
function checkBytes(block, count) {
  let divisor = new Uint8Array([1]);
  for (let root = 0; root < count; root += 1) {
    const next = new Uint8Array(divisor.length + 1);
    divisor.forEach((factor, i) => {
      next[i] = (next[i] ?? 0) ^ factor;
      next[i + 1] = (next[i + 1] ?? 0) ^ times(factor, POWERS[root] ?? 0);
    });
    divisor = next;
  }
  const rest = new Uint8Array(count);
  for (const byte of block) {
    const lead = byte ^ (rest[0] ?? 0);
    rest.copyWithin(0, 1);
    rest[count - 1] = 0;
    for (let i = 0; i < count; i += 1) rest[i] = (rest[i] ?? 0) ^ times(divisor[i + 1] ?? 0, lead);
  }
  return rest;
}

/** @param {number} a @param {number} b */
function times(a, b) {
  return a && b ? (POWERS[(LOGS[a] ?? 0) + (LOGS[b] ?? 0)] ?? 0) : 0;
}

/** Data and check bytes in the order in which they are drawn.
 *  @param {Uint8Array} text @param {number} version @param {Correction} correction */
function codewords(text, version, correction) {
  const blocks = BLOCKS[correction][version - 1] ?? 1;
  const checks = CHECK_BYTES[correction][version - 1] ?? 0;
  const total = bytesIn(version);
  const room = total - blocks * checks;

  const bits = `0100${text.length.toString(2).padStart(version < 10 ? 8 : 16, "0")}${Array.from(text, (byte) => byte.toString(2).padStart(8, "0")).join("")}`;
  const closed = bits + "0".repeat(Math.min(4, room * 8 - bits.length));
  const whole = closed.padEnd(Math.ceil(closed.length / 8) * 8, "0");
  const data = Uint8Array.from({ length: room }, (_, i) =>
    i * 8 < whole.length ? parseInt(whole.slice(i * 8, i * 8 + 8), 2) : (i - whole.length / 8) % 2 ? 0x11 : 0xec,
  );

  const shortLength = Math.floor(room / blocks);
  const longFrom = blocks - (room % blocks); // the last blocks hold one byte more
  const parts = Array.from({ length: blocks }, (_, i) => {
    const start = i * shortLength + Math.max(0, i - longFrom);
    return data.subarray(start, start + shortLength + (i >= longFrom ? 1 : 0));
  });
  const ends = parts.map((part) => checkBytes(part, checks));

  /** @type {number[]} */
  const out = [];
  for (let i = 0; i <= shortLength; i += 1) for (const part of parts) if (i < part.length) out.push(part[i] ?? 0);
  for (let i = 0; i < checks; i += 1) for (const end of ends) out.push(end[i] ?? 0);
  return out;
}

/** @param {Square} square */
function drawPatterns(square) {
  const { size, version } = square;
  for (let i = 0; i < size; i += 1) {
    square.fix(6, i, i % 2 === 0);
    square.fix(i, 6, i % 2 === 0);
  }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    for (let dy = -4; dy <= 4; dy += 1) {
      for (let dx = -4; dx <= 4; dx += 1) {
        const x = (cx ?? 0) + dx;
        const y = (cy ?? 0) + dy;
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        if (x >= 0 && y >= 0 && x < size && y < size) square.fix(x, y, ring !== 2 && ring !== 4);
      }
    }
  }
  const centres = alignmentCentres(version);
  const last = centres.length - 1;
  centres.forEach((cx, i) => {
    centres.forEach((cy, j) => {
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
      for (let dy = -2; dy <= 2; dy += 1) {
        for (let dx = -2; dx <= 2; dx += 1) square.fix(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
      }
    });
  });
  if (version > 6) {
    const code = withRemainder(version, 12, 0x1f25);
    for (let i = 0; i < 18; i += 1) {
      const isDark = Boolean((code >> i) & 1);
      square.fix(size - 11 + (i % 3), Math.floor(i / 3), isDark);
      square.fix(Math.floor(i / 3), size - 11 + (i % 3), isDark);
    }
  }
}

/** *value* with its BCH remainder behind it. @param {number} value @param {number} bits @param {number} divisor */
function withRemainder(value, bits, divisor) {
  let rest = value;
  for (let i = 0; i < bits; i += 1) rest = (rest << 1) ^ ((rest >> (bits - 1)) * divisor);
  return (value << bits) | rest;
}

/** @param {Square} square @param {Correction} correction @param {number} mask */
function drawFormat(square, correction, mask) {
  const { size } = square;
  const code = withRemainder((FORMAT_CODE[correction] << 3) | mask, 10, 0x537) ^ 0x5412;
  for (let i = 0; i < 15; i += 1) {
    const isDark = Boolean((code >> i) & 1);
    if (i < 8) square.fix(8, i < 6 ? i : i + 1, isDark);
    else square.fix(i === 8 ? 7 : 14 - i, 8, isDark);
    if (i < 8) square.fix(size - 1 - i, 8, isDark);
    else square.fix(8, size - 15 + i, isDark);
  }
  square.fix(8, size - 8, true);
}

/** Two columns at a time, from the right, up and down in turn. @param {Square} square @param {number[]} bytes */
function drawData(square, bytes) {
  const { size } = square;
  let bit = 0;
  let isUpward = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5; // the timing column holds no data
    for (let step = 0; step < size; step += 1) {
      const y = isUpward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (square.fixed[y * size + x]) continue;
        square.dark[y * size + x] = ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
        bit += 1;
      }
    }
    isUpward = !isUpward;
  }
}

/** Turn over every data module that *mask* names; twice gives the first square again.
 *  @param {Square} square @param {number} mask */
function turnOver(square, mask) {
  const turns = MASKS[mask];
  if (!turns) return;
  for (let y = 0; y < square.size; y += 1) {
    for (let x = 0; x < square.size; x += 1) {
      const at = y * square.size + x;
      if (!square.fixed[at] && turns(x, y)) square.dark[at] = 1 - (square.dark[at] ?? 0);
    }
  }
}

/** How hard the square is to read: runs, blocks, false corner marks, too much of one colour. @param {Square} square */
function penalty({ size, dark }) {
  const rows = Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_x, x) => dark[y * size + x]).join(""));
  const columns = Array.from({ length: size }, (_, x) => Array.from({ length: size }, (_y, y) => dark[y * size + x]).join(""));
  let points = 0;
  for (const line of [...rows, ...columns]) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) points += run.length - 2;
    points += 40 * (line.match(/(?=00001011101|10111010000)/g) ?? []).length;
  }
  for (let y = 1; y < size; y += 1) {
    for (let x = 1; x < size; x += 1) {
      const at = y * size + x;
      if (dark[at] === dark[at - 1] && dark[at] === dark[at - size] && dark[at] === dark[at - size - 1]) points += 3;
    }
  }
  const share = dark.reduce((sum, module) => sum + module, 0) / dark.length;
  return points + 10 * Math.floor(Math.abs(share - 0.5) * 20);
}

/** The modules of the smallest code that holds *text*, row by row; true is dark.
 *  @param {string} text
 *  @param {{ correction?: Correction }} [options]  M survives more dirt, L is coarser and easier to scan
 *  @returns {boolean[][] | null} null when the text is too long (2,953 bytes at L, 2,331 at M) */
export function qrModules(text, { correction = "M" } = {}) {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  const needs = () => Math.ceil((4 + (version < 10 ? 8 : 16)) / 8) + bytes.length;
  const room = () => bytesIn(version) - (BLOCKS[correction][version - 1] ?? 0) * (CHECK_BYTES[correction][version - 1] ?? 0);
  while (version <= 40 && needs() > room()) version += 1;
  if (version > 40) return null;

  const square = new Square(version);
  drawPatterns(square);
  drawFormat(square, correction, 0); // reserves the place before the data flows around it
  drawData(square, codewords(bytes, version, correction));

  const scores = MASKS.map((_, mask) => {
    drawFormat(square, correction, mask);
    turnOver(square, mask);
    const score = penalty(square);
    turnOver(square, mask);
    return score;
  });
  const best = scores.indexOf(Math.min(...scores));
  drawFormat(square, correction, best);
  turnOver(square, best);
  return Array.from({ length: square.size }, (_, y) => Array.from({ length: square.size }, (_x, x) => square.dark[y * square.size + x] === 1));
}

/** Draw *modules* as one SVG path, with the quiet zone of four modules that readers need.
 *  @param {SVGSVGElement} svg @param {boolean[][]} modules */
export function drawQr(svg, modules) {
  const side = modules.length + 8;
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x + 4} ${y + 4}h1v1h-1z`] : []))).join(""));
  svg.setAttribute("viewBox", `0 0 ${side} ${side}`);
  svg.replaceChildren(path);
}
