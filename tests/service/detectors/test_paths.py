"""Paths: what they show, and what is only a headline."""

from __future__ import annotations

import pytest

from harness.service_process import REPOSITORY
from notalone.address import Address, read_address
from notalone.brands import load_brands, load_link_words
from notalone.detectors.paths import act_in, borrowed_segments, signs_in_path
from notalone.likeness import BrandIndex, build_index

RULES = REPOSITORY / "rules"
CID = "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG"


@pytest.fixture(scope="module")
def index() -> BrandIndex:
    brands, _ = load_brands(RULES)
    words, _ = load_link_words(RULES)
    return build_index(brands, platforms={}, words=words, homoglyphs={})


def address(path: str) -> Address:
    found = read_address(f"https://a.test{path}")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("path", "sign"),
    (
        ("/wp-content/plugins/x/index.php", "is_kit"),
        ("/.well-known/x/index.html", "is_kit"),
        ("/~user/x.php", "is_kit"),
        ("/tai/ung-dung.APK", "is_app"),
        ("/tai/ung-dung%2Eapk?v=1", "is_app"),
        (f"/ipfs/{CID}/", "is_stored"),
        ("/x.html", "is_page"),
    ),
)
def test_signs_are_seen(path: str, sign: str, index: BrandIndex) -> None:
    assert getattr(signs_in_path("a.test", address(path).decoded_path, index=index), sign) is True


@pytest.mark.parametrize(
    ("path", "sign"),
    (
        ("/wp-content/uploads/a.png", "is_kit"),
        ("/.well-known/acme-challenge/a.html", "is_kit"),
        ("/apkpure/", "is_app"),
        ("/ipfs/", "is_stored"),
        ("/xhtml/", "is_page"),
    ),
)
def test_what_only_resembles_them_is_not(path: str, sign: str, index: BrandIndex) -> None:
    assert getattr(signs_in_path("a.test", address(path).decoded_path, index=index), sign) is False


@pytest.mark.parametrize(
    ("path", "word"),
    (
        ("/dang-nhap", "dangnhap"),
        ("/user/login.php", "login"),
        ("/xac_thuc?x=1", "xacthuc"),
        ("/backups/dates", ""),
    ),
)
def test_acts_are_found_hyphens_or_not(path: str, word: str, index: BrandIndex) -> None:
    assert act_in(path, index=index) == word


@pytest.mark.parametrize(
    ("path", "brands"),
    (
        ("/netflix/login.php", ["netflix"]),
        ("/paypal-login/", ["paypal"]),
        ("/view/vietcombank-dang-nhap", ["vietcombank"]),
        ("/cach-dang-nhap-vietcombank-tren-may-moi", []),
        ("/tin/vietcombank-tang-lai-suat", []),
        ("/netflixlike/", []),
        ("/?next=/netflix/", []),
    ),
)
def test_a_segment_is_borrowed_where_it_is_nothing_but_the_brand(
    path: str, brands: list[str], index: BrandIndex
) -> None:
    found = borrowed_segments(path, index=index)
    assert [segment.brand.id for segment in found] == brands
