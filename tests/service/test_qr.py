"""QR codes read out of grey pixels, and pixels that are none."""

from __future__ import annotations

import pytest
from PIL import Image, ImageOps

from harness.qr_picture import qr_picture
from notalone import qr
from notalone.config import LIMITS
from notalone.qr import read_codes

TEXT = "https://vietcornbank.example/nhan-qua?ten=Lặng%20lẽ"


def texts_in(picture: Image.Image) -> tuple[str, ...]:
    return read_codes(picture.tobytes(), width=picture.width, height=picture.height)


def pasted(*codes: Image.Image, width: int = 900, height: int = 1600) -> Image.Image:
    """*codes* under each other on a screen as large as a telephone's."""
    screen = Image.new("L", (width, height), 200)
    top = 100
    for code in codes:
        screen.paste(code, (120, top))
        top += code.height + 60
    return screen


def test_code_is_read_wherever_it_stands() -> None:
    code = qr_picture(TEXT)
    assert texts_in(code) == (TEXT,)
    for changed in (
        pasted(code),
        ImageOps.invert(pasted(code)),
        pasted(code).rotate(90, expand=True),
    ):
        assert texts_in(changed) == (TEXT,)


def test_every_code_is_told_once_and_not_too_many() -> None:
    one, two = qr_picture(TEXT), qr_picture("Chào bạn, ừ ặ ẵ")
    assert sorted(texts_in(pasted(one, two, one))) == sorted((TEXT, "Chào bạn, ừ ặ ẵ"))
    small = [qr_picture(str(number)) for number in range(qr.MOST + 2)]
    assert len(texts_in(pasted(*small, width=400, height=3000))) == qr.MOST


@pytest.mark.parametrize("shade", (0, 127, 255))
def test_picture_without_a_code_says_nothing(shade: int) -> None:
    assert texts_in(Image.new("L", (640, 480), shade)) == ()


def test_one_pixel_and_the_longest_row_are_pictures_too() -> None:
    assert read_codes(b"\x00", width=1, height=1) == ()
    row = LIMITS.picture_side
    assert read_codes(bytes(row), width=row, height=1) == ()
    assert read_codes(bytes(row), width=1, height=row) == ()


@pytest.mark.parametrize(("width", "height"), ((3, 3), (2, 2), (8, 0), (0, 8)))
def test_pixels_must_fill_the_picture(width: int, height: int) -> None:
    with pytest.raises(ValueError, match="pixels"):
        read_codes(bytes(8), width=width, height=height)
