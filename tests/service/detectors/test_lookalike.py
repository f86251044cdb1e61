"""Borrowed names are noticed; owners, platforms and innocent neighbours are left in peace."""

from __future__ import annotations

import pytest

from harness.shown_links import shown
from notalone.address import read_address
from notalone.detectors.lookalike import findings, is_vouched_for
from notalone.likeness import BrandIndex
from notalone.model import LinkFinding


def find(url: str, index: BrandIndex) -> list[LinkFinding]:
    return findings(shown(url, index))


# Every host below is invented; no real site is meant.
@pytest.mark.parametrize(
    ("url", "rule", "brand"),
    (
        pytest.param("https://vietcombank.test/", "other_ending", "vietcombank", id="other ending"),
        pytest.param(
            "https://vnpost-giaohang.test/", "brand_in_name", "vnpost", id="name and word"
        ),
        pytest.param("https://myvietcombank.test/", "brand_in_name", "vietcombank", id="glued"),
        pytest.param("https://shopeevip26.test/", "brand_in_name", "shopee", id="number behind"),
        pytest.param("https://momo-nhanqua.test/", "brand_in_name", "momo", id="word with lure"),
        pytest.param(
            "https://vietcombank.vn-ab1.test/", "false_ending", "vietcombank", id="vn- tail"
        ),
        pytest.param("https://acb.com.vn-ab1.test/", "brand_in_front", "acb", id="com.vn- tail"),
        pytest.param("https://bidv.com.vn.ab1.test/", "brand_in_front", "bidv", id="whole domain"),
        pytest.param("https://m.facebook.com-x9.ab1.test", "brand_in_front", "facebook", id="-x9"),
        pytest.param("https://sacombank.ab1.test/", "brand_in_front", "sacombank", id="in front"),
        pytest.param("https://techcombamk.test/", "one_letter_off", "techcombank", id="one letter"),
        pytest.param(
            "https://techkombamk-login.test/", "two_letters_off", "techcombank", id="two letters"
        ),
        pytest.param(
            "https://vietcombank.com.vn@ab1.test/",
            "brand_in_front",
            "vietcombank",
            id="as a user",
        ),
        pytest.param(
            "https://www.facebook.com:x@192.0.2.7/",
            "brand_in_front",
            "facebook",
            id="user and password",
        ),
        pytest.param("https://sendovn1.test/", "brand_in_name", "sendo", id="same shop again"),
        pytest.param("https://appleshopvn.test/", "brand_in_name", "apple", id="shop from abroad"),
        pytest.param(
            "https://nang-han-muc-vib.test/", "brand_in_name", "vib", id="short name, card words"
        ),
        pytest.param(
            "https://xemfacebookngay.ab1.test/", "brand_in_front", "facebook", id="glued in front"
        ),
        pytest.param("https://gaerna.test/", "one_letter_off", "garena", id="swapped letters"),
        pytest.param("https://v1etc0mbank.test/", "disguised_letters", "vietcombank", id="digits"),
        pytest.param("https://g00gle.test/", "disguised_letters", "google", id="digits in a word"),
        pytest.param(
            "https://vietcоmbank.test", "disguised_letters", "vietcombank", id="Cyrillic о"
        ),
        pytest.param("https://gооgle.com/", "disguised_letters", "google", id="Cyrillic word"),
        pytest.param("https://víetcombank.test/", "other_ending", "vietcombank", id="a mark"),
        pytest.param(
            "https://agribank-kyc.weebly.com/", "brand_in_name", "agribank", id="on a platform"
        ),
        pytest.param("https://vietcombank.ac/", "other_ending", "vietcombank", id="ac is for sale"),
        pytest.param("https://vietcombank.edu.test/", "brand_in_front", "vietcombank", id="edu."),
        pytest.param(
            "https://vietcombank.edu.eu.org/",
            "other_ending",
            "vietcombank",
            id="edu.eu.org is free",
        ),
        pytest.param(
            "https://nopphat.gov.vn.ab1.test/", "false_ending", None, id="gov.vn in front"
        ),
        pytest.param("https://nopphat-gov-vn.test/", "false_ending", None, id="gov-vn"),
        pytest.param("https://thuphi.com-ab1.test/", "false_ending", None, id="com- tail"),
        pytest.param("https://thuphi.net-ab1.top/", "false_ending", None, id="net-, cheap"),
        pytest.param("https://khôngсóthật.test/", "mixed_letters", None, id="one Cyrillic letter"),
        pytest.param("https://tele-gram.test/", "other_ending", "telegram", id="name cut in two"),
        pytest.param("https://tele-gram-vn.test/", "brand_in_name", "telegram", id="cut, and more"),
        pytest.param("https://amazon-jobs.test/", "brand_in_name", "amazon", id="word and a job"),
        pytest.param(
            "https://posts-fb.test/", "brand_in_name", "facebook", id="two letters and a lure"
        ),
        pytest.param(
            "https://loginmlcrosoft.ab1.test/",
            "disguised_letters",
            "microsoft",
            id="drawn alike in front",
        ),
    ),
)
def test_borrowed_name_is_noticed(
    url: str, rule: str, brand: str | None, index: BrandIndex
) -> None:
    (finding,) = find(url, index)
    assert (finding.rule, finding.brand) == (f"lookalike.{rule}", brand)


