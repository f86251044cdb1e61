"""QR codes in a picture: what they say, and nothing of the picture itself.

The picture comes as grey pixels. Its file was unpacked in the browser, inside the walls that a
browser has for pictures of strangers; so nothing here reads PNG or JPEG, and none can unfold here.
"""

from __future__ import annotations

MOST = 8  # codes of one picture; a page with more wants to wear us out


def read_codes(grey: bytes, *, width: int, height: int) -> tuple[str, ...]:
    """The text of each QR code, each once, in the order in which they are found.

    *grey* holds *width* x *height* pixels, one byte each, row by row, 0 black.
    Raises: ValueError when *grey* is not that long.
    """
    if len(grey) != width * height:
        raise ValueError("not as many pixels as it says")
    import zxingcpp  # 2 MB that only those need who paste a picture

    found = zxingcpp.read_barcodes(
        memoryview(grey).cast("B", (height, width)),
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        text_mode=zxingcpp.TextMode.Plain,
    )
    return tuple(dict.fromkeys(code.text for code in found if code.text))[:MOST]
