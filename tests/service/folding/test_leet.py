"""Digits and signs that stand for letters."""

from __future__ import annotations

import pytest

from notalone.folding.leet import has_leet, read_leet

KNOWN = {
    "otp", "zalo", "khoản", "khoan", "tiền", "gửi", "nói", "mật", "khẩu", "mat", "khau", "sinh",
    "số", "ai", "to", "toi", "cho",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "read"),
    (
        ("0tp", "otp"), ("z4lo", "zalo"), ("Z@1o".lower(), "zalo"), ("kh0ản", "khoản"),
        ("t1ền", "tiền"), ("9ửi", "gửi"), ("nó1", "nói"), ("m@t kh4u", "mat khau"),
        ("$1nh", "sinh"), ("$ố", "số"), ("+iền", "tiền"), ("ch0", "cho"), ("(0tp)", "(otp)"),
    ),
)  # fmt: skip
def test_a_sign_is_read_where_a_word_comes_of_it(typed: str, read: str) -> None:
    assert read_leet(typed, KNOWN) == read


@pytest.mark.parametrize(
    "text", ("lớp 11a3", "u23", "a1", "tổ1", "to1", "7h30", "ok!", "co2", "50%", "a@b", "c++", "k9")
)
def test_numbers_stay_numbers(text: str) -> None:
    assert read_leet(text, KNOWN) == text


@pytest.mark.parametrize(
    ("chunk", "expected"),
    (("kh0@n", True), ("0tp", True), ("11a3", False), ("u23,", False), ("nhé!", False)),
)
def test_a_quick_look_says_whether_to_read_at_all(chunk: str, *, expected: bool) -> None:
    assert has_leet(chunk) is expected


def test_a_row_of_signs_does_not_take_forever() -> None:
    assert read_leet("1" * 2000 + "a" + "1" * 2000, KNOWN)
