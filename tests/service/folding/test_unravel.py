"""A disguised message becomes the text that it says; each word leads back to what was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from notalone.folding.spelling import load_spelling
from notalone.folding.text import clean_text
from notalone.folding.unravel import has_alias, unravel

RULES = Path(__file__).resolve().parents[3] / "rules"
SPELLING, _ = load_spelling(RULES / "text")
WORDS = SPELLING.for_words(
    ("mật", "khẩu", "chuyển", "khoản", "zalo", "telegram", "tiếng", "nhắn", "app")
)


@pytest.mark.parametrize(
    ("written", "said"),
    (
        ("M.ậ.t kh4u nha", "mật khau nha"),
        ("nhắn qua tê lê gram", "nhắn qua telegram"),
        ("nhắn qua máy bay giấy", "nhắn qua telegram"),
        ("gấp máy bay giấy", "gấp máy bay giấy"),
        ("appppp đâuuu", "app đâu"),
        ("không có gì", "không có gì"),
    ),
)
def test_what_it_says(written: str, said: str) -> None:
    clean = clean_text(written, homoglyphs={})
    assert unravel(clean, clean.text, spelling=WORDS).text == said


def test_a_read_word_leads_back_to_the_whole_of_what_was_written() -> None:
    written = "Gửi m.ậ.t k.h.ẩ.u đi"
    clean = clean_text(written, homoglyphs={})
    read = unravel(clean, clean.text, spelling=WORDS)
    start = read.text.index("khẩu")
    first, last = read.span(start, start + 4)
    assert written[first:last] == "k.h.ẩ.u"


@pytest.mark.parametrize(
    ("text", "expected"), (("da lô", True), ("da mặt", False), ("lô da", False), ("tê lê", True))
)
def test_a_quick_look_for_other_names(text: str, *, expected: bool) -> None:
    assert has_alias(text.split(), spelling=WORDS) is expected
