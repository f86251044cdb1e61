"""The tell page as a frightened child uses it: two presses from the card, and with no service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote

import pytest
from playwright.sync_api import Error, Page

from e2e.tell_page import CATCH_PRINTING, pasted, scanned
from e2e.zalo_chat import open_with_card
from harness.chromium import Chromium
from harness.closed_shadow import ClosedShadow
from harness.waiting import wait_for

NOTE = "Mẹ ơi, con gặp chuyện trên mạng, con hơi lo. Mẹ nghe con kể một chút nhé."
FROM_THE_CARD = "Mẹ ơi, có người bảo con đưa mã hoặc cài ứng dụng lạ. Mẹ xem giúp con với nhé."
CATCH_TABS = "() => { chrome.tabs.create = async ({ url }) => { window.opened = url; }; }"
HALF_AN_HOUR = "30:00"
SMALL_WINDOW = {"width": 460, "height": 640}  # what a window of 460 × 720 has left inside


@pytest.fixture
def tell(alone: Chromium) -> Iterator[Page]:
    """The page with its ready note, and nobody to ask."""
    page = alone.own_page("tell")
    page.set_viewport_size(SMALL_WINDOW)  # type: ignore[arg-type]
    wait_for(lambda: page.locator("#note").input_value() == NOTE, what="the note to be ready")
    yield page
    page.close()


class Child:
    """Counts every press from the card on."""

    def __init__(self, browser: Chromium, inside: ClosedShadow) -> None:
        self.browser, self.inside, self.presses = browser, inside, 0

    def tells(self) -> Page:
        """Press the card's main button: the note is ready."""
        self.presses = 1
        with self.browser.context.expect_page() as opening:
            self.inside.press(self.browser.message("card_tell"))
        tell = opening.value
        ready = tell.locator("#note")
        wait_for(lambda: ready.input_value() == FROM_THE_CARD, what="the note that fits")
        tell.evaluate(CATCH_PRINTING)
        return tell

    def chooses(self, tell: Page, way: str) -> None:
        tell.locator(way).click()
        self.presses += 1


def test_two_presses_lead_from_the_card_to_the_note_in_every_way(chromium: Chromium) -> None:
    _, inside = open_with_card(chromium)
    child = Child(chromium, inside)

    tell = child.tells()
    child.chooses(tell, "#copy")
    wait_for(lambda: tell.locator("#copied").inner_text(), what="the page to say that it is copied")
    assert pasted(chromium) == FROM_THE_CARD
    assert child.presses == 2
    tell.close()

    tell = child.tells()
    with chromium.context.expect_page() as opening:
        child.chooses(tell, "[data-chat=zalo]")
    opening.value.wait_for_url("https://chat.zalo.me/")
    assert tell.locator("#copied").inner_text() == chromium.message("tell_copied_zalo")
    assert pasted(chromium) == FROM_THE_CARD
    assert child.presses == 2
    opening.value.close()
    tell.close()

    tell = child.tells()
    tell.evaluate(CATCH_TABS)  # no such site stands on this computer
    child.chooses(tell, "[data-chat=messenger]")
    wait_for(lambda: tell.evaluate("window.opened"), what="Messenger to be opened")
    assert tell.evaluate("window.opened") == "https://www.facebook.com/messages/"
    assert tell.locator("#copied").inner_text() == chromium.message("tell_copied_messenger")
    assert pasted(chromium) == FROM_THE_CARD
    assert child.presses == 2
    tell.close()

    tell = child.tells()
    child.chooses(tell, "#show-code")
    assert scanned(tell, "#code-picture") == f"SMSTO::{FROM_THE_CARD}"
    assert child.presses == 2
    tell.close()

    tell = child.tells()
    child.chooses(tell, "#print")
    assert tell.evaluate("window.printed") == [FROM_THE_CARD]
    assert child.presses == 2
    tell.close()

    tell = child.tells()
    mail = tell.locator("#mail").get_attribute("href") or ""
    assert mail.startswith("mailto:?")
    assert unquote(mail).endswith(f"&body={FROM_THE_CARD}"), "the second press opens the mail"
    for number in ("111", "113"):
        assert tell.locator(f".numbers a[href='tel:{number}']").is_visible()


def test_every_way_is_in_sight_before_any_scrolling(tell: Page) -> None:
    for way in tell.locator("#copy, #way-buttons > :not([hidden])").all():
        box = way.bounding_box()
        assert box
        assert box["y"] + box["height"] <= SMALL_WINDOW["height"], way.inner_text()


def test_a_phone_takes_the_note_over_with_its_number_or_as_words(tell: Page) -> None:
    tell.locator("#show-code").click()
    assert scanned(tell, "#code-picture") == f"SMSTO::{NOTE}"
    tell.locator("#phone").fill("0900 000 001")
    assert scanned(tell, "#code-picture") == f"SMSTO:0900000001:{NOTE}"
    tell.locator("#code-plain").check()
    assert scanned(tell, "#code-picture") == NOTE
    tell.emulate_media(color_scheme="dark", forced_colors="active")
    assert scanned(tell, "#code-picture") == NOTE, "also where the system chooses the colours"
    tell.emulate_media(forced_colors="none")


