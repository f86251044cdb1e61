"""A brand's name in the path counts only where the host has no name of its own to lose."""

from __future__ import annotations

import pytest

from harness.shown_links import shown
from notalone.detectors.borrowed_path import findings
from notalone.likeness import BrandIndex
from notalone.model import LinkFinding


def find(url: str, index: BrandIndex) -> list[LinkFinding]:
    return findings(shown(url, index))


# Every host below is invented and was never opened; real are only suffixes and platforms.
@pytest.mark.parametrize(
    ("url", "strength"),
    (
        ("https://tiem-banh.test/wp-includes/netflix/login.php", "likeness_with_act"),
        ("https://tiem-banh.test/wp-includes/netflix/index.php", "likeness"),
        ("http://100.200.30.40/netflix/login/", "likeness_with_act"),
        ("https://khongcothat.github.io/netflix-login/", "likeness"),
        ("https://khongcothat.top/netflix/dang-nhap", "likeness_with_act"),
        ("https://khongcothat.top/tai/vneid.apk", "likeness_with_act"),
        ("https://sites.google.com/view/vietcombank-dang-nhap", "likeness"),
    ),
)
def test_a_borrowed_path_is_noticed(url: str, strength: str, index: BrandIndex) -> None:
    (finding,) = find(url, index)
    assert (finding.rule, finding.strength) == ("lookalike.brand_in_path", strength)
    assert finding.brand is not None


@pytest.mark.parametrize(
    "url",
    (
        pytest.param("https://khongcothat.test/auth/facebook", id="log in with Facebook"),
        pytest.param("https://khongcothat.test/checkout/paypal/login.php", id="pay by PayPal"),
        pytest.param("https://khongcothat.github.io/netflix-clone/", id="a student's copy"),
        pytest.param("https://sites.google.com/view/lop-12a3", id="a class's page"),
        pytest.param("https://www.facebook.com/netflix/login", id="a page on a platform"),
        pytest.param("https://www.paypal.com/paypal/login", id="its owner"),
        pytest.param("http://100.200.30.40/", id="no path"),
    ),
)
def test_an_ordinary_path_is_left_in_peace(url: str, index: BrandIndex) -> None:
    assert find(url, index) == []


def test_the_segment_is_quoted(index: BrandIndex) -> None:
    url = "http://100.200.30.40/x/Netflix-Login/"
    (finding,) = find(url, index)
    assert url[finding.start : finding.end] == "Netflix-Login"
