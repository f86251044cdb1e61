"""One name, one address: as the browser would open it, and nothing that cannot be opened."""

from __future__ import annotations

from datetime import date

import pytest

from notalone.feeds.entry import Entry
from notalone.feeds.row import Row, read_link, read_name
from notalone.feeds.tally import READ_LIMITS, Refusal


@pytest.mark.parametrize(
    ("name", "row"),
    (
        ("Scam.Example.", Entry("host", "scam.example")),
        ("bücher.example", Entry("host", "xn--bcher-kva.example")),
        ("198.51.100.7", Entry("host", "198.51.100.7")),
        ("[2001:db8::7]", Entry("host", "[2001:db8::7]")),
        ("198.51.100.0/24", Refusal("ip_range", "198.51.100.0/24")),
        ("2001:db8::/32", Refusal("ip_range", "2001:db8::/32")),
        ("10.1.2.3", Refusal("own_network", "10.1.2.3")),
        ("[::1]", Refusal("own_network", "[::1]")),
        ("a.example/page", Refusal("not_an_address", "a.example/page")),
        ("a b", Refusal("not_an_address", "a b")),
        ("", Refusal("not_an_address", "")),
    ),
)
def test_name_alone(name: str, row: Row) -> None:
    assert read_name(name) == row


def test_nothing_lies_below_an_ip_address() -> None:
    assert read_name("bad.example", kind="subtree") == Entry("subtree", "bad.example")
    assert read_name("198.51.100.7", kind="subtree") == Entry("host", "198.51.100.7")


def test_link_keeps_its_page_and_its_date_and_loses_what_names_nobody() -> None:
    day = date(2026, 1, 2)
    row = read_link("hxxps://u:p@Bad[.]example:8443/x?y=1#z", added=day)
    assert row == Entry("url", "bad.example/x?y=1", day)
    assert read_link("https://bad.example/") == Entry("host", "bad.example")
    assert isinstance(read_link("https://bad.example/", or_name=False), Refusal)


def test_link_that_no_browser_opens_as_a_page_is_refused() -> None:
    for text in ("ftp://bad.example/x", "javascript:alert(1)", "https://", "a\ufffd.example/"):
        assert read_link(text) == Refusal("not_an_address", text)


def test_link_longer_than_any_that_is_checked_is_refused() -> None:
    row = read_link("https://bad.example/" + "a" * READ_LIMITS.address_chars)
    assert isinstance(row, Refusal)
    assert row.reason == "too_long"
