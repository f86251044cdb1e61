"""The child tells in their own words that something is done to them: help opens, without blame."""

from __future__ import annotations

from playwright.sync_api import Page

from e2e.practice import Practice
from e2e.zalo_chat import ARMED_MS, CODE, DEMAND, receive
from harness.chromium import Chromium
from harness.closed_shadow import ClosedShadow
from harness.waiting import stays, wait_for

TOLD = "có người dọa đăng ảnh em"
TOLD_AGAIN = "Có người dọa đăng ảnh của em lên mạng"
ORDINARY = ("Hôm nay em nộp bài rồi ạ", "Mẹ dọa cắt wifi nè huhu")


def send(page: Page, text: str) -> str:
    """Let the child send *text*; gives the id of the bubble."""
    bubble = page.evaluate("text => chat.send(text)", text)
    assert isinstance(bubble, str)
    return bubble


def words(inside: ClosedShadow) -> str:
    return inside.text().replace("\n", " ")


def has_note_that_fits(tell: Page, browser: Chromium) -> bool:
    return (
        browser.message("tell_what_trouble_short").split("$2")[1]
        in tell.locator("#note").input_value()
    )


def test_own_words_in_a_chat_open_a_neutral_chip_and_the_note_that_fits(chromium: Chromium) -> None:
    page = chromium.zalo()
    inside = chromium.inside(page)
    page.locator("#richInput").focus()
    receive(page, "Sao hôm nay im thế?")
    for text in ORDINARY:
        send(page, text)
    stays(lambda: inside.hosts() == 0, what="no sign beside ordinary words", for_s=1.5)

    bubble = send(page, TOLD)
    inside.wait(chromium.message("card_chip_label"), role="button")
    assert words(inside) == f"{chromium.message('card_chip')} ×", "no word of the worry"
    holds = "bubble => document.getElementById(bubble).lastElementChild.textContent === ''"
    assert page.evaluate(holds, bubble), "it stands beside the child's own message"
    assert page.evaluate("document.activeElement.id") == "richInput", "the writing goes on"

    with chromium.context.expect_page() as opening:
        inside.press(chromium.message("card_chip_label"))
    tell = opening.value
    tell.wait_for_load_state()
    assert tell.title() == chromium.message("tell_window_title")
    wait_for(lambda: has_note_that_fits(tell, chromium), what="the note that fits")
    first = tell.locator("#first-action").inner_text()
    assert first == chromium.message("tell_first_trouble")
    assert tell.locator("#why").is_hidden()


def test_help_is_closed_for_good_but_a_warning_still_comes(chromium: Chromium) -> None:
    page = chromium.zalo()
    inside = chromium.inside(page)
    send(page, TOLD)
    chip = inside.wait(chromium.message("card_chip_label"), role="button")
    page.wait_for_timeout(ARMED_MS)
    inside.cdp.send("DOM.focus", {"backendNodeId": chip.node})
    page.keyboard.press("Tab")  # the way out is the next stop of the keyboard
    page.keyboard.press("Enter")
    wait_for(lambda: inside.hosts() == 0, what="the help to close")
    send(page, TOLD_AGAIN)
    stays(lambda: inside.hosts() == 0, what="no help after it was closed")

    page.evaluate("chat.open('u200')")
    send(page, TOLD)
    inside.wait(chromium.message("help_close"), role="button")  # it was closed in the other chat
    receive(page, CODE, DEMAND)
    wait_for(
        lambda: inside.hosts() == 1 and inside.find(chromium.message("help_close")) is None,
        what="the warning to take its place, and no second sign",
    )

    page.evaluate("chat.open('u100')")
    send(page, TOLD_AGAIN)
    wait_for(lambda: inside.hosts() == 0, what="the sign of the other chat to go")
    stays(lambda: inside.hosts() == 0, what="no help on coming back")


def test_story_on_the_practice_page_shows_the_help_card(chromium: Chromium) -> None:
    practice = Practice.open(chromium, "telling")
    levels = practice.play_all()
    assert levels == ["no_information"] * 3 + ["help"]
    practice.inside.wait(chromium.message("help_tell"), role="button")
    read = words(practice.inside)
    assert practice.text_of(4) not in read, "the child's words are not held up to them"
    for label in ("card_label_caution", "card_label_danger"):
        assert chromium.message(label) not in read
    with chromium.context.expect_page() as opening:
        practice.inside.press(chromium.message("help_tell"))
    wait_for(lambda: has_note_that_fits(opening.value, chromium), what="the note that fits")
