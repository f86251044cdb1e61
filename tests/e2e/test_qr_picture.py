"""A picture with a QR code in the popup: pasted, dropped, chosen; and pictures made to do harm."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from e2e.pasted_picture import MONEY, give, png
from e2e.test_screens import LURE
from harness.chromium import LIKE_A_BANK, LISTED, Chromium
from harness.qr_picture import qr_picture
from harness.service_process import RunningService
from notalone.config import NATIVE_HOST_NAME


def on_a_screen(text: str) -> Image.Image:
    """A code as it stands in a telephone's screenshot."""
    screen = Image.new("RGB", (1080, 2400), (240, 240, 250))
    code = qr_picture(text).convert("RGB").resize((560, 560))
    screen.paste(code, (260, 900))
    return screen


def bomb(side: int) -> bytes:
    """A small PNG that says it is *side* x *side* pixels, all of them there."""
    row = b"\x00" + bytes(side // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        ends = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + ends

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def hostile() -> Iterator[tuple[str, bytes, str, str]]:
    """What it is, its bytes, the kind it says it is, and the text that meets it."""
    whole = png(qr_picture("https://a.example"))
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>'
    yield "bomb", bomb(9000), "image/png", "too_large"
    yield "bomb that the browser itself refuses", bomb(32_000), "image/png", "no_picture"
    yield "only a head", whole[:40], "image/png", "no_picture"
    yield "SVG", svg, "image/svg+xml", "no_picture"
    yield "SVG that says it is PNG", svg, "image/png", "no_picture"
    yield "text that says it is JPEG", b"xin chao" * 99, "image/jpeg", "no_picture"
    yield "empty", b"", "image/png", "no_picture"
    yield "no code", png(Image.new("RGB", (300, 300), (9, 99, 9))), "image/png", "no_code"


def test_codes_are_read_and_judged_and_hostile_pictures_met_calmly(
    chromium: Chromium, service: RunningService, tmp_path: Path
) -> None:
    popup = chromium.own_page("popup")

    give(popup, "paste", png(on_a_screen(f"https://{LISTED}/nhan-hang")))
    popup.locator("#answer[data-level=danger]").wait_for()
    assert popup.locator("#paste").input_value() == f"https://{LISTED}/nhan-hang"

    give(popup, "drop", png(qr_picture(f"https://{LIKE_A_BANK}/otp")))
    popup.locator("#answer .names").wait_for()
    assert LIKE_A_BANK in popup.locator("#answer").inner_text()

    photo = tmp_path / "anh.jpg"
    on_a_screen(MONEY).rotate(7, fillcolor=(90, 80, 70)).save(photo, quality=70)
    with popup.expect_file_chooser() as choosing:
        popup.locator("#pick").click()
    choosing.value.set_files(photo)
    popup.locator("#money").wait_for()
    said = popup.locator("#money").inner_text()
    for part in ("NGUYEN VAN A", "0900000123", "2.000.000 đ", "phi ho so"):
        assert part in said
    assert chromium.message("popup_money_calm") in said
    assert not popup.locator("#answer").is_visible()

    give(popup, "paste", png(qr_picture(LURE["vi"])))
    popup.locator("#answer[data-level=danger]").wait_for()
    assert not popup.locator("#money").is_visible()

    for what, data, kind, text in hostile():
        give(popup, "paste", data, kind)
        popup.get_by_text(chromium.message(f"popup_picture_{text}")).wait_for()
        assert popup.locator("#answer").get_attribute("data-level") == "no_information", what

    manifest = chromium.profile / "NativeMessagingHosts" / f"{NATIVE_HOST_NAME}.json"
    manifest.rename(manifest.with_suffix(".aside"))  # nobody starts it again
    service.kill()
    give(popup, "paste", png(qr_picture("https://a.example")))
    popup.get_by_text(chromium.message("popup_picture_unread")).wait_for()


@pytest.mark.usefixtures("service")
def test_a_picture_in_the_clipboard_is_pasted_by_keys(chromium: Chromium) -> None:
    popup = chromium.own_page("popup")
    chromium.context.grant_permissions(["clipboard-read", "clipboard-write"])
    popup.evaluate(
        """async data => {
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
            const blob = new Blob([bytes], { type: "image/png" });
            await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
        }""",
        base64.b64encode(png(on_a_screen(MONEY))).decode(),
    )
    popup.locator("#paste").focus()
    popup.keyboard.press("Control+V")
    popup.locator("#money").wait_for()
    assert "NGUYEN VAN A" in popup.locator("#money").inner_text()
