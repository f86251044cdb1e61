"""Amounts, numbers and addresses are known by their kind, in the forms people type."""

from __future__ import annotations

import time

import pytest

from notalone.entities import find_entities


def kinds(text: str) -> list[tuple[str, str]]:
    return [(entity.kind, text[entity.start : entity.end]) for entity in find_entities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("chuyển 5tr2 nhé", [("money", "5tr2")]),
        ("1.500.000đ", [("money", "1.500.000đ")]),
        ("đóng 300k với 2 triệu", [("money", "300k"), ("money", "2 triệu")]),
        ("năm trăm nghìn", [("money", "năm trăm nghìn")]),
        ("$300", [("money", "$300")]),
        ("gọi 0900 000 123", [("phone", "0900 000 123")]),
        ("+84900000123", [("phone", "+84900000123")]),
        ("stk 0123456789012", [("account", "0123456789012")]),
        ("ma otp la 482913", [("otp", "482913")]),
        ("trong 15 phút, lúc 22h", [("time", "15 phút"), ("time", "22h")]),
        ("vào vnpost-giaohang.example/a nhé", [("link", "vnpost-giaohang.example/a")]),
        ("https://a.example/x?y=1. xong", [("link", "https://a.example/x?y=1")]),
        ("hxxp://a.example", [("link", "hxxp://a.example")]),
        ("lớp 12 có 40 bạn", [("number", "12"), ("number", "40")]),
        ("con ở nhà. me đi chợ", []),
    ),
)
def test_kind_and_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    ("1." * 2000, "a." * 2000, "năm " * 1000, "http://" * 600, "0 " * 2000, "a-" * 2048),
)
def test_hostile_text_is_read_in_reasonable_time(text: str) -> None:
    began = time.process_time()
    find_entities(text[:4096])
    assert time.process_time() - began < 2  # a quadratic pattern would need minutes
