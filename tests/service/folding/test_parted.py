"""A link over two messages is put together only where one of them is no whole address."""

from __future__ import annotations

import pytest

from notalone.address import read_address
from notalone.folding.entities import find_entities
from notalone.folding.parted import joined


def across(first: str, following: str) -> list[tuple[str, str]]:
    """The host of each link over both, and the part of *following* that belongs to it."""
    text = joined(first, following)
    if text is None:
        return []
    clean = text.text.lower()
    return [
        (address.host, following[slice(*text.in_next(entity.start, entity.end))])
        for entity in find_entities(clean)
        if entity.kind == "link" and text.is_across(entity.start, entity.end)
        if (address := read_address(entity.address or clean[entity.start : entity.end]))
    ]


@pytest.mark.parametrize(
    ("first", "following", "host", "part"),
    (
        ("vietcom-abc.", "top/login", "vietcom-abc.top", "top/login"),
        ("vào vnpost-giaohang.", "  example nhé", "vnpost-giaohang.example", "example"),
        ("vnpost-giaohang", ".example/x", "vnpost-giaohang.example", ".example/x"),
        ("vnpost-giaohang chấm", "top nha", "vnpost-giaohang.top", "top"),
        ("vnpost-giaohang", "chấm top nha", "vnpost-giaohang.top", "chấm top"),
        ("Em bấm https://", "a.test/x nhé", "a.test", "a.test/x"),
        ("http:", "//a.test", "a.test", "//a.test"),
        ("hxxp", "://a.test", "a.test", "://a.test"),
        ("www.", "qua-tang.test", "www.qua-tang.test", "qua-tang.test"),
        ("vietcom-", "abc.test/login", "vietcom-abc.test", "abc.test/login"),
        ("bit.ly/", "x7a9", "bit.ly", "x7a9"),
        ("bit.", "ly/x7a9 nha", "bit.ly", "ly/x7a9"),
        ("https://a.test/l.php?u=", "b.test/x", "a.test", "b.test/x"),
        ("a" * 300 + " https://", "a.test" + " a" * 300, "a.test", "a.test"),
    ),
)  # fmt: skip
def test_a_link_over_two_messages_is_one(first: str, following: str, host: str, part: str) -> None:
    assert across(first, following) == [(host, part)]


@pytest.mark.parametrize(
    ("first", "following"),
    (
        ("ok.", "com trưa chưa"), ("Ăn xong rồi.", "Com ngon không"), ("roi.", "me oi"),
        ("Mai nha.", "vn đá tối nay"), ("ừ.", "top 10 của lớp"), ("Mua ở shopee.", "Top 10 nè"),
        ("ok", ". com nha mẹ"), ("đi không?", "shop.test nha"),
        ("xong/", "chưa"), ("đi học-", "mai xem shop.test"),
        ("1+1=", "2"), ("Thứ 2-", "thứ 6"), ("a-", "b"), ("đợi tí-", "ok"),
        ("cô chấm", "top 10"), ("thầy chấm", "com pa"), ("giam khao cham", "top 10"),
        ("No worries.", "me too"), ("I like it.", "live well"), ("He said so.", "so/so"),
        ("Xem https://a.test", "b.test"), ("a.test", "/login"), ("a.test", "b.test"),
        ("", "top/login"), ("vietcom-abc.", ""), ("   ", "   "), ("http", "hay quá"),
        ("https://", "\n\n"), ("chấm", "com"), ("Con về rồi.", "biz"), ("v.v.", "v.v."),
    ),
)  # fmt: skip
def test_two_messages_stay_two(first: str, following: str) -> None:
    assert across(first, following) == []