@pytest.mark.parametrize(
    "url",
    (
        pytest.param("https://www.vietcombank.com.vn/login", id="owner"),
        pytest.param("https://sso.google.com/verify", id="owner's sub-domain"),
        pytest.param("https://shopee.co.id/login", id="owner abroad"),
        pytest.param("https://facebook.com/vietcombank-login", id="page on a platform"),
        pytest.param("https://sites.google.com/view/bidv", id="path on a platform"),
        pytest.param("https://weebly.com/", id="platform itself"),
        pytest.param("https://momo.test/", id="word alone"),
        pytest.param("https://techkombamk.test/", id="two letters and nothing else"),
        pytest.param("https://login.vnexpress.test/login", id="two letters, the first among them"),
        pytest.param("https://login.express-vn.test/login", id="a word that the name ends in"),
        pytest.param("https://login.jntexpress.com.vn/login", id="owner everywhere"),  # invented
        pytest.param("https://minh@git.test/@facebook.com", id="a user who is nobody else"),
        pytest.param("https://minh:facebook.com@github.com/", id="a user of a known owner"),
        pytest.param("https://applestore.test/", id="a fan of apples"),
        pytest.param("https://fishbonesecurity.test/", id="three letters inside a word"),
        pytest.param("https://ecloud.test/", id="another first letter"),
        pytest.param("https://quan-momo.test/", id="word with a harmless word"),
        pytest.param("https://grabowski.test/", id="short name inside a name"),
        pytest.param("https://finance.test/login", id="innocent neighbour"),
        pytest.param("https://arabbank.test/", id="bank inside another bank"),
        pytest.param("https://vrbank.test/", id="bank beside a bank"),
        pytest.param("https://shinhan.ac.kr/", id="university of that name"),
        pytest.param("https://vietcombank.edu.vn/", id="school of that name"),
        pytest.param("https://vietcombank.ac.uk/", id="school of that name abroad"),
        pytest.param("https://vietcombank.act.edu.au/", id="school of that name in a region"),
        pytest.param("https://vietcombank.edu/", id="university in America"),
        pytest.param("https://com-dev.test/", id="com- without anything in front"),
        pytest.param("https://tin-tuc.test/vietcombank-tang-lai-suat", id="news about a brand"),
        pytest.param("https://điệnlực.test/", id="Vietnamese word with its marks"),
        pytest.param("http://192.0.2.7/login", id="IP"),
        pytest.param("https://login.net-solutions.test/", id="a name that begins with net-"),
        pytest.param("https://login.vn-z.test/", id="a name that begins with vn-"),
        pytest.param("https://mail.com-dev.test/", id="a mail server"),
        pytest.param("https://netflix-clone.vercel.app/", id="a student's practice"),
        pytest.param("https://minecraft-server.test/", id="a server of a game"),
        pytest.param("https://freefire-meo-hay.blogspot.com/", id="a guide to a game"),
        pytest.param("https://discord-bot.readthedocs.io/", id="a manual"),
        pytest.param("https://fb.test/", id="two letters alone"),
        pytest.param("https://login.huaweicloud.test/", id="a name that holds another"),
        pytest.param("https://agri-bank.test/login", id="another bank, cut in two"),
        pytest.param("https://fb-group.test/", id="two letters and a word"),
        pytest.param("https://мамочка.test/", id="a Russian word"),
        pytest.param(f"https://{'vietcombank.' * 150}test/", id="name too long to be opened"),
    ),
)
def test_innocent_address_is_left_in_peace(url: str, index: BrandIndex) -> None:
    assert find(url, index) == []


