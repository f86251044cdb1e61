"""An address is found as it stands and as it is unmade; two sentences are no address."""

from __future__ import annotations

import pytest

from notalone.address import read_address
from notalone.folding.entities import find_entities


def links(text: str) -> list[tuple[str, str]]:
    """Each link as it stands, and the host that is judged."""
    return [
        (written, "" if address is None else address.host)
        for entity in find_entities(text)
        if entity.kind == "link"
        for written in [text[entity.start : entity.end]]
        for address in [read_address(entity.address or written)]
    ]


@pytest.mark.parametrize(
    ("text", "written", "host"),
    (
        ("https://a.example/x?y=1. xong", "https://a.example/x?y=1", "a.example"),
        ("(xem qua-tang.example/a!)", "qua-tang.example/a", "qua-tang.example"),
        ("vào www.shop.test nhé", "www.shop.test", "www.shop.test"),
        ("login.shop.example:8080/x", "login.shop.example:8080/x", "login.shop.example"),
        ("192.0.2.7/x.apk", "192.0.2.7/x.apk", "192.0.2.7"),
        ("bấm t.me/+nhom nhé", "t.me/+nhom", "t.me"),
        ("viêtbank.example", "viêtbank.example", "xn--vitbank-kya.example"),
        ("hxxps://a.example/b", "hxxps://a.example/b", "a.example"),
        ("https://bank.com.vn@a.example/b nhé", "https://bank.com.vn@a.example/b", "a.example"),
        ("https://bank.com.vn:pw@a.example", "https://bank.com.vn:pw@a.example", "a.example"),
        ("https://b@bank.com.vn@a.example/", "https://b@bank.com.vn@a.example/", "a.example"),
        ("https:\\\\bank.com.vn@a.example", "https:\\\\bank.com.vn@a.example", "a.example"),
        ("hxxps://bank.com.vn@a[.]example", "hxxps://bank.com.vn@a[.]example", "a.example"),
        ("https://bank@a chấm example/b", "https://bank@a chấm example/b", "a.example"),
        ("https://a.example/?to=b@bank.com.vn", "https://a.example/?to=b@bank.com.vn", "a.example"),
        ("http://a.example:99999/b", "http://a.example:99999/b", ""),  # no browser opens these
        ("http://a.example:bc/", "http://a.example:bc/", ""),
        ("http://a:99999/", "http://a:99999/", ""),
        ("a.example:99999/b", "a.example:99999/b", ""),
        ("vnpost[.]example/a nhé", "vnpost[.]example/a", "vnpost.example"),
        ("vnpost(.)example", "vnpost(.)example", "vnpost.example"),
        ("vnpost{dot}top", "vnpost{dot}top", "vnpost.top"),
        ("https://vnpost[dot]example/a", "https://vnpost[dot]example/a", "vnpost.example"),
        ("vào vnpost (chấm) example nhé", "vnpost (chấm) example", "vnpost.example"),
        ("shopeee dot com", "shopeee dot com", "shopeee.com"),
        ("vay chấm com nha", "vay chấm com", "vay.com"),
        ("shopeee cham vn", "shopeee cham vn", "shopeee.vn"),
        ("bank-a chấm com chấm vn/x", "bank-a chấm com chấm vn/x", "bank-a.com.vn"),
        ("www chấm qua-tang chấm example", "www chấm qua-tang chấm example",
         "www.qua-tang.example"),
        ("https://vnpost chấm example/x", "https://vnpost chấm example/x", "vnpost.example"),
        ("https : // vnpost . example nhé", "https : // vnpost . example", "vnpost.example"),
        ("https:// login.vnpost.example/", "https:// login.vnpost.example/",
         "login.vnpost.example"),
        ("vnpost-giaohang . example", "vnpost-giaohang . example", "vnpost-giaohang.example"),
        ("vnpost-giaohang. example nhé", "vnpost-giaohang. example", "vnpost-giaohang.example"),
        ("vnpost. com/abc nhé", "vnpost. com/abc", "vnpost.com"),
        ("shopeee .vip", "shopeee .vip", "shopeee.vip"),
        ("nap247. club", "nap247. club", "nap247.club"),
        ("https:a.example/b nhé", "https:a.example/b", "a.example"),
        ("xem http:\\a.example/b", "http:\\a.example/b", "a.example"),
        ("https:/bank.example@a.test/b", "https:/bank.example@a.test/b", "a.test"),
        ("(xem https://[2001:db8::7])", "https://[2001:db8::7]", "[2001:db8::7]"),
        ("[https://a.example/b]", "https://a.example/b", "a.example"),
        ("xem bit.ly/abc nha", "bit.ly/abc", "bit.ly"),
        ("bit.ly/abc", "bit.ly/abc", "bit.ly"),
        ("(is.gd/qua)", "is.gd/qua", "is.gd"),
        ("http://bit.ly/abc", "http://bit.ly/abc", "bit.ly"),
        ("link:maps.app.goo.gl/abc", "maps.app.goo.gl/abc", "maps.app.goo.gl"),
        ("vnpost-giaohang,example", "vnpost-giaohang,example", "vnpost-giaohang.example"),
    ),
)  # fmt: skip
def test_the_real_address_is_judged(text: str, written: str, host: str) -> None:
    assert links(text) == [(written, host)]


@pytest.mark.parametrize(
    "text",
    (
        "ok b. mai gặp", "v.v. và v.v", "đi chơi. vn đá tối nay", "xong. com nha mẹ",
        "rồi.me đừng lo", "roi.me dung lo", "giám khảo chấm top 10", "giam khao cham top 10",
        "cô chấm vn xong", "thầy chấm com pa", "the dot com bubble", "1.vip 2.thường",
        "tp.hcm/hà nội", "bài 3.5, 3.6", "no worries. me too. live it up", "good job.win or lose",
        "thanks. vn played well", "nhà.vn", "lớp 11a3. vn thắng rồi", "ừ, top 10 của lớp",
        "ten.ban@thu.example", "www.ten@thu.example", "xong .\n com nha", "10.0.1",
        "covid-19. vn hết dịch",
        "www...", "http://)", "đá xong. vn/thái lan hoà", "hoc cham com",
        "http: hay https:", "http:, https:.", "lỗi https:abc",
        "to.do/it", "cái to.do/it á", "xong.to/nhỏ", "anh.co/em", "bit.ly", "bit.ly/", "bit ly/abc",
        "abit.ly/abc", "tr.bit.ly/abc", "and.so/on", "a.s.id/b",
    ),
)  # fmt: skip
def test_ordinary_words_are_no_address(text: str) -> None:
    assert links(text) == []


def test_a_finished_address_does_not_swallow_the_next_sentence() -> None:
    assert links("vào shop.example. vn thắng rồi") == [("shop.example", "shop.example")]
    assert links("https://shop.example. top nhé") == [("https://shop.example", "shop.example")]
