"""No feed may accuse a bank, a ministry or all of `com`; no list halves overnight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pytest

from harness.service_process import REPOSITORY
from notalone.brands import Brand
from notalone.feeds.entry import Entry, ListedKind
from notalone.feeds.fault import FeedError
from notalone.feeds.pull import load_guard
from notalone.feeds.sanity import Harmless, check_change, check_tally, harmless
from notalone.feeds.tally import Reason, Refusal, Tally
from notalone.lists import AddressTable


@pytest.fixture(scope="module")
def guard() -> Harmless:
    return load_guard(REPOSITORY / "rules")


@pytest.mark.parametrize(
    ("kind", "address", "reason"),
    (
        ("host", "com", "public_suffix"),
        ("subtree", "vn", "public_suffix"),
        ("subtree", "com.vn", "public_suffix"),
        ("host", "gov.vn", "public_suffix"),
        ("subtree", "co.uk", "public_suffix"),
        ("host", "google.com", "brand"),
        ("url", "vietcombank.com.vn/khuyen-mai", "brand"),
        ("subtree", "www.bidv.com.vn", "brand"),
        ("host", "mic.gov.vn", "state"),
        ("host", "www.weather.gov", "state"),
        ("host", "hust.edu.vn", "allowed"),
        ("host", "github.io", "platform"),
        ("subtree", "weebly.com", "platform"),
        ("host", "sites.google.com", "platform"),
        ("host", "t.me", "brand"),
        ("subtree", "core.windows.net", "brand"),
    ),
)
def test_whom_no_list_may_accuse(
    kind: ListedKind, address: str, reason: Reason, guard: Harmless
) -> None:
    assert guard.reason(Entry(kind, address)) == reason


def test_no_list_may_take_in_with_a_name_all_that_we_vouch_for_below_it() -> None:
    brand = Brand(
        id="bank",
        name="Bank",
        category="bank",
        country="vn",
        domains=("bank.group.example",),
        aliases=("bank",),
        sources=("own site",),
        checked=date(2026, 11, 23),
    )
    guard = harmless((brand,), {}, AddressTable())
    assert guard.reason(Entry("subtree", "group.example")) == "brand"
    assert guard.reason(Entry("host", "group.example")) is None


@pytest.mark.parametrize(
    ("kind", "address"),
    (
        ("host", "scam.example"),
        ("subtree", "vietcombank-thuong.example"),
        ("host", "bad.weebly.com"),
        ("subtree", "bad.github.io"),
        ("url", "sites.google.com/view/bad"),
        ("host", "198.51.100.7"),
        ("host", "gov-vn.example"),
        ("host", "agribanks-invented.edu.vn"),  # invented
        ("url", "some-office-invented.gov.vn/hacked/login.php"),  # invented
    ),
)
def test_what_a_list_may_say(kind: ListedKind, address: str, guard: Harmless) -> None:
    assert guard.reason(Entry(kind, address)) is None


def tally(entries: int, refused: Mapping[Reason, int] = MappingProxyType({})) -> Tally:
    made = Tally(entries=entries)
    for reason, count in refused.items():
        for line in range(count):
            made.refuse(Refusal(reason, f"name{line}.example"), line)
    return made


@pytest.mark.parametrize(
    ("made", "code"),
    (
        (tally(0), "empty"),
        (tally(60, {"brand": 4, "state": 3}), "harmful"),
        (tally(3, {"public_suffix": 5}), "harmful"),
        (tally(40, {"not_a_block": 41}), "wrong_format"),
        (tally(0, {"not_an_address": 3}), "wrong_format"),
    ),
)
def test_a_list_that_cannot_be_true_is_refused(made: Tally, code: str) -> None:
    with pytest.raises(FeedError) as caught:
        check_tally(made)
    assert caught.value.code == code
    assert not made.rows or "name0.example" in caught.value.told.vi


@pytest.mark.parametrize(
    "made",
    (
        tally(1),
        tally(2, {"brand": 2}),  # too few to tell
        tally(100_000, {"brand": 90, "state": 200, "platform": 500}),
        tally(50, {"platform": 40}),  # pages collapsed to hosts: left out, and no harm done
    ),
)
def test_a_few_mistakes_are_left_out_and_the_list_stands(made: Tally) -> None:
    check_tally(made)


@pytest.mark.parametrize(
    ("rows", "before", "code"),
    ((0, 0, "empty"), (0, 5_000, "empty"), (499, 1_001, "shrunk"), (1_001, 100, "grown")),
)
def test_a_change_that_cannot_be_true_is_refused(rows: int, before: int, code: str) -> None:
    with pytest.raises(FeedError) as caught:
        check_change(rows, before)
    assert caught.value.code == code
    assert str(before) in caught.value.told.en


@pytest.mark.parametrize(
    ("rows", "before"), ((1, 0), (501, 1_001), (2, 1_000), (1_000, 100), (990, 99), (5_000_000, 0))
)
def test_a_change_that_lists_do_make_is_taken(rows: int, before: int) -> None:
    check_change(rows, before)
