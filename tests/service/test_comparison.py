"""What a person sees of a borrowed name: which name it is, which it is not, and where they part."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.service_process import REPOSITORY
from notalone.address import read_address
from notalone.comparison import Compared, compare_names
from notalone.detectors import LinkRules, link_findings, load_link_rules
from notalone.model import Bilingual, Comparison

RULES = load_link_rules(REPOSITORY / "rules", lures=frozenset())
BRANDS = {brand.id: brand for brand in RULES.brands.brands}


def compared(url: str, brand: str = "vietcombank", *, rules: LinkRules = RULES) -> Compared:
    address = read_address(url)
    assert address is not None
    return compare_names(address, BRANDS[brand], index=rules.brands)


def marked(comparison: Comparison) -> str:
    """The name that is really opened, with [brackets] around what is marked."""
    written, at = "", 0
    units = comparison.actual.encode("utf-16-le")
    for start, end in comparison.differs:
        assert at <= start < end <= len(units) // 2, "in order, apart, and inside the name"
        written += units[2 * at : 2 * start].decode("utf-16-le")
        written += f"[{units[2 * start : 2 * end].decode('utf-16-le')}]"
        at = end
    return written + units[2 * at :].decode("utf-16-le")


# Every host below is invented; no real site is meant.
@pytest.mark.parametrize(
    ("host", "brand", "shown"),
    (
        pytest.param(
            "vietcombank-xacthuc.top", "vietcombank", "vietcombank[-xacthuc.top]", id="a word added"
        ),
        pytest.param(
            "my-vietcombank.vn", "vietcombank", "[my-]vietcombank[.vn]", id="a word in front"
        ),
        pytest.param("vietcombank.top", "vietcombank", "vietcombank[.top]", id="another ending"),
        pytest.param("techcombamk.com", "techcombank", "techcomba[m]k.com", id="a letter changed"),
        pytest.param("garenna.vn", "garena", "garen[n]a.vn", id="a letter added"),
        pytest.param("garna.vn", "garena", "ga[rn]a.vn", id="a letter left out"),
        pytest.param("gaerna.vn", "garena", "ga[er]na.vn", id="two letters swapped"),
        pytest.param(
            "vietcornbank.com.vn", "vietcombank", "vietco[rn]bank.com.vn", id="rn drawn like m"
        ),
        pytest.param(
            "v1etc0mbank.com.vn", "vietcombank", "v[1]etc[0]mbank.com.vn", id="digits as letters"
        ),
        pytest.param(
            "faceb00k-login.com", "facebook", "faceb[00]k[-login].com", id="digits and a word"
        ),
        pytest.param(
            "techcombamk-uudai.com", "techcombank", "techcomba[m]k[-uudai].com", id="typo and word"
        ),
        pytest.param(
            "vietc-ombamk.com.vn", "vietcombank", "vietc[-]omba[m]k.com.vn", id="a hyphen inside"
        ),
        pytest.param("vcb-digi.com.vn", "vietcombank", "vcb[-digi].com.vn", id="a short name"),
        pytest.param(
            "vcbdigibank-otp.top", "vietcombank", "vcbdigibank[-otp.top]", id="the longest name"
        ),
        pytest.param("vcb.example", "vietcombank", "vcb[.example]", id="only a short name"),
        pytest.param("abc.example", "vietcombank", "[abc.example]", id="nothing alike"),
        pytest.param("192.0.2.7", "vietcombank", "[192.0.2.7]", id="a number"),
    ),
)
def test_what_is_not_as_in_the_known_name_is_marked(host: str, brand: str, shown: str) -> None:
    comparison = compared(f"https://{host}/dang-nhap", brand).comparison
    assert comparison.like in BRANDS[brand].domains
    assert marked(comparison) == shown


@pytest.mark.parametrize(
    "host",
    (
        pytest.param("steampowered-qua.test", id="in the name"),
        pytest.param("store.steampowered.abc.test", id="in front"),
    ),
)
def test_the_brands_domain_of_that_very_name_is_the_one_lined_up(host: str) -> None:
    assert BRANDS["steam"].domains[0] == "steamcommunity.com"
    assert compared(f"https://{host}/", "steam").comparison.like == "steampowered.com"


@pytest.mark.parametrize(
    ("host", "shown", "real"),
    (
        pytest.param(
            "vietcombank.com.vn.login-abc.example",
            "vietcombank.com.vn.[login-abc.example]",
            "login-abc.example",
            id="a whole domain in front",
        ),
        pytest.param(
            "www.vietcombank.com.vn-ab1.test",
            "www.vietcombank.com.[vn-ab1.test]",
            "vn-ab1.test",
            id="vn-",
        ),
        pytest.param(
            "www.vietcombank-kyc.test", "vietcombank[-kyc.test]", "vietcombank-kyc.test", id="www"
        ),
        pytest.param(
            "vietcombank.com.vn.vietcombank-kyc.test",
            "vietcombank[-kyc.test]",
            "vietcombank-kyc.test",
            id="in front and in the name",
        ),
        pytest.param(
            "vietcombank-kyc.weebly.com",
            "vietcombank[-kyc.weebly.com]",
            "vietcombank-kyc.weebly.com",
            id="a place on a platform",
        ),
        pytest.param(
            "vietcombank.abc-kyc.github.io",
            "vietcombank.[abc-kyc.github.io]",
            "abc-kyc.github.io",
            id="in front of a place on a platform",
        ),
        pytest.param(
            "sites.google.com", "[sites.google.com]", "sites.google.com", id="a platform's own host"
        ),
        pytest.param("github.io", "[github.io]", "github.io", id="a suffix"),
    ),
)
def test_the_name_that_somebody_owns_is_the_one_that_is_told(
    host: str, shown: str, real: str
) -> None:
    found = compared(f"https://{host}/")
    assert (marked(found.comparison), found.real) == (shown, real)


@pytest.mark.parametrize(
    ("host", "shown", "note"),
    (
        pytest.param(
            "vietc\u043embank.com.vn",
            "vietc[\u043e]mbank.com.vn",
            "Chữ «\u043e» ở đây không phải chữ o.",
            id="Cyrillic o",
        ),
        pytest.param(
            "víetcombank.com.vn",
            "v[í]etcombank.com.vn",
            "Chữ «í» ở đây không phải chữ i.",
            id="a mark",
        ),
        pytest.param(
            "vietcornbank.com.vn",
            "vietco[rn]bank.com.vn",
            "Ở đây «rn» đứng thay cho «m».",
            id="rn",
        ),
        pytest.param(
            "vietcombamk.com.vn",
            "vietcomba[m]k.com.vn",
            "Ở đây «m» đứng thay cho «n».",
            id="changed",
        ),
        pytest.param(
            "vietcobmank.com.vn",
            "vietco[bm]ank.com.vn",
            "Ở đây «bm» đứng thay cho «mb».",
            id="swapped",
        ),
        pytest.param(
            "vietcommbank.com.vn",
            "vietcom[m]bank.com.vn",
            "Ở đây có thêm «m».",
            id="added",
        ),
        pytest.param("vietcmbank.com.vn", "viet[cm]bank.com.vn", "Ở đây thiếu «o».", id="left out"),
        pytest.param("vietcombank-abc.com.vn", "vietcombank[-abc].com.vn", None, id="a word"),
    ),
)
def test_a_difference_that_nobody_hears_is_told_in_words(
    host: str, shown: str, note: str | None
) -> None:
    found = compared(f"https://{host}/")
    assert marked(found.comparison) == shown
    assert (found.note.vi if found.note else None) == note
    assert found.note is None or found.note.en


def test_foreign_letters_are_shown_and_the_browsers_name_for_them_is_said() -> None:
    found = compared("https://vietc\u043embank.example/")
    assert found.comparison.actual == "vietc\u043embank.example"
    assert found.real.startswith("xn--")


def why(url: str) -> Bilingual:
    address = read_address(url)
    assert address is not None
    (finding,) = link_findings(address, RULES, today=BRANDS["vietcombank"].checked)
    assert finding.compare is not None
    return finding.why


def test_a_likeness_says_both_names() -> None:
    said = why("https://vietcombank-xacthuc.test/")
    assert said == Bilingual(
        "Địa chỉ này giống vietcombank.com.vn nhưng tên miền thật là vietcombank-xacthuc.test.",
        "This address looks like vietcombank.com.vn, but the real name is "
        "vietcombank-xacthuc.test.",
    )


def test_a_likeness_by_a_letter_says_which() -> None:
    said = why("https://vietcornbank.test/")
    assert said.vi.endswith("thật là vietcornbank.test. Ở đây «rn» đứng thay cho «m».")
    assert said.en.endswith("name is vietcornbank.test. Here «rn» stands in for «m».")


@pytest.mark.parametrize(
    "url",
    (
        pytest.param("https://nopphat-gov-vn.test/", id="no brand"),
        pytest.param("http://vnpost-giaohang.example/", id="listed"),
    ),
)
def test_where_no_brand_is_named_there_is_nothing_to_line_up(url: str) -> None:
    address = read_address(url)
    assert address is not None
    findings = link_findings(address, RULES, today=BRANDS["vietcombank"].checked)
    assert [finding.compare for finding in findings] == [None]


LONG = ".".join(["a" * 50] * 3)


@pytest.mark.parametrize(
    ("host", "begins"),
    (
        pytest.param(
            f"vietcombank.com.vn.{LONG}.login-abc.example", "vietcombank.com.vn.aaa", id="x"
        ),
        pytest.param(
            f"{LONG}.vietcombank.com.vn.login-abc.example", "….vietcombank.com.vn.", id="y"
        ),
        pytest.param(
            f"{'a' * 60}.vietcombank.com.vn.{LONG}.login-abc.example",
            "….vietcombank.com.vn.",
            id="z",
        ),
    ),
)
def test_a_long_host_is_cut_and_its_end_never_is(host: str, begins: str) -> None:
    comparison = compared(f"https://{host}/").comparison
    assert comparison.actual.startswith(begins)
    assert marked(comparison).endswith(".[login-abc.example]")
    assert len(comparison.actual) < 64


def test_a_long_name_of_its_own_is_never_cut() -> None:
    own = "vietcombank-" + "x" * 51
    assert compared(f"https://{own}.test/").comparison.actual == f"{own}.test"


@pytest.mark.parametrize(
    "host",
    (
        pytest.param("\u05e9\u05dc\u05d5\u05dd.vietcombank.test", id="Hebrew in front"),
        pytest.param("vietcombank.\u05e9\u05dc\u05d5\u05dd.test", id="Hebrew owner"),
        pytest.param("vietcombank.\u0645\u062b\u0627\u0644.test", id="Arabic owner"),
        pytest.param("vi\u200betcombank-kyc.test", id="zero width"),
        pytest.param("vietcombank.\u4f8b\u5b50.test", id="Chinese owner"),
        pytest.param("\u1ea1\u0331.vietcombank.test", id="marks on marks"),
        pytest.param("vietc\u043embank.b\u00fccher.test", id="mixed scripts"),
    ),
)
def test_no_letter_can_turn_the_line_around_or_hide_in_it(host: str) -> None:
    actual = compared(f"https://{host}/").comparison.actual
    assert {unicodedata.bidirectional(letter) for letter in actual} <= {"L", "EN", "ES", "CS"}
    assert {unicodedata.category(letter)[0] for letter in actual} <= {"L", "N", "P"}
    assert compared(f"https://{host}/").real.endswith(".test")


LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?", fullmatch=True)


@given(st.lists(LABEL, min_size=1, max_size=5), st.sampled_from(sorted(BRANDS)))
def test_any_host_can_be_lined_up_and_something_is_always_marked(
    labels: list[str], brand: str
) -> None:
    address = read_address(f"https://{'.'.join(labels)}.test/")
    if address is None:  # "xn--" before what is no punycode
        return
    comparison = compare_names(address, BRANDS[brand], index=RULES.brands).comparison
    assert "[" in marked(comparison)
    assert comparison.actual.endswith(".test")
