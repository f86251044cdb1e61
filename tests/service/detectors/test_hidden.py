"""A shortened address is named as such, and nothing more."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from notalone.address import read_address
from notalone.brands import load_platforms
from notalone.config import rules_dir
from notalone.detectors.hidden import NESTED_RULE, findings
from notalone.wrappers import DEPTH, load_wrappers

PLATFORMS, _ = load_platforms(rules_dir())


def quotes(url: str) -> list[str]:
    address = read_address(url)
    assert address is not None
    found = findings(address, platforms=PLATFORMS)
    assert {finding.strength for finding in found} <= {"hides"}
    return [url[finding.start : finding.end] for finding in found]


@pytest.mark.parametrize(
    ("url", "quote"),
    (
        ("https://bit.ly/abc", "bit.ly"),
        ("http://www.tinyurl.com/x?y=1", "www.tinyurl.com"),
        ("bit.ly/3aBcD", "bit.ly"),
        ("https://qua.app.link", "qua.app.link"),
        ("https://bit.ly/?x", "bit.ly"),
    ),
)
def test_a_short_link_hides_its_destination(url: str, quote: str) -> None:
    assert quotes(url) == [quote]


@pytest.mark.parametrize(
    "url",
    ("https://bit.ly", "https://bit.ly/", "https://notbit.ly/abc", "https://bit.ly.example/abc",
     "https://shop.example/bit.ly/abc", "https://github.io/x"),
)  # fmt: skip
def test_nothing_else_does(url: str) -> None:
    assert quotes(url) == []


@pytest.mark.parametrize(("depth", "hides"), ((DEPTH, False), (DEPTH + 2, True)))
def test_who_passes_on_too_often_hides_where_it_leads(depth: int, hides: bool) -> None:
    wrappers, _ = load_wrappers(rules_dir())
    url = "https://qua-tang.example/"
    for _ in range(depth):
        url = f"https://l.facebook.com/l.php?u={quote(url, safe='')}"
    address = read_address(url)
    assert address is not None
    rules = {
        finding.rule
        for at in wrappers.reached_by(address)
        for finding in findings(at.address, platforms=PLATFORMS, wrappers=wrappers)
    }
    assert rules == ({NESTED_RULE} if hides else set())
