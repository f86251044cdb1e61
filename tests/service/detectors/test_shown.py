"""What the detectors of likeness share is read from the address that the browser opens."""

from __future__ import annotations

import pytest

from notalone.address import read_address
from notalone.detectors.shown import Shown
from notalone.likeness import BrandIndex


def shown(url: str, index: BrandIndex) -> Shown:
    address = read_address(url)
    assert address is not None
    return Shown(address, index)


# Every host below is invented and was never opened; real are only brands and platforms.
def test_a_host_is_read_as_people_take_it(index: BrandIndex) -> None:
    found = shown("https://vіetcombank-login.test/D%C4%83ng", index)  # a Cyrillic і
    assert (found.host, found.is_disguised) == ("vietcombank-login.test", True)
    assert found.path == "/dăng"
    assert {"vietcombank", "login"} <= {one.text for one in found.written}


def test_a_place_on_a_platform_is_cut_there(index: BrandIndex) -> None:
    found = shown("https://login.khongcothat.weebly.com/", index)
    assert found.platform is not None
    assert found.place is not None
    assert (found.place.front, found.place.own, found.place.is_hosted) == (
        "login",
        "khongcothat",
        True,
    )


def test_nothing_is_written_where_nobody_chose_a_name(index: BrandIndex) -> None:
    found = shown("https://weebly.com/", index)
    assert (found.place, found.written) == (None, ())


@pytest.mark.parametrize(
    ("url", "is_owned"),
    (
        ("https://m.facebook.com/", True),
        ("https://facebook.com.test/", False),
        ("https://notfacebook.com/", False),
        ("https://amazonaws.com/", True),
        ("https://khongcothat.s3.amazonaws.com/", False),
        ("https://docs.google.com/", True),
    ),
)
def test_a_brand_owns_what_lies_below_its_names(
    url: str, is_owned: bool, index: BrandIndex
) -> None:
    assert shown(url, index).is_owned is is_owned


def test_a_host_that_no_name_can_have_is_too_long(index: BrandIndex) -> None:
    assert shown(f"https://{'a.' * 127}test/", index).is_too_long
    assert not shown("https://a.test/", index).is_too_long
