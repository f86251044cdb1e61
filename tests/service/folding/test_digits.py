"""Numbers get their kind from their shape and the words around, however they are split."""

from __future__ import annotations

import pytest

from notalone.folding.digits import find_codes_and_accounts, find_phones, find_said_phones


def phones(text: str) -> list[str]:
    return [text[slice(*place)] for place in find_phones(text)]


def said_phones(text: str) -> list[str]:
    return [text[slice(*place)] for place in find_said_phones(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("gọi 0900 000 123", ["0900 000 123"]),
        ("+84900000123", ["+84900000123"]),
        ("+84 (0) 900 000 123", ["+84 (0) 900 000 123"]),
        ("sđt0900000123nhé", ["0900000123"]),
        ("0900000123,0900000124", ["0900000123", "0900000124"]),
        ("09.00.00.01.23", ["09.00.00.01.23"]),
        ("0-9-0-0-0-0-0-1-2-3", ["0-9-0-0-0-0-0-1-2-3"]),
        ("0900🌸000🌸123", ["0900🌸000🌸123"]),
        ("zalo o9oo.ooo.l23", ["o9oo.ooo.l23"]),
        ("gọi tổng đài 1900 0000", ["1900 0000"]),
        ("024 0000 0123", ["024 0000 0123"]),
        ("0.333333333", []),
        ("bội của 3: 0 3 6 9 12 15 18", []),
        ("09.12.2010 15 20", []),
        ("từ năm 1900 2000 người", []),
        ("1 2 3 4 5 6 7 8 9 10", []),
        ("09000001234567", []),
    ),
)
def test_phone_numbers_in_digits(text: str, expected: list[str]) -> None:
    assert phones(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("số không chín không không không không không một hai ba nhé",
         ["không chín không không không không không một hai ba"]),
        ("khong chin khong khong 0 0 0 mot hai ba", ["khong chin khong khong 0 0 0 mot hai ba"]),
        ("ko chín, tám ba, bốn năm, sáu bảy tám chín",
         ["ko chín, tám ba, bốn năm, sáu bảy tám chín"]),
        ("09 tám ba 456 bảy tám chín", ["09 tám ba 456 bảy tám chín"]),
        ("tám bốn chín không không không không không một hai ba",
         ["tám bốn chín không không không không không một hai ba"]),
        ("gọi chín một hai tám ba sáu bốn bảy năm", ["chín một hai tám ba sáu bốn bảy năm"]),
        ("chín một hai tám ba sáu bốn bảy năm", []),
        ("một hai ba bốn năm sáu bảy tám chín mười", []),
        ("gọi nhau chín tám bảy sáu năm bốn ba hai một", []),
        ("thắng hai không", []),
        ("không ba không mẹ", []),
        ("0900 000 123", []),
    ),
)  # fmt: skip
def test_phone_numbers_in_words(text: str, expected: list[str]) -> None:
    assert said_phones(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("ma otp la 482913", [("otp", "482913")]),
        ("mã otp 482 913", [("otp", "482 913")]),
        ("mã xác nhận 4 8 2 9 1 3", [("otp", "4 8 2 9 1 3")]),
        ("code 48l9o3", [("otp", "48l9o3")]),
        ("stk 0123456789012", [("account", "0123456789012")]),
        ("stk 0123 4567 8901 2", [("account", "0123 4567 8901 2")]),
        ("ck vào 0123-4567-89", [("account", "0123-4567-89")]),
        ("chuyển vào 19o3l2345678", [("account", "19o3l2345678")]),
        ("thẻ 4111 1111 1111 1111", [("account", "4111 1111 1111 1111")]),
        ("thẻ 4111111111111111", [("account", "4111111111111111")]),
        ("dãy 4111 1111 1111 1112", []),
        ("mã đề 1234", []),
        ("mã 24.90", []),
        ("ma 12 15", []),
        ("chuyển lịch 20 11 2024 sang 21 11 2024", []),
        ("bank mở 08 00 - 11 30 - 16 30", []),
        ("chuyển sang bài 1 2 3 4 5 6 7 8 9 10", []),
        ("số 482913", []),
        ("mã oil oil", []),
    ),
)
def test_codes_and_accounts_by_the_words_around(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(kind, text[start:end]) for kind, start, end in find_codes_and_accounts(text)]
    assert found == expected
