"""Our QR codes, read by a reader that is not ours."""

from __future__ import annotations

import pytest
import zxingcpp

from harness.qr_picture import drawn, picture_of

NOTE = "Bố mẹ ơi, con gặp một chuyện trên mạng làm con lo. Ừ, ặ ẵ ẽ ỹ đấy ạ. "


def read(modules: list[list[bool]]) -> str:
    """What an independent reader sees in *modules*."""
    found = zxingcpp.read_barcodes(picture_of(modules))
    return found[0].text if found else ""


def text_of_bytes(count: int) -> str:
    """Vietnamese text of at most *count* bytes, as near as whole letters allow."""
    return (NOTE * 60).encode()[:count].decode(errors="ignore")


@pytest.mark.parametrize("correction", ("L", "M"))
def test_another_reader_reads_notes_of_every_length(correction: str) -> None:
    # From the smallest version, 21 modules wide, to the largest, 177.
    largest = {"L": 2953, "M": 2331}[correction]
    lengths = [1, 2, 7, 14, 17, 26, *range(40, largest, largest // 54), largest]
    wanted = [(text_of_bytes(length), correction) for length in lengths]
    codes = drawn(wanted)
    seen = [read(code) if code else None for code in codes]
    assert seen == [text for text, _ in wanted]
    sides = {len(code) for code in codes if code}
    assert min(sides) == 21
    assert max(sides) == 177


def test_a_message_for_the_phone_keeps_its_marks_and_its_empty_number() -> None:
    (code,) = drawn([(f"SMSTO::{NOTE}", "L")])
    assert code is not None
    assert read(code) == f"SMSTO::{NOTE}"


def test_dirt_on_the_code_is_mended() -> None:
    (code,) = drawn([(NOTE * 3, "M")])
    assert code is not None
    middle = len(code) // 2
    for y in range(middle, middle + 5):
        code[y][middle : middle + 5] = [True] * 5
    assert read(code) == NOTE * 3


def test_a_text_that_no_code_can_hold_gives_none() -> None:
    assert drawn([("a" * 2953, "L"), ("a" * 2954, "L"), ("a" * 2332, "M")])[1:] == [None, None]
