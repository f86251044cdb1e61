"""Hands a picture to the popup, as the browser does when somebody pastes or drops it."""

from __future__ import annotations

import base64
import io

from PIL import Image
from playwright.sync_api import Page

# A bank's code as VietQR writes it; bank and account are invented.
MONEY = (
    "00020101021138540010A00000072701240006970400011009000001230208QRIBFTTA53037045407"
    "20000005802VN5912NGUYEN VAN A62130809phi ho so6304ABCD"
)

GIVE = """([how, data, name, type]) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const given = new DataTransfer();
    given.items.add(new File([bytes], name, { type }));
    const event = how === "paste"
        ? new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true })
        : new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true });
    document.querySelector("#paste").dispatchEvent(event);
}"""


def png(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def give(popup: Page, how: str, data: bytes, kind: str = "image/png") -> None:
    popup.evaluate(GIVE, [how, base64.b64encode(data).decode(), "anh", kind])
