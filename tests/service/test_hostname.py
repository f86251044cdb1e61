"""A host is cut where its owner begins."""

from __future__ import annotations

import pytest

from harness.service_process import REPOSITORY
from notalone.address import read_address
from notalone.brands import load_platforms, platform_of
from notalone.folding.spelling import load_spelling
from notalone.hostname import HostName, cut, latin

PLATFORMS, _ = load_platforms(REPOSITORY / "rules")
HOMOGLYPHS = load_spelling(REPOSITORY / "rules" / "text")[0].homoglyphs


def cut_of(url: str) -> HostName | None:
    address = read_address(url)
    assert address is not None
    host, is_disguised = latin(address, HOMOGLYPHS)
    return cut(
        address, host, is_disguised=is_disguised, platform=platform_of(address.host, PLATFORMS)
    )


@pytest.mark.parametrize(
    ("url", "parts"),
    (
        ("https://a.b.shop.com.vn/", ("a.b", "shop", "com.vn", False)),
        ("https://shop.test/", ("", "shop", "test", False)),
        ("https://x.shop.weebly.com/", ("x", "shop", "weebly.com", True)),
        ("https://x.blogspot.com.br/", ("", "x", "blogspot.com.br", True)),
        ("https://shop.edu.eu.org/", ("", "shop", "edu.eu.org", False)),
    ),
)
def test_front_own_label_and_ending(url: str, parts: tuple[str, str, str, bool]) -> None:
    place = cut_of(url)
    assert place is not None
    assert place[:4] == parts


@pytest.mark.parametrize(
    "url",
    (
        pytest.param("https://weebly.com/", id="a platform itself"),
        pytest.param("https://www.weebly.com/", id="its front page"),
        pytest.param("https://facebook.com/page", id="pages in the path"),
        pytest.param("https://com.vn/", id="a suffix"),
        pytest.param("https://truong.edu.vn/", id="given on papers"),
        pytest.param("https://college.ac.uk/", id="given on papers abroad"),
    ),
)
def test_where_nobody_chose_the_name_there_is_none(url: str) -> None:
    assert cut_of(url) is None


def test_foreign_letters_are_read_as_the_latin_ones_they_stand_for() -> None:
    place = cut_of("https://vietcоmbank.test/")  # a Cyrillic о
    assert place is not None
    assert (place.own, place.is_disguised) == ("vietcombank", True)


def test_a_vietnamese_name_with_its_marks_is_no_disguise() -> None:
    place = cut_of("https://điệnlực.test/")
    assert place is not None
    assert (place.name, place.is_disguised) == ("dienluc", False)


def test_the_name_is_all_that_somebody_chose() -> None:
    place = cut_of("https://secure.pay.shop.com.vn/")
    assert place is not None
    assert (place.name, place.registered) == ("secure.pay.shop", "shop.com.vn")