@pytest.mark.parametrize(
    ("url", "strength"),
    (
        ("https://agribank-thongtin.test/", "likeness"),
        ("https://agribank-dangnhap.test/", "likeness_with_act"),
        ("https://agribank-dang-nhap.test/", "likeness_with_act"),
        ("https://agribank-thongtin.test/xac-thuc?id=1", "likeness_with_act"),
        ("https://agribank-thongtin.test/app/vneid.apk", "likeness_with_act"),
        ("https://agribank-thongtin.test/%2564angnhap", "likeness_with_act"),
        ("https://agribank-thongtin.test/backups/dates", "likeness"),
        ("https://momo-dangnhap.test/", "likeness_with_act"),
        ("https://momo-nhanqua.test/", "likeness"),
        ("https://metamask-loglnn.test/", "likeness_with_act"),
        ("https://metamask-lougiene.test/", "likeness_with_act"),
        ("https://metamask-catalog.test/", "likeness"),
        ("https://tiktok-downloader.test/", "likeness"),
        ("https://roblox-trading-values.test/", "likeness"),
        ("https://nopphat.gov-vn.test/", "likeness_with_act"),
        ("https://login.bidv-danang.com.vn/", "likeness"),  # invented
        ("https://bidv-danang-login.com.vn/", "likeness_with_act"),  # invented
    ),
)
def test_act_word_makes_a_likeness_stronger(url: str, strength: str, index: BrandIndex) -> None:
    (finding,) = find(url, index)
    assert finding.strength == strength


def test_reason_names_the_real_domain_and_quotes_the_host(index: BrandIndex) -> None:
    url = "https://Vietcombank.VN-ab1.test/x"
    (finding,) = find(url, index)
    assert "giống vietcombank.com.vn nhưng không phải" in finding.why.vi
    assert url[finding.start : finding.end] == "Vietcombank.VN-ab1.test"
    brand = next(brand for brand in index.brands if brand.id == "vietcombank")
    assert finding.source == brand.sources[0]
    assert finding.added == brand.checked.isoformat()


def test_reason_of_a_false_ending_names_what_the_site_really_is(index: BrandIndex) -> None:
    (finding,) = find("https://nopphat.gov.vn.ab1.test/", index)
    assert "ab1.test" in finding.why.vi
    assert "ab1.test" in finding.why.en


def test_borrowed_bank_name_with_a_login_is_told_as_that_lure(index: BrandIndex) -> None:
    (with_act,) = find("https://agribank-dangnhap.test/", index)
    (without,) = find("https://agribank-thongtin.test/", index)
    assert (with_act.lure, without.lure) == ("fake_bank", None)


@pytest.mark.parametrize(
    ("url", "is_own"),
    (
        pytest.param("https://www.vietcombank.com.vn/dang-nhap", True, id="a bank's own"),
        pytest.param("https://thisinh.example.edu.vn/", True, id="a school's own"),
        pytest.param("https://vien.example.ac.vn/", True, id="an institute's own"),
        pytest.param("https://so.example.gov.vn/", True, id="an agency's own"),
        pytest.param("https://truong.ac.uk/", False, id="an institute's abroad"),  # invented
        pytest.param("https://vietcombank.test/", False, id="borrowed name"),
        pytest.param("https://vietcombank.com.vn.a.test/", False, id="only in front"),
        pytest.param("https://docs.google.com/forms/d/x", False, id="anybody's form"),
        pytest.param("https://truong.ac/", False, id="an ending that anybody can buy"),  # invented
        pytest.param("https://truong.edu.eu.org/", False, id="one that is free"),  # invented
        pytest.param("http://192.0.2.7/", False, id="a number"),
    ),
)
def test_only_an_owners_own_address_is_vouched_for(
    url: str, is_own: bool, index: BrandIndex
) -> None:
    address = read_address(url)
    assert address is not None
    assert is_vouched_for(address, index=index) is is_own
