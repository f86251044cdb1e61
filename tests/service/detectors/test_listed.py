"""A listed address is found, quoted, dated, and forgiven in time."""

from __future__ import annotations

import datetime

import pytest

from notalone.address import read_address
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
