"""A listed address is found, quoted, dated, and forgiven in time."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from harness.compiled_lists import CASINOS, SCAMS, compile_rows, compiled
from notalone.address import read_address
from notalone.brands import Platform
from notalone.detectors.listed import findings
from notalone.lists import AddressTable, DomainLists, ListedAddress
from notalone.model import LinkFinding

ADDED = datetime.date(2026, 11, 22)
EXPIRES = datetime.date(2027, 2, 20)
LISTS = DomainLists(
    blocked=AddressTable(
        subtrees={
            "bad.example": ListedAddress(
                "subtree", "bad.example", "Lừa đảo", "a report", ADDED, "fake_bank", EXPIRES
            )
        },
        urls={
            "pages.example": (
                ListedAddress(
                    "url", "pages.example/x", "Lừa đảo", "a report", ADDED, None, EXPIRES
                ),
            )
        },
    )
)


def find(url: str, *, today: datetime.date = ADDED) -> list[LinkFinding]:
    address = read_address(url)
    assert address is not None
    return findings(address, lists=LISTS, today=today)


@pytest.mark.parametrize(
    ("url", "quote"),
    (
        ("https://A.Bad.example/login", "A.Bad.example"),
        ("hxxp://bad[.]example", "bad[.]example"),
        ("https://pages.example/x/y", "pages.example/x/y"),
    ),
)
def test_listed_address_is_quoted_as_it_was_written(url: str, quote: str) -> None:
    (finding,) = find(url)
    assert url[finding.start : finding.end] == quote
    assert finding.strength == "listed"


def test_finding_names_who_reported_and_when() -> None:
    (finding,) = find("https://bad.example")
    assert (finding.source, finding.added, finding.lure) == ("a report", "2026-11-22", "fake_bank")


def test_old_report_is_weaker_and_says_so() -> None:
    (finding,) = find("https://bad.example", today=EXPIRES)
    assert finding.strength == "expired"
    assert "từng bị báo cáo" in finding.why.vi


@pytest.mark.parametrize("url", ("https://pages.example/", "https://notbad.example/"))
def test_neighbours_of_a_listed_address_are_left_in_peace(url: str) -> None:
    assert find(url) == []


# --- what feeds say ------------------------------------------------------------------------------


def lists_with(data: Path, *rows: str, own: DomainLists = LISTS) -> DomainLists:
    return replace(own, compiled=compiled(data, *rows))


def fed(lists: DomainLists, url: str, *, today: datetime.date = ADDED) -> list[LinkFinding]:
    address = read_address(url)
    assert address is not None
    return findings(address, lists=lists, today=today)


def test_reason_names_the_feed_its_home_and_the_date(tmp_path: Path) -> None:
    (finding,) = fed(lists_with(tmp_path, "host fed.example 2026-11-03"), "https://Fed.example/x")
    assert (finding.strength, finding.rule) == ("listed", "listed.feed")
    assert finding.why.vi == (
        "Địa chỉ này có trong danh sách bị báo cáo lừa đảo của Phish List, từ 3/11/2026."
    )
    assert "Phish List, since 2026-11-03" in finding.why.en
    assert (finding.source, finding.added) == ("https://phish.example/", "2026-11-03")
    assert "https://Fed.example/x"[finding.start : finding.end] == "Fed.example"


def test_page_of_a_feed_is_quoted_whole(tmp_path: Path) -> None:
    url = "https://pages.example/bad/x"
    (finding,) = fed(lists_with(tmp_path, "url pages.example/bad"), url)
    assert url[finding.start : finding.end] == "pages.example/bad/x"


def test_several_feeds_are_named_in_one_reason(tmp_path: Path) -> None:
    compile_rows(tmp_path, ["subtree fed.example"], feed=SCAMS)
    (finding,) = fed(lists_with(tmp_path, "host fed.example"), "https://fed.example/")
    assert "của Phish List và Scam List, từ 12/11/2026" in finding.why.vi


@pytest.mark.parametrize(
    ("days", "strength"), ((0, "listed"), (89, "listed"), (90, "expired"), (400, "expired"))
)
def test_report_of_a_feed_is_greyed_in_time(tmp_path: Path, days: int, strength: str) -> None:
    today = ADDED + datetime.timedelta(days=days)
    (finding,) = fed(lists_with(tmp_path, "host fed.example"), "https://fed.example", today=today)
    assert finding.strength == strength
    assert ("từng bị báo cáo" in finding.why.vi) == (strength == "expired")
    assert "Phish List" in finding.why.vi


def test_gambling_is_never_more_than_a_bait_but_does_not_hide_a_scam(tmp_path: Path) -> None:
    compile_rows(tmp_path, ["host bet.example", "host both.example"], feed=CASINOS)
    lists = lists_with(tmp_path, "host both.example", "host old.example 2026-01-01")
    (bait,) = fed(lists, "https://bet.example/")
    assert (bait.strength, bait.lure) == ("listed_bait", "gambling_bait")
    assert "danh sách trang cờ bạc của Casino List" in bait.why.vi
    (scam,) = fed(lists, "https://both.example/")
    assert (scam.strength, scam.lure) == ("listed", None)
    assert "Casino" not in scam.why.vi


def test_our_own_row_comes_first_until_it_is_old(tmp_path: Path) -> None:
    lists = lists_with(tmp_path, "subtree bad.example 2027-02-01 2027-02-01")
    assert fed(lists, "https://bad.example/")[0].source == "a report"
    (later,) = fed(lists, "https://bad.example/", today=EXPIRES)
    assert (later.strength, later.source) == ("listed", "https://phish.example/")


def test_rules_that_changed_since_the_build_still_win(tmp_path: Path) -> None:
    rows = ("host fed.example", "host own.example", "host users.example", "url users.example/bad")
    lists = lists_with(tmp_path, *rows, own=DomainLists())
    assert all(fed(lists, f"https://{row.split()[1]}") for row in rows)
    allowed = ListedAddress("subtree", "fed.example", "x", "x", ADDED)
    later = replace(
        lists,
        allowed=AddressTable(subtrees={"fed.example": allowed}),
        owned=frozenset({"own.example"}),
        platforms={"users.example": Platform("users.example", "hosting", "path")},
    )
    left = [row for row in rows if fed(later, f"https://{row.split()[1]}")]
    assert left == ["url users.example/bad"]
