"""Brands, platforms and link words: what loads, and what a mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from notalone.brands import (
    Platform,
    UserPlace,
    load_brands,
    load_link_words,
    load_platforms,
    platform_of,
)
from notalone.feeds.entry import ListedKind

GOOD = """\
[good_bank]
name = "Good Bank"
category = "bank"
country = "vn"
domains = ["goodbank.example"]
aliases = ["goodbank"]
sources = ["https://goodbank.example/"]
checked = 2026-11-22
"""


def brand(**changes: str) -> str:
    """A second table, [other], with some lines changed."""
    lines = {
        "name": '"Other"',
        "category": '"bank"',
        "country": '"vn"',
        "domains": '["other.example"]',
        "aliases": '["other"]',
        "sources": '["https://other.example/"]',
        "checked": "2026-11-22",
        **changes,
    }
    return GOOD + "\n[other]\n" + "".join(f"{k} = {v}\n" for k, v in lines.items() if v)


@pytest.mark.parametrize(
    ("text", "line", "words", "vi"),
    (
        pytest.param(
            brand(domains='["Other.example"]'),
            14,
            "host",
            "'Other.example' không phải tên miền; viết như trình duyệt: chữ thường",
            id="capital in a domain",
        ),
        pytest.param(
            brand(domains='["goodbank.example"]'),
            14,
            "good_bank",
            "goodbank.example đã thuộc về [good_bank]; để ở một thương hiệu thôi",
            id="owned twice",
        ),
        pytest.param(
            brand(aliases='["ô-thờ"]'),
            15,
            "address",
            "'ô-thờ' không thể nằm trong một địa chỉ; dùng a-z, 0-9",
            id="alias with marks",
        ),
        pytest.param(
            brand(aliases='["o"]'),
            15,
            "2 characters",
            "'o' không thể nằm trong một địa chỉ; dùng a-z, 0-9 và dấu - đơn, ít nhất 2 ký tự",
            id="alias too short",
        ),
        pytest.param(
            brand(is_wrod="true"),
            18,
            "is_wrod",
            "[other] ở đây không dùng tên is_wrod; ý bạn là is_word?",
            id="unknown key",
        ),
        pytest.param(
            brand(sources=""),
            10,
            "sources",
            "[other] thiếu sources; thêm một dòng sources = …",
            id="no source",
        ),
        pytest.param(
            brand(checked='"soon"'),
            17,
            "checked",
            "[other] checked: giá trị chưa đúng",
            id="no date",
        ),
        pytest.param(
            brand(name='"Other'),
            11,
            "quotes",
            "viết chưa đúng: thiếu dấu nháy đóng, hoặc có ký tự lạ",
            id="quote not closed",
        ),
        pytest.param(
            GOOD + "\n" + GOOD,
            10,
            "twice",
            "[good_bank] có hai lần; gộp hai mục lại",
            id="same id twice",
        ),
        pytest.param(
            "name = 1\n" + GOOD,
            1,
            "[name] line",
            "chưa thuộc mục [tên] nào; thêm một dòng [tên] ở trên",
            id="line above the first table",
        ),
    ),
)
def test_wrong_brand_is_named_with_its_line_and_the_rest_loads(
    tmp_path: Path, text: str, line: int, words: str, vi: str
) -> None:
    (tmp_path / "brands.toml").write_text(text, "utf-8")
    brands, errors = load_brands(tmp_path)
    assert [brand.id for brand in brands] == ["good_bank"]
    assert [error.at.line for error in errors] == [line]
    assert words in str(errors[0])
    assert vi in errors[0].told.vi


def test_right_brands_load_without_complaint(tmp_path: Path) -> None:
    (tmp_path / "brands.toml").write_text(
        brand(is_word="true", not_like='["bother"]', called='["Khác"]'), "utf-8"
    )
    brands, errors = load_brands(tmp_path)
    assert errors == []
    assert (brands[1].domains, brands[1].is_word) == (("other.example",), True)
    assert (brands[0].called, brands[1].called) == ((), ("Khác",))


@pytest.mark.parametrize("load", (load_brands, load_platforms, load_link_words))
def test_missing_file_is_an_error_that_stops_nothing(tmp_path: Path, load) -> None:  # type: ignore[no-untyped-def]
    _, errors = load(tmp_path)
    assert "cannot be read" in str(errors[0])


def test_wrong_platform_is_named_and_the_rest_loads(tmp_path: Path) -> None:
    text = '[hosting]\n"Bad.example" = "path"\n"pages.example" = "subdomain"\n"b.example" = "x"\n'
    (tmp_path / "platforms.toml").write_text(text + '[hotels]\n"c.example" = "path"\n', "utf-8")
    platforms, errors = load_platforms(tmp_path)
    assert list(platforms) == ["pages.example"]
    assert [error.at.line for error in errors] == [2, 4, 5]


def test_platform_is_found_from_any_page_of_it(tmp_path: Path) -> None:
    (tmp_path / "platforms.toml").write_text('[hosting]\n"pages.example" = "subdomain"\n', "utf-8")
    platforms, _ = load_platforms(tmp_path)
    found = platform_of("a.b.pages.example", platforms)
    assert found is not None
    assert (found.host, found.kind) == ("pages.example", "hosting")
    assert platform_of("otherpages.example", platforms) is None


def test_link_word_with_marks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link_words.toml").write_text('act = ["đăng nhập"]\nlure = []\n', "utf-8")
    words, errors = load_link_words(tmp_path)
    assert words.act == frozenset()
    assert errors[0].at.path.name == "link_words.toml"


@pytest.mark.parametrize(
    ("users", "kind", "host", "expected"),
    (
        ("subdomain", "host", "shop.pages.example", True),
        ("subdomain", "host", "pages.example", False),
        ("subdomain", "host", "www.pages.example", False),
        ("subdomain", "subtree", "example", False),
        ("subdomain", "url", "pages.example", True),
        ("path", "url", "pages.example", True),
        ("path", "host", "shop.pages.example", False),
        ("none", "url", "pages.example", False),
        ("none", "host", "shop.pages.example", False),
    ),
)
def test_row_on_a_platform_means_one_users_place_or_the_platform(
    users: UserPlace, kind: ListedKind, host: str, expected: bool
) -> None:
    platform = Platform("pages.example", "hosting", users)
    assert platform.is_own_place(kind, host) is expected
