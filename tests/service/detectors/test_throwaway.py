"""Signs without a brand: two of them and enough weight, never one, however loud."""

from __future__ import annotations

from itertools import product

import pytest

from harness.shown_links import shown
from notalone.detectors.throwaway import findings
from notalone.likeness import BrandIndex
from notalone.model import LinkFinding

CID = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"


def find(url: str, index: BrandIndex) -> list[LinkFinding]:
    return findings(shown(url, index))


# Every host below is invented and was never opened; real are only the suffixes and platforms.
@pytest.mark.parametrize(
    ("url", "sign"),
    (
        pytest.param("https://login-khongcothat.pages.dev/", "act", id="log-in on hosting"),
        pytest.param("https://hotro-tructuyen-uudai.test/", "lure", id="three lure words"),
        pytest.param("https://ho-tro-truc-tuyen-uu-dai.test/", "lure", id="in syllables"),
        pytest.param("https://nhanqua-sukien-xx.top/", "lure", id="lure words, cheap suffix"),
        pytest.param("https://verify-khongcothat.top/", "act", id="joined to a name, cheap"),
        pytest.param("https://secureverify.test/", "act", id="two acts, glued"),
        pytest.param("https://case-id-1000228.tiem-banh.test/", "case", id="case number in front"),
        pytest.param("https://parcel.duckdns.org/", "passing", id="lure on a dynamic name"),
        pytest.param("https://http-khongcothat-com.weebly.com/", "web", id="com inside"),
        pytest.param("https://v1-dot-khongcothat.r.appspot.com/", "trial", id="a trial on hosting"),
        pytest.param(f"https://{CID}.ipfs.dweb.link/login.html", "stored", id="IPFS sub-domain"),
        pytest.param(f"https://ipfs.io/ipfs/{CID}/index.html", "stored", id="IPFS path"),
        pytest.param("https://100.200.30.40/login", "number", id="number with a log-in"),
        pytest.param("https://tiem-banh.test/wp-content/x/login/a.php", "kit", id="broken into"),
        pytest.param("https://tiem-banh.top/ungdung.apk", "app", id="app on a cheap suffix"),
    ),
)
def test_signs_together_are_worth_a_warning(url: str, sign: str, index: BrandIndex) -> None:
    (finding,) = find(url, index)
    assert (finding.rule, finding.strength) == (f"throwaway.{sign}", "likeness")


@pytest.mark.parametrize(
    "url",
    (
        pytest.param("https://login.khongcothat.test/login", id="every company's log-in"),
        pytest.param("https://accounts.khongcothat.test/verify", id="every company's accounts"),
        pytest.param("https://verify-1020.khongcothat.test/", id="a short number in front"),
        pytest.param("https://login-khongcothat.blogspot.com.br/", id="a blog's name"),
        pytest.param("https://verify-khongcothat.test/", id="one act, joined to a name"),
        pytest.param("https://hotro.test/", id="one lure word"),
        pytest.param("https://khongcothat.top/", id="cheap suffix alone"),
        pytest.param("https://khongcothat.pages.dev/", id="hosting alone"),
        pytest.param("https://xkcdqwrtpzs.pages.dev/", id="hosting and a random name"),
        pytest.param("https://xkcdqwrtpzs.duckdns.org/", id="a home computer's random name"),
        pytest.param("https://xkcdqwrtpzsk.test/a.apk", id="an app, and a random name"),
        pytest.param("https://loginov.test/", id="word inside a name"),
        pytest.param("https://khongcothat.test/wp-login.php", id="a blog's own log-in"),
        pytest.param("https://khongcothat.test/wp-content/uploads/a.pdf", id="a file of a blog"),
        pytest.param("https://khongcothat.test/app.apk", id="an app from its maker"),
        pytest.param("https://login-hotro.gov.vn/", id="the state"),
        pytest.param("https://verify-login.edu.vn/", id="a school"),
        pytest.param("https://login-verify.google.com/", id="a brand's own"),
        pytest.param("https://weebly.com/login", id="the platform itself"),
        pytest.param("http://192.168.1.1/login.html", id="the router at home"),
        pytest.param("http://[::1]/login", id="this computer"),
        pytest.param("http://8.8.8.8/", id="a bare number"),
        pytest.param(f"https://{'login-verify.' * 30}test/", id="name too long to be opened"),
    ),
)
def test_one_sign_or_an_ordinary_place_is_nothing(url: str, index: BrandIndex) -> None:
    assert find(url, index) == []


def test_the_reason_quotes_what_was_seen_and_points_at_the_host(index: BrandIndex) -> None:
    url = "https://Verify-khongcothat.top/x"
    (finding,) = find(url, index)
    assert "«verify»" in finding.why.vi
    assert "«verify»" in finding.why.en
    assert url[finding.start : finding.end] == "Verify-khongcothat.top"


def test_a_long_random_name_weighs_only_as_a_third_sign(index: BrandIndex) -> None:
    assert find("https://lucky-tuoidep.pages.dev/", index) == []  # lure 3, hosted 1
    assert find("https://lucky-qwrtpxkcdz.pages.dev/", index) != []  # random 1
    assert find("https://qwrtpxkcdz.pages.dev/", index) == []


def test_plain_words_of_money_never_stand_in_for_a_second_sign(index: BrandIndex) -> None:
    assert find("https://bank-card-khongcothat.top/", index) == []
    assert find("https://verify-bank24.test/", index) != []  # joined to the trade itself


def test_names_that_a_platform_gives_out_itself_are_no_sign(index: BrandIndex) -> None:
    assert find("https://bon-chu-ngau-nhien.trycloudflare.com/", index) == []
    assert find("https://pub-0123456789abcdef0123456789ab1234.r2.dev/", index) == []


FRONTS = ("", "login.", "case-id-1000228.", "v1-dot-", "www.")
NAMES = (
    "vay-tien",
    "shop-1234",
    "xkqzjwvbnm-1-2-3",
    "xac-thuc9",
    "a1",
    "verify-card-x",
)  # invented
ENDINGS = ("com", "top", "github.io", "duckdns.org", "blogspot.com.br", "com.vn")
PATHS = ("/a", "/login", "/a.html", "/a/dang-nhap.php?x=1", "/wp-content/a.php", "/a.apk")


def test_the_first_look_leaves_out_nothing(
    index: BrandIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [
        f"https://{front}{name}.{ending}{path}"
        for front, name, ending, path in product(FRONTS, NAMES, ENDINGS, PATHS)
    ]
    found = {url: find(url, index) for url in urls}
    monkeypatch.setattr("notalone.detectors.throwaway._may_be_enough", lambda *_: True)
    assert {url: find(url, index) for url in urls} == found
    assert 0 < sum(map(bool, found.values())) < len(urls)
