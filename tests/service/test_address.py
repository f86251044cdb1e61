"""A link is read as the browser opens it."""

from __future__ import annotations

import subprocess
import sys
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.disguised_urls import disguised_urls, opened_hosts
from notalone.address import (
    is_canonical_host,
    is_public_suffix,
    read_address,
    registrable_domain,
)


@pytest.mark.parametrize(
    ("url", "host"),
    (
        pytest.param("https://shop.example/a?b=1#c", "shop.example", id="plain"),
        pytest.param("https://bank.example@evil.test/", "evil.test", id="name before @"),
        pytest.param(
            "https://bank.example%2f@evil.test/", "evil.test", id="escaped slash before @"
        ),
        pytest.param("https:\\\\evil.test\\bank.example", "evil.test", id="backslashes"),
        pytest.param("ht\ttps://evil\n.test/", "evil.test", id="tab and line end inside"),
        pytest.param("  https://evil.test  ", "evil.test", id="blanks around"),
        pytest.param("https://EVIL.Test./", "evil.test", id="capitals and final dot"),
        pytest.param("https://evil。test/", "evil.test", id="ideographic full stop"),
        pytest.param("https://evil%2Etest/", "evil.test", id="escaped dot"),
        pytest.param("https://ev\u00adil.test/", "evil.test", id="soft hyphen"),
        pytest.param("https://ＥＶＩＬ.test/", "evil.test", id="full-width letters"),
        pytest.param("https://víde.example/", "xn--vde-rma.example", id="Vietnamese letters"),
        pytest.param("https://2130706433/", "127.0.0.1", id="IP as one number"),
        pytest.param("https://0x7f.1/", "127.0.0.1", id="IP in hexadecimal"),
        pytest.param("https://[::ffff:1.2.3.4]:8443/", "[::ffff:102:304]", id="mapped IPv6"),
        pytest.param("hxxps://evil[.]test/x", "evil.test", id="made unclickable"),
        pytest.param("hxxps[:]//evil[.]test/x", "evil.test", id="colon made unclickable"),
        pytest.param("hxxp[://]evil.test", "evil.test", id="slashes made unclickable"),
        pytest.param("evil(.)test", "evil.test", id="brackets around the dot, no scheme"),
        pytest.param("//evil.test/x", "evil.test", id="scheme left out"),
        pytest.param("shop.example:8080/x", "shop.example", id="host and port only"),
        pytest.param("SHOP.EXAMPLE", "shop.example", id="host only"),
        pytest.param("192.0.2.7/x.apk", "192.0.2.7", id="IP only"),
        pytest.param("https://shop.example/\ud800", "shop.example", id="lone surrogate"),
    ),
)
def test_host_is_the_one_the_browser_opens(url: str, host: str) -> None:
    address = read_address(url)
    assert address is not None
    assert address.host == host


def test_ten_thousand_disguised_addresses_are_read_as_the_standard_says() -> None:
    disguised = list(disguised_urls(10_000))
    opened = opened_hosts(link.url for link in disguised)
    wrong = []
    for link, host in zip(disguised, opened, strict=True):
        address = read_address(link.text)
        judged = address.host if address else None
        if judged != (host and host.removesuffix(".")):
            wrong.append((link.text, judged, host))
    assert wrong == []
    assert sum(host is not None for host in opened) > 8_000  # and not just nothing on both sides


@pytest.mark.parametrize(
    "text",
    (
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<b>",
        "mailto:me@shop.example",
        "tel:113",
        "intent://shop.example#Intent;end",
        "me@shop.example",
        "",
        "https://",
        "//",
        "https://a..b/",
        "https://bank.example%00.evil.test/",
        "https://shop.example:80:90/",
        "https://\ud800.test/",
        "localhost",
        "3.5",
        "v.v",
        "Đi chơi. Về sớm",
        "[" * 30_000,
    ),
)
def test_what_is_no_web_address_is_none(text: str) -> None:
    assert read_address(text) is None