def test_calling_111_needs_no_typing(tell: Page) -> None:
    tell.locator("#people").get_by_text("Gọi 111").click()
    assert scanned(tell, "#call-picture") == "tel:111"
    assert tell.locator("#call a").get_attribute("href") == "tel:111"
    assert tell.locator("#note").input_value().startswith("Dạ, cháu ")
    assert not tell.locator("#ways").is_visible(), "nobody mails a helpline"


def test_somebody_who_is_not_on_the_list_can_be_told(tell: Page) -> None:
    tell.locator("#people").get_by_text("Người khác").click()
    tell.locator("#other-you").fill("má")
    tell.locator("#other-me").select_option("con")
    said = tell.locator("#note").input_value()
    assert said == NOTE.replace("Mẹ", "Má").replace("mẹ", "má")


def test_the_keyboard_alone_reaches_everything_in_reading_order(tell: Page) -> None:
    stops: list[str] = []
    tell.keyboard.press("Tab")
    while True:
        stop = tell.evaluate(
            """() => {
                const here = document.activeElement;
                return here.id || here.dataset.chat || here.name || here.dataset.number
                    || (here.hasAttribute("data-later") ? "later" : here.localName);
            }"""
        )
        if stop == "body" or stop in stops[-1:]:
            break
        stops.append(stop)
        tell.keyboard.press("Tab")
    assert stops == [
        *("leave", "edit-people", "person", "voice", "note", "copy"),
        *("zalo", "messenger", "show-code", "mail", "print"),
        *("111", "113", "115", "told", "later"),
    ]


def test_a_note_is_chosen_and_copied_by_keys(alone: Chromium, tell: Page) -> None:
    for _ in range(3):
        tell.keyboard.press("Tab")
    tell.keyboard.press("ArrowRight")  # from mother to father
    tell.keyboard.press("Tab")
    tell.keyboard.press("ArrowRight")  # from short to long
    tell.keyboard.press("Tab")
    tell.keyboard.press("Tab")
    tell.keyboard.press("Enter")
    wait_for(lambda: tell.locator("#copied").inner_text(), what="the page to say that it is copied")
    assert pasted(alone).startswith("Bố ơi, con gặp một chuyện trên mạng")


@pytest.mark.parametrize("way", ("Escape", "press"))
def test_quick_exit_closes_the_window(alone: Chromium, way: str) -> None:
    page = alone.own_page("tell")
    page.locator("#note").fill("Mẹ ơi con sợ")
    assert page.title() == "Ghi chú"
    with page.expect_event("close"), suppress(Error):  # it may be gone before the key comes up
        if way == "Escape":
            page.keyboard.press("Escape")
        else:
            page.locator("#leave").click()


def test_the_one_reminder_waits_under_a_cover_that_tells_nothing(alone: Chromium) -> None:
    page = alone.context.new_page()
    page.clock.install()
    page.goto(f"chrome-extension://{alone.extension_id}/pages/tell.html")
    page.locator("#telling [data-later]").click()
    page.clock.fast_forward(HALF_AN_HOUR)
    wait_for(lambda: page.title() == "• Ghi chú", what="the reminder")
    seen = page.locator("body").inner_text().split()
    assert " ".join(seen) == "Ghi chú Có một ghi chú ở đây. Mở lại Đóng lại"
    page.locator("#uncover").click()
    assert page.locator("#again").is_visible()
    assert page.locator("#note").input_value() == NOTE
    assert page.locator("[data-later]").count() == 0, "it asks once"
    page.close()


def test_a_copy_for_the_police_holds_words_only_and_comes_after_a_warning(tell: Page) -> None:
    tell.evaluate(CATCH_PRINTING)
    assert not tell.locator("#keep").is_visible(), "first tell, then keep"
    tell.locator("#told").click()
    assert tell.evaluate("document.activeElement.id") == "thanks", "the kind word is read out"
    tell.locator("#keep summary").click()
    warned = tell.locator("[data-i18n=keep_who_sees]").bounding_box()
    button = tell.locator("#keep-print").bounding_box()
    assert warned
    assert button
    assert warned["y"] < button["y"]
    tell.locator("#keep-more").fill("Zalo, tối qua, xưng là công an")
    tell.locator("#keep-print").click()
    (paper,) = tell.evaluate("window.printed")
    assert "Ghi lại lúc" in paper
    assert "Zalo, tối qua, xưng là công an" in paper


def test_only_the_sheet_goes_to_the_printer(tell: Page) -> None:
    tell.evaluate(CATCH_PRINTING)
    tell.locator("#print").click()  # nothing has ended the printing: the sheet still stands there
    tell.emulate_media(media="print")
    assert tell.locator("body").inner_text().strip() == NOTE
    tell.emulate_media(media="screen")
    tell.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert not tell.locator("#paper").is_visible()
    assert tell.locator("#copy").is_visible()
