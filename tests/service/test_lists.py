"""Listed addresses: what a row covers, what it never covers, and which rows are refused."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.address import read_address
from notalone.brands import Brand, Platform
from notalone.errors import RuleError
from notalone.lists import ALLOWED_COLUMNS, BLOCKED_COLUMNS, DomainLists, load_lists

DAY = datetime.date(2026, 11, 22)
BANK = Brand(
    id="bank",
    name="Good Bank",
    category="bank",
    country="vn",
    domains=("goodbank.example",),
    aliases=("goodbank",),
    sources=("own site",),
    checked=DAY,
)
PLATFORMS = {
    "pages.example": Platform("pages.example", "hosting", "subdomain"),
    "sites.big.example": Platform("sites.big.example", "hosting", "path"),
    "big.example": Platform("big.example", "search", "none"),
}


def load(
    folder: Path, *rows: str, allowed: tuple[str, ...] = ()
) -> tuple[DomainLists, list[RuleError]]:
    """Load lists with *rows* of "kind,address", the other columns filled in."""
    domains = folder / "domains"
    domains.mkdir(exist_ok=True)
    blocked = [
        row if row.count(",") > 1 else f"{row},Lừa đảo,fake_bank,test,2026-11-22,2027-02-20"
        for row in rows
    ]
    friendly = [f"{row},Trang thật,test,2026-11-22" for row in allowed]
    (domains / "blocked.csv").write_text("\n".join([",".join(BLOCKED_COLUMNS), *blocked]), "utf-8")
    (domains / "allowed.csv").write_text("\n".join([",".join(ALLOWED_COLUMNS), *friendly]), "utf-8")
    return load_lists(folder, brands=(BANK,), platforms=PLATFORMS, lures={"fake_bank"})


def finds(lists: DomainLists, url: str) -> bool:
    address = read_address(url)
    assert address is not None
    return lists.find(address) is not None


@pytest.mark.parametrize(
    ("row", "url", "expected"),
    (
        ("host,bad.example", "https://bad.example/x", True),
        ("host,bad.example", "https://a.bad.example/", False),
        ("host,bad.example", "https://notbad.example/", False),
        ("subtree,bad.example", "https://bad.example/", True),
        ("subtree,bad.example", "https://a.b.bad.example/", True),
        ("subtree,bad.example", "https://notbad.example/", False),
        ("subtree,bad.example", "https://bad.example.org/", False),
        ("url,bad.example/view/a", "https://bad.example/", False),
        ("url,bad.example/view/a", "https://bad.example/view/ab", False),
        ("url,bad.example/view/a", "https://bad.example/view/a", True),
        ("url,bad.example/view/a", "https://bad.example/view/a/b", True),
        ("url,bad.example/view/a", "https://bad.example/view/a?x=1", True),
        ("url,bad.example/view/a", "https://bad.example/x/../view/%61", True),
        ("url,bad.example/view/a", "https://b.bad.example/view/a", False),
        ("url,bad.example/get?id=7", "https://bad.example/get?id=7&x=1", True),
        ("url,bad.example/get?id=7", "https://bad.example/get?id=77", False),
        ("host,192.0.2.7", "http://0xc0000207/", True),
    ),
)
def test_row_covers_exactly_its_kind(tmp_path: Path, row: str, url: str, expected: bool) -> None:
    lists, errors = load(tmp_path, row)
    assert errors == []
    assert finds(lists, url) is expected


@given(path=st.text(alphabet="abc/%.-?=&", min_size=1, max_size=12))
def test_page_row_never_blocks_its_host(
    tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    lists, _ = load(tmp_path_factory.mktemp("rules"), f"url,bad.example/{path}")
    assert not finds(lists, "https://bad.example/")


def test_the_closest_row_answers(tmp_path: Path) -> None:
    lists, errors = load(tmp_path, "subtree,bad.example", "host,a.bad.example")
    address = read_address("https://a.bad.example/")
    assert address is not None
    row = lists.find(address)
    assert row is not None
    assert row.kind == "host"
    assert "out of order" in str(errors[0])  # told, but the row itself stands


def test_allowed_wins(tmp_path: Path) -> None:
    lists, _ = load(tmp_path, "subtree,bad.example", allowed=("host,www.bad.example",))
    assert not finds(lists, "https://www.bad.example/")
    assert finds(lists, "https://bad.example/")


@pytest.mark.parametrize(
    ("row", "words", "vi"),
    (
        pytest.param(
            "page,bad.example",
            "no kind",
            "không có loại 'page'; dùng một trong: host, subtree, url",
            id="unknown kind",
        ),
        pytest.param(
            "host,Bad.example",
            "write bad.example",
            "trình duyệt không viết tên miền là 'Bad.example'; viết bad.example",
            id="capital",
        ),
        pytest.param("host,bád.example", "xn--", "viết xn--", id="not punycode"),
        pytest.param("host,https://bad.example", "host", "host", id="scheme"),
        pytest.param(
            "host,bad.example/x",
            'kind "url"',
            'dòng loại host không có phần sau dấu /; dùng loại "url"',
            id="host with a path",
        ),
        pytest.param(
            "url,bad.example",
            "needs a path",
            'dòng loại url cần phần sau dấu /; cả tên miền thì dùng loại "host"',
            id="page without a path",
        ),
        pytest.param(
            "url,bad.example/",
            "needs a path",
            "dòng loại url cần phần sau dấu /",
            id="page with an empty path",
        ),
        pytest.param(
            "url,bad.example/a/../b",
            "write bad.example/b",
            "trình duyệt không viết phần sau dấu / như vậy; viết bad.example/b",
            id="path with dots",
        ),
        pytest.param(
            "host,", "not a web address", "không phải địa chỉ trang; viết tên miền", id="no address"
        ),
        pytest.param(
            "subtree,192.0.2.7",
            "no sub-domains",
            'địa chỉ IP không có tên miền con; dùng loại "host"',
            id="subtree of an IP",
        ),
        pytest.param(
            "subtree,com",
            "strangers",
            "người lạ cũng đăng ký tên dưới com; ghi một tên cụ thể",
            id="top-level domain",
        ),
        pytest.param(
            "host,gov.vn", "strangers", "người lạ cũng đăng ký tên dưới gov.vn", id="public suffix"
        ),
        pytest.param(
            "subtree,github.io",
            "strangers",
            "người lạ cũng đăng ký tên dưới github.io",
            id="private suffix",
        ),
        pytest.param(
            "subtree,pages.example",
            "platform",
            "pages.example là nơi nhiều người dùng chung; ghi riêng trang ấy, loại url",
            id="platform",
        ),
        pytest.param(
            "host,pages.example",
            "platform",
            "pages.example là nơi nhiều người dùng chung",
            id="platform as host",
        ),
        pytest.param(
            "host,sites.big.example",
            "platform",
            "sites.big.example là nơi nhiều người dùng chung",
            id="platform with users in paths",
        ),
        pytest.param(
            "url,big.example/search",
            "platform",
            "big.example là nơi nhiều người dùng chung",
            id="page of a platform without users",
        ),
        pytest.param(
            "subtree,goodbank.example",
            "Good Bank",
            "đây là tên miền thật của Good Bank; bỏ dòng này",
            id="brand",
        ),
        pytest.param(
            "host,login.goodbank.example",
            "Good Bank",
            "đây là tên miền thật của Good Bank",
            id="below a brand",
        ),
        pytest.param(
            "host,bad.example,x,fake_bnak,test,2026-11-22,2027-02-20",
            "fake_bnak",
            "không có kiểu bẫy 'fake_bnak'; dùng tên một thư mục trong rules/lures",
            id="lure",
        ),
        pytest.param(
            "host,bad.example,,,test,2026-11-22,2027-02-20",
            "reason",
            "reason còn trống; ghi vài chữ",
            id="no reason",
        ),
        pytest.param(
            "host,bad.example,x,,,2026-11-22,2027-02-20",
            "source",
            "source còn trống; ghi ai đã báo",
            id="no source",
        ),
        pytest.param(
            "host,bad.example,x,,test,2026-11-22,2026-11-22",
            "after",
            "expires không sau added; cho 90 ngày",
            id="expires at once",
        ),
        pytest.param(
            "host,bad.example,x,,test,2026-11-22,",
            "not a date",
            "'' không phải ngày; viết như 2026-11-22",
            id="never expires",
        ),
        pytest.param(
            "host,bad.example,x,,test,22/11/2026,2027-02-20",
            "22/11/2026",
            "'22/11/2026' không phải ngày",
            id="date order",
        ),
        pytest.param(
            "host,bad.example,x,y,fake_bank,test,2026-11-22,2027-02-20",
            "columns",
            "có 8 cột thay vì 7; chữ nào có dấu phẩy thì đặt trong",
            id="comma",
        ),
        pytest.param(
            "host,friend.example",
            "allowed.csv",
            "có cả trong allowed.csv; bỏ khỏi một trong hai",
            id="in both lists",
        ),
    ),
)
def test_harmful_or_wrong_row_is_refused_and_the_rest_loads(
    tmp_path: Path, row: str, words: str, vi: str
) -> None:
    lists, errors = load(tmp_path, "host,a-bad.example", row, allowed=("host,friend.example",))
    assert words in "; ".join(map(str, errors))
    assert vi in "; ".join(error.told.vi for error in errors)
    assert {error.at.line for error in errors} == {3}
    assert errors[0].at.column > 0
    assert list(lists.blocked.hosts) == ["a-bad.example"]
    assert not lists.blocked.subtrees
    assert not lists.blocked.urls


def test_subtree_above_a_platform_is_refused(tmp_path: Path) -> None:
    _, errors = load(tmp_path, "subtree,goodbank.example.net", "subtree,sites.big.example")
    assert len(errors) == 1
    lists, errors = load_lists(
        tmp_path, platforms={"a.goodbank.example.net": PLATFORMS["pages.example"]}
    )
    assert "lies below it" in str(errors[0])
    assert "goodbank.example.net" not in lists.blocked.subtrees


def test_one_users_place_on_a_platform_may_be_listed(tmp_path: Path) -> None:
    lists, errors = load(
        tmp_path,
        "host,bad.pages.example",
        "url,sites.big.example/view/bad",
        "subtree,worse.pages.example",
    )
    assert errors == []
    assert finds(lists, "https://bad.pages.example/")
    assert finds(lists, "https://sites.big.example/view/bad/1")
    assert not finds(lists, "https://pages.example/")
    assert not finds(lists, "https://sites.big.example/view/other")


def test_repeated_row_is_told_where_the_first_stands(tmp_path: Path) -> None:
    _, errors = load(tmp_path, "host,bad.example", "host,bad.example")
    assert "line 2" in str(errors[0])
    assert errors[0].at.line == 3


def test_bytes_that_are_no_text_spoil_one_row_only(tmp_path: Path) -> None:
    load(tmp_path, "host,bad.example")
    path = tmp_path / "domains" / "blocked.csv"
    path.write_bytes(path.read_bytes() + b"\nhost,c.example,\xff,,test,2026-11-22,2027-02-20")
    lists, errors = load_lists(tmp_path)
    assert "UTF-8" in str(errors[0])
    assert finds(lists, "https://bad.example/")


def test_wrong_heading_and_missing_file_say_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "domains").mkdir()
    (tmp_path / "domains" / "blocked.csv").write_text("host,bad.example\n", "utf-8")
    lists, errors = load_lists(tmp_path)
    assert lists == DomainLists()
    assert [
        ",".join(ALLOWED_COLUMNS) in str(errors[0]),
        ",".join(BLOCKED_COLUMNS) in str(errors[1]),
    ] == [True, True]


def test_report_expires_on_its_day(tmp_path: Path) -> None:
    lists, _ = load(tmp_path, "host,bad.example")
    row = lists.blocked.hosts["bad.example"]
    assert not row.is_expired(datetime.date(2027, 2, 19))
    assert row.is_expired(datetime.date(2027, 2, 20))