@pytest.mark.parametrize(
    ("url", "shown"),
    (
        ("https://me:pw@Evil.Test:8443/x", "Evil.Test"),
        ("hxxps://evil[.]test/x", "evil[.]test"),
        ("hxxps[:]//evil[.]test/x", "evil[.]test"),
        ("hxxp[://]evil.test", "evil.test"),
        ("http://[::1]/x", "[::1]"),
        ("ht\ttps://evil.test?x", "evil.test"),
        ("evil.test:80/x", "evil.test"),
        ("https:/\\evil.test#x", "evil.test"),
    ),
)
def test_host_is_quoted_as_it_was_written(url: str, shown: str) -> None:
    address = read_address(url)
    assert address is not None
    assert url[slice(*address.host_span)] == shown


@given(st.text(alphabet="ab./\\:@[]%# \t0１。x", max_size=30))
def test_the_quote_always_lies_inside_the_text(tail: str) -> None:
    url = "https://" + tail
    address = read_address(url)
    if address is not None:
        start, end = address.host_span
        assert 0 <= start < end <= len(url)


def test_path_is_decoded_through_every_layer() -> None:
    address = read_address("https://shop.example/%2564ang%2Dnhap?X=%41")
    assert address is not None
    assert address.decoded_path == "/dang-nhap?x=a"


@pytest.mark.parametrize(
    ("host", "domain"),
    (
        ("www.shop.com.vn", "shop.com.vn"),
        ("shop.hanoi.vn", "shop.hanoi.vn"),
        ("a.shop.github.io", "shop.github.io"),
        ("a.b.shop.example", "shop.example"),
        ("com.vn", ""),
    ),
)
def test_registrable_domain_is_what_one_owner_bought(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


def test_ip_has_no_registrable_domain() -> None:
    address = read_address("http://192.0.2.7/")
    assert address is not None
    assert address.is_ip
    assert address.registrable == ""


@pytest.mark.parametrize(
    ("host", "expected"),
    (("vn", True), ("gov.vn", True), ("github.io", True), ("shop.vn", False), ("a.test", False)),
)
def test_public_suffix_is_told_from_a_name(host: str, expected: bool) -> None:
    assert is_public_suffix(host) is expected


@pytest.mark.parametrize(
    "text", ("Shop.example", "shop.example/", "shop.example.", "a b", "víde.example")
)
def test_other_spellings_of_a_host_are_not_canonical(text: str) -> None:
    assert not is_canonical_host(text)


def test_reading_a_host_does_not_load_the_suffix_list() -> None:
    program = (
        "import sys; from notalone.address import read_address; "
        "read_address('https://a.shop.example/x'); sys.exit('tldextract' in sys.modules)"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONPATH": ":".join(sys.path)}, check=False
        ).returncode
        == 0
    )


LABELS = (
    "shop",
    "a",
    "-",
    "_",
    "x-",
    "-x",
    "xn--kr",
    "xn--vde-rma",
    "ab--cd",
    "0x7f",
    "1",
    "",
    "é",
)
AFTER = (
    "",
    "/",
    "/a?b#c",
    "?b",
    "#c",
    ":80/",
    "\\x",
    "\n.test/",
    "/\ud800",
    " ",
    "@x.y",
    "A",
    "/[.]",
    "/a/../b?c=/.",
    "/a;b=1/~c!@:d?e=%20",
    "/a?",
    "/a?b?c",
    "/'?'",
    "/%2e%2e/a",
    "/a b",
    "/é",
)


def test_plain_link_is_read_as_the_parser_reads_it() -> None:
    for first, second, last, after in product(LABELS, LABELS, LABELS, AFTER):
        url = f"https://{first}.{second}.{last}{after}"
        quick, slow = read_address(url), read_address(f" {url}")  # a blank in front: not plain
        assert (quick is None) == (slow is None), url
        if quick is not None and slow is not None:
            assert (quick.host, quick.path) == (slow.host, slow.path), url


@pytest.mark.parametrize(
    "text",
    (
        "//user\udc88@bad.example",  # without a scheme, which is put in front of it
        "hxxps://bad.example/\ud800",
        "bad[.]example/\ud800/x?y",
    ),
)
def test_half_a_letter_moves_no_place(text: str) -> None:
    address = read_address(text)
    assert address is not None
    assert address.url == text
    assert address.host == "bad.example"
    start, end = address.host_span
    assert text[start:end].replace("[.]", ".") == "bad.example"
    assert address.path.startswith("/")
