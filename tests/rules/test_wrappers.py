"""The shipped wrappers: each is written as its site writes it, and leads to what stands in it."""

from __future__ import annotations

import tomllib

import pytest

from harness.service_process import REPOSITORY
from notalone.address import read_address
from notalone.wrappers import load_wrappers

RULES = REPOSITORY / "rules"
TABLES = tomllib.loads((RULES / "wrappers.toml").read_text("utf-8"))
WRAPPERS, ERRORS = load_wrappers(RULES)
X = "https%3A%2F%2Fevil.test%2Fx"


def test_every_wrapper_loads() -> None:
    assert ERRORS == []
    assert set(TABLES) - {"anywhere"} == {name for name, *_ in LINKS}


LINKS = (
    ("facebook", f"https://l.facebook.com/l.php?u={X}&h=AT0&s=1"),
    ("facebook", f"https://lm.facebook.com/l.php?u={X}"),
    ("facebook", f"https://www.facebook.com/flx/warn/?u={X}"),
    ("instagram", f"https://l.instagram.com/?u={X}&e=AT0"),
    ("instagram", f"https://l.threads.com/?u={X}"),
    ("messenger", f"https://l.messenger.com/l.php?u={X}"),
    ("whatsapp", f"https://l.wl.co/l?u={X}"),
    ("google", f"https://www.google.com/url?sa=t&url={X}&usg=A"),
    ("google", f"https://www.google.com.vn/url?q={X}"),
    ("google_images", f"https://www.google.com/imgres?imgurl=/a.png&imgrefurl={X}"),
    ("google_translate", f"https://translate.google.com/translate?sl=auto&tl=vi&u={X}"),
    ("google_translate_proxy", "https://evil-test.translate.goog/x?_x_tr_sl=auto"),
    ("google_ads", f"https://www.googleadservices.com/pagead/aclk?sa=L&adurl={X}"),
    ("google_amp", "https://www.google.com/amp/s/evil.test/x"),
    ("amp_cache", "https://evil-test.cdn.ampproject.org/c/s/evil.test/x"),
    ("youtube", f"https://www.youtube.com/redirect?event=video_description&q={X}"),
    ("tiktok", f"https://www.tiktok.com/link/v2?aid=1988&lang=vi&scene=bio_url&target={X}"),
    ("outlook", f"https://apc01.safelinks.protection.outlook.com/?url={X}&data=05"),
    ("teams",
     f"https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={X}"),
    ("linkedin", f"https://www.linkedin.com/safety/go?url={X}&trk=a"),
    ("linkedin", f"https://www.linkedin.com/redir/redirect?url={X}&urlhash=a"),
    ("twitter", f"https://twitter.com/i/redirect?url={X}"),
    ("telegram", f"https://t.me/iv?url={X}&rhash=1"),
    ("vk", f"https://vk.com/away.php?to={X}"),
    ("reddit", f"https://out.reddit.com/t3_a?url={X}&token=A"),
    ("pinterest", f"https://www.pinterest.com/offsite/?url={X}"),
    ("tumblr", f"https://t.umblr.com/redirect?z={X}&t=A"),
    ("slack", f"https://slack-redir.net/link?url={X}"),
    ("steam", f"https://steamcommunity.com/linkfilter/?u={X}"),
    ("soundcloud", f"https://exit.sc/?url={X}"),
    ("bing", "https://www.bing.com/ck/a?!&&p=0&u=a1aHR0cHM6Ly9ldmlsLnRlc3QveA&ntb=1"),
    ("duckduckgo", f"https://duckduckgo.com/l/?uddg={X}&rut=1"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "url"), LINKS)
def test_each_form_leads_to_its_destination_alone(name: str, url: str) -> None:
    address = read_address(url)
    assert address is not None, name
    assert [at.address.host for at in WRAPPERS.reached_by(address)] == ["evil.test"]


def test_two_of_them_in_each_other_are_opened_both() -> None:
    address = read_address(
        "https://www.youtube.com/redirect?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3D"
        "https%253A%252F%252Fevil.test"
    )
    assert address is not None
    assert [at.address.host for at in WRAPPERS.reached_by(address)] == ["evil.test"]


@pytest.mark.parametrize(
    "url",
    (
        "https://www.google.com/search?q=https://evil.test",
        "https://www.facebook.com/truong.hoc",
        "https://www.youtube.com/watch?v=abc&t=1",
        "https://t.me/nhom_hoc",
        "https://www.tiktok.com/@ban/video/1?lang=vi",
    ),
)
def test_the_sites_own_pages_are_themselves(url: str) -> None:
    address = read_address(url)
    assert address is not None
    assert [at.address for at in WRAPPERS.reached_by(address)] == [address]


def test_sharing_a_page_leads_to_both() -> None:
    for url in (
        f"https://www.facebook.com/sharer/sharer.php?u={X}",
        f"https://t.me/share/url?url={X}",
        f"https://accounts.google.com/ServiceLogin?continue={X}",
    ):
        address = read_address(url)
        assert address is not None
        assert [at.address.host for at in WRAPPERS.reached_by(address)][1:] == ["evil.test"]
