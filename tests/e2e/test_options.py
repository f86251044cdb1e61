"""What a family chooses is seen at once on the pages that are open, and stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from e2e.zalo_chat import WATCHED, receive
from harness.chromium import Chromium, message
from harness.waiting import stays, wait_for

LISTED = "http://vnpost-giaohang.example/"
REPORTED_LONG_AGO = "https://nhan-qua-tri-an.example/"


@pytest.fixture
def options(chromium: Chromium) -> Page:
    page = chromium.own_page("options")
    page.locator("#choices input").first.wait_for()
    return page


def test_choices_apply_at_once_on_open_pages(chromium: Chromium, options: Page) -> None:
    """One browser, from off to on to English: what stands on the chat follows each press."""
    chat = chromium.zalo()
    receive(chat, WATCHED)
    inside = chromium.inside(chat)
    inside.wait_for_words(chromium.message("card_chip"))

    options.locator("#site").fill("https://www.zalo.me/")
    options.keyboard.press("Enter")
    wait_for(lambda: inside.hosts() == 0, what="the sign to go where we were switched off")
    receive(chat, "Nhớ giữ kín nhé")
    stays(lambda: inside.hosts() == 0, what="nothing stands there", for_s=0.7)

    options.get_by_role("button", name="zalo.me").click()
    inside.wait_for_words(chromium.message("card_chip"))

    options.get_by_text("English", exact=True).click()
    inside.wait_for_words(message("card_chip", "en"))
    wait_for(
        lambda: chromium.icon()["title"] == message("state_on", "en"),
        what="the icon to speak English",
    )
    popup = chromium.own_page("popup")
    popup.get_by_text(message("popup_tell", "en")).first.wait_for()
    assert popup.evaluate("document.documentElement.lang") == "en"

    options.reload()
    assert options.locator("[name=language][value=en]").is_checked()
    assert options.evaluate("document.documentElement.lang") == "en"
    assert chat.evaluate("typeof chrome === 'undefined' || !chrome.storage"), "no page may read it"


def test_calm_keeps_danger_and_drops_what_is_only_odd(chromium: Chromium, options: Page) -> None:
    page = chromium.site("links.html")
    inside = chromium.inside(page)
    page.evaluate(
        """([danger, odd]) => {
            for (const [id, href] of [["danger", danger], ["odd", odd]]) {
                const link = document.createElement("a");
                link.id = id; link.href = href; link.textContent = id;
                document.body.prepend(link);
            }
        }""",
        [LISTED, REPORTED_LONG_AGO],
    )
    reported = chromium.message("card_badge_reported")
    signs = "id => document.getElementById(id).nextElementSibling?.localName === 'span'"
    wait_for(lambda: page.evaluate(signs, "danger"), what="the badge of a listed link")
    wait_for(lambda: page.evaluate(signs, "odd"), what="the badge of an old report")
    options.get_by_text(chromium.message("options_strictness_calm"), exact=True).click()
    wait_for(lambda: not page.evaluate(signs, "odd"), what="the lesser badge to go")
    wait_for(lambda: page.evaluate(signs, "danger"), what="the danger to stay")
    inside.wait_for_words(reported)
