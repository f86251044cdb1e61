"""What can be one Vietnamese word."""

from __future__ import annotations

import pytest

from notalone.folding.syllable import is_syllable


@pytest.mark.parametrize(
    "word",
    ("khoản", "chuyển", "nghiêng", "được", "quý", "giấy", "yêu", "oanh", "uyên", "hươu", "khuỷu",
     "ngoằn", "thuở", "xoong", "đừng", "ke"),
)  # fmt: skip
def test_vietnamese_words_are(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    ("khoanr", "otp", "facebook", "bme", "ngg", "aa", "kh", "tr", "x", "mậtkhẩu", "z", "fan",
     "job", "kịck", "", "a"),
)  # fmt: skip
def test_other_letters_are_not(word: str) -> None:
    assert not is_syllable(word)
