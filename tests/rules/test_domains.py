"""The shipped lists obey every rule for lists, the public suffix list too."""

from __future__ import annotations

import datetime

import pytest

from harness.service_process import REPOSITORY
from notalone.address import read_address
from notalone.brands import load_brands, load_platforms
from notalone.lists import DomainLists, load_lists

RULES = REPOSITORY / "rules"
RESERVED = (".example", ".test", ".invalid")


@pytest.fixture(scope="module")
def lists() -> DomainLists:
    brands, _ = load_brands(RULES)
    platforms, _ = load_platforms(RULES)
    lures = {path.name for path in (RULES / "lures").iterdir()}
    loaded, errors = load_lists(RULES, brands=brands, platforms=platforms, lures=lures)
    assert [str(error) for error in errors] == []
    return loaded


def test_every_kind_of_row_is_shown_by_a_sample(lists: DomainLists) -> None:
    assert lists.blocked.hosts
    assert lists.blocked.subtrees
    assert lists.blocked.urls


def test_samples_stand_on_reserved_names_only(lists: DomainLists) -> None:
    table = lists.blocked
    hosts = [*table.hosts, *table.subtrees, *table.urls]
    assert [h for h in hosts if not h.endswith(RESERVED) and not h.startswith("192.0.2.")] == []


def test_a_sample_shows_what_an_old_report_looks_like(lists: DomainLists) -> None:
    rows = lists.blocked.subtrees.values()
    assert any(row.is_expired(datetime.date(2026, 11, 22)) for row in rows)


@pytest.mark.parametrize(
    "url", ("https://tongdai111.vn/", "https://www.dichvucong.gov.vn/p/home", "https://vnu.edu.vn")
)
def test_places_to_turn_to_are_allowed(lists: DomainLists, url: str) -> None:
    address = read_address(url)
    assert address is not None
    assert lists.allows(address)


def test_the_practice_link_is_listed(lists: DomainLists) -> None:
    address = read_address("http://vnpost-giaohang.example/nhan-hang")
    assert address is not None
    row = lists.find(address)
    assert row is not None
    assert row.source == "Không Một Mình: mục ví dụ · sample entry"  # in both languages
