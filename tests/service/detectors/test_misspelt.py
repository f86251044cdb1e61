"""Vowels changed in a brand's name and in "login": on free hosting only."""

from __future__ import annotations

import pytest

from harness.shown_links import shown
from notalone.detectors.misspelt import findings
from notalone.likeness import BrandIndex
from notalone.model import LinkFinding


def find(url: str, index: BrandIndex) -> list[LinkFinding]:
    return findings(shown(url, index))


# Invented names on real platforms, never opened.
def test_a_misspelt_wallet_with_a_log_in_is_the_brands_likeness(index: BrandIndex) -> None:
    url = "https://meetumaskuu-luginx.webflow.io/"
    (finding,) = find(url, index)
    assert (finding.brand, finding.strength) == ("metamask", "likeness_with_act")
    assert finding.lure == "account_theft"
    assert url[finding.start : finding.end] == "meetumaskuu-luginx.webflow.io"


def test_a_place_on_the_platform_of_a_brand_is_a_strangers(index: BrandIndex) -> None:
    (finding,) = find("https://meetumaskuu-luginx.s3.amazonaws.com/", index)
    assert finding.brand == "metamask"


@pytest.mark.parametrize(
    "url",
    (
        pytest.param("https://meetumaskuu-luginx.test/", id="on a domain of its own"),
        pytest.param("https://meetumaskuu.webflow.io/", id="without a log-in"),
        pytest.param("https://www.facebook.com/meetumask-login", id="page on a platform"),
        pytest.param("https://meetumaskuu-luginx.blogspot.com/", id="the name of a blog"),
        pytest.param("https://webflow.io/", id="platform itself"),
        pytest.param("http://192.0.2.7/", id="number"),
    ),
)
def test_anything_else_is_left_in_peace(url: str, index: BrandIndex) -> None:
    assert find(url, index) == []
