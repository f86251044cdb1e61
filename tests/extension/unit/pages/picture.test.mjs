import assert from "node:assert/strict";
import { test } from "node:test";

import { fileIn, readPicture } from "../../../../extension/pages/picture.js";

const PNG = { type: "image/png", size: 1000 };

/** A browser whose pictures have this size, all of one colour; 0 wide: it cannot open them. */
function setUp({ width = 4, height = 3, colour = [255, 255, 255, 255], Detector } = {}) {
  const drawn = [];
  globalThis.BarcodeDetector = Detector;
  globalThis.FileReader = class {
    result = "data:image/png;base64,AAAA";
    readAsDataURL() {
      setImmediate(() => this.onload());
    }
  };
  globalThis.Image = class {
    naturalWidth = width;
    naturalHeight = height;
    set src(_) {
      setImmediate(() => (width ? this.onload() : this.onerror()));
    }
  };
  globalThis.document = {
    createElement: () => ({
      getContext: () => ({
        fillRect: () => {},
        drawImage: (_image, _x, _y, ...size) => drawn.push(size),
        getImageData: (_x, _y, wide, high) => ({ data: Uint8ClampedArray.from({ length: 4 * wide * high }, (_, at) => colour[at % 4]) }),
      }),
    }),
  };
  const asked = [];
  const read = async (picture) => (asked.push(picture), ["Chào bạn"]);
  return { read, asked, drawn };
}

test("the service gets grey pixels, one byte each, and says what it read", async () => {
  for (const [colour, grey] of [[[255, 255, 255, 255], 255], [[0, 0, 0, 255], 0], [[255, 0, 0, 255], 76], [[0, 255, 0, 255], 149]]) {
    const { read, asked } = setUp({ colour });
    assert.deepEqual(await readPicture(PNG, read), { texts: ["Chào bạn"] });
    const [{ width, height, grey: sent }] = asked;
    assert.deepEqual([width, height], [4, 3]);
    assert.deepEqual([...atob(sent)].map((letter) => letter.charCodeAt(0)), Array(12).fill(grey));
  }
});

test("a large picture is made smaller, never larger than may be sent, and never empty", async () => {
  for (const [width, height] of [[8000, 8000], [1080, 2400], [60_000, 10], [1, 60_000]]) {
    const { read, asked, drawn } = setUp({ width, height });
    await readPicture(PNG, read);
    const [[wide, high]] = drawn;
    assert.ok(wide >= 1 && high >= 1 && wide <= 8192 && high <= 8192 && wide * high <= 1_500_000, `${wide} x ${high}`);
    assert.equal(atob(asked[0].grey).length, wide * high);
  }
  const { read, drawn } = setUp({ width: 30, height: 20 });
  await readPicture(PNG, read);
  assert.deepEqual(drawn, [[30, 20]]);
});

test("what would unfold to more than any photo is refused before it is drawn", async () => {
  const { read, drawn, asked } = setUp({ width: 30_000, height: 30_000 });
  assert.deepEqual(await readPicture(PNG, read), { problem: "too_large" });
  assert.deepEqual(await readPicture({ ...PNG, size: 30_000_000 }, read), { problem: "too_large" });
  assert.deepEqual([drawn, asked], [[], []]);
});

test("what is no picture is told calmly and sent nowhere", async () => {
  for (const type of ["image/svg+xml", "text/html", "application/zip", ""]) {
    const { read, asked } = setUp();
    assert.deepEqual(await readPicture({ ...PNG, type }, read), { problem: "no_picture" }, type);
    assert.deepEqual(asked, []);
  }
  const { read } = setUp({ width: 0 }); // damaged
  assert.deepEqual(await readPicture(PNG, read), { problem: "no_picture" });
});

test("where the browser reads codes itself nothing is sent", async () => {
  class Detector {
    static getSupportedFormats = async () => ["ean_13", "qr_code"];
    detect = async () => [{ rawValue: "https://a.example" }, { rawValue: "" }];
  }
  const { read, asked } = setUp({ Detector });
  assert.deepEqual(await readPicture(PNG, read), { texts: ["https://a.example"] });
  assert.deepEqual(asked, []);
});

test("a browser's reader that knows no QR codes, or fails, leaves it to the service", async () => {
  const fails = async () => {
    throw new DOMException("no reader", "NotSupportedError");
  };
  for (const [formats, detect] of [[["ean_13"], fails], [["qr_code"], fails]]) {
    class Detector {
      static getSupportedFormats = async () => formats;
      detect = detect;
    }
    const { read, asked } = setUp({ Detector });
    assert.deepEqual(await readPicture(PNG, read), { texts: ["Chào bạn"] });
    assert.equal(asked.length, 1);
  }
});

test("a service that is off is told of", async () => {
  setUp();
  assert.deepEqual(await readPicture(PNG, async () => null), { problem: "unread" });
});

test("of what is pasted the first file counts; words are none", () => {
  assert.equal(fileIn({ files: [PNG, { type: "text/plain" }] }), PNG);
  assert.equal(fileIn({ files: [] }), null);
  assert.equal(fileIn(null), null);
});
