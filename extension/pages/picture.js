/** A pasted picture and the QR codes in it. The browser unpacks the picture, within the walls that it
 *  has for those of strangers, and the service gets grey pixels; neither keeps anything.
 */

/** @typedef {import("../types").QrRequest} QrRequest */
/** @typedef {{texts: string[]} | {problem: "no_picture" | "too_large" | "unread"}} Read */

export const KINDS = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/avif"]; // no SVG: it is a program
const MOST_BYTES = 20_000_000; // a photo has 2 to 8
const MOST_PIXELS = 64_000_000; // unpacked 256 MB; known before anything is unpacked
const READ_PIXELS = 1_500_000; // service/notalone/config.py Limits.picture_pixels
const READ_SIDE = 8192; // the same, picture_side

/** The first file that was pasted or dropped. @param {DataTransfer | null} given @returns {File | null} */
export function fileIn(given) {
  return given?.files[0] ?? null;
}

/** What the QR codes in *file* say.
 *  @param {File} file
 *  @param {(picture: QrRequest) => Promise<string[] | null>} read  asks the service
 *  @returns {Promise<Read>} */
export async function readPicture(file, read) {
  if (!KINDS.includes(file.type)) return { problem: "no_picture" };
  if (file.size > MOST_BYTES) return { problem: "too_large" };
  const image = await open(file);
  if (!image?.naturalWidth) return { problem: "no_picture" };
  if (image.naturalWidth * image.naturalHeight > MOST_PIXELS) return { problem: "too_large" };
  const canvas = draw(image);
  const texts = (await readInBrowser(canvas)) ?? (await read(greyOf(canvas)));
  return texts ? { texts } : { problem: "unread" };
}

/** Only its head is read here: the pixels follow when it is drawn.
 *  @param {File} file @returns {Promise<HTMLImageElement | null>} */
async function open(file) {
  const reader = new FileReader();
  const image = new Image();
  return new Promise((resolve) => {
    image.onload = () => resolve(image);
    image.onerror = reader.onerror = () => resolve(null);
    reader.onload = () => {
      image.src = String(reader.result);
    };
    reader.readAsDataURL(file);
  });
}

/** @param {HTMLImageElement} image @returns {HTMLCanvasElement} as large as may be read, on white */
function draw(image) {
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(1, Math.sqrt(READ_PIXELS / (width * height)), READ_SIDE / width, READ_SIDE / height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(width * scale));
  canvas.height = Math.max(1, Math.floor(height * scale));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return canvas;
  pen.fillStyle = "white"; // under what is transparent
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Some browsers read codes themselves. @param {HTMLCanvasElement} canvas
 *  @returns {Promise<string[] | null>} null: this one does not */
async function readInBrowser(canvas) {
  const Detector = globalThis.BarcodeDetector;
  try {
    if (!(await Detector?.getSupportedFormats())?.includes("qr_code")) return null;
    const found = await new /** @type {NonNullable<typeof Detector>} */ (Detector)({ formats: ["qr_code"] }).detect(canvas);
    return found.map(({ rawValue }) => rawValue).filter(Boolean);
  } catch (error) {
    if (!(error instanceof DOMException) && !(error instanceof TypeError)) throw error;
    return null; // the system's reader is missing after all
  }
}

/** @param {HTMLCanvasElement} canvas @returns {QrRequest} */
function greyOf(canvas) {
  const { width, height } = canvas;
  const colours = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    // ITU-R BT.601, in 256ths
    grey[at] = (77 * colours[4 * at] + 150 * colours[4 * at + 1] + 29 * colours[4 * at + 2]) >> 8;
  }
  return { width, height, grey: inBase64(grey) };
}

/** @param {Uint8Array} bytes */
function inBase64(bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += 30_000) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 30_000)));
  return btoa(pieces.join(""));
}
