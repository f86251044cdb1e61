"""A parent plays a story in the practice chat and sees what the child would see."""

from __future__ import annotations

import re

import pytest

from e2e.practice import Practice
from e2e.tell_page import pasted
from harness.chromium import Chromium, OpensChromium
from harness.waiting import stays, wait_for


def test_fake_police_story_gets_its_card_once_the_pattern_stands(chromium: Chromium) -> None:
    practice = Practice.open(chromium, "police")
    for _ in range(2):
        assert practice.next() == "no_information"
        stays(lambda: not practice.shows_card(), what="no card for a mere greeting", for_s=0.7)
    levels = [practice.next() for _ in range(6)]
    assert practice.is_over
    assert levels[-1] == "danger"

    practice.inside.press(chromium.message("card_why"))
    read = practice.inside.wait_for_words(chromium.message("card_source"))
    quotes = re.findall(r"«(.+?)»", read)
    spoken = "\n".join(practice.text_of(number) for number in range(1, 9))
    assert len(quotes) >= 3
    assert [words for words in quotes if words not in spoken] == []
    assert any("kể với bố mẹ" in words for words in quotes)


def test_two_presses_lead_to_the_copied_note(chromium: Chromium) -> None:
    practice = Practice.open(chromium, "police")
    practice.play_all()
    with chromium.context.expect_page() as opening:  # press 1
        practice.inside.press(chromium.message("card_tell"))
    tell = opening.value
    tell.wait_for_load_state()
    assert tell.url.endswith("/pages/tell.html"), "the address must not carry anything"
    assert tell.title() == chromium.message("tell_window_title")
    note = tell.locator("#note").input_value()
    assert note == "Mẹ ơi, có người gọi làm con rất sợ. Mẹ gọi cho con ngay nhé."

    tell.locator("#copy").click()  # press 2
    wait_for(
        lambda: tell.locator("#copied").inner_text() == chromium.message("tell_copied"),
        what="the page to say that the note is copied",
    )
    assert pasted(chromium) == note


@pytest.mark.parametrize("story", ("mother", "bank", "classmates"))
def test_harmless_story_shows_nothing(chromium: Chromium, story: str) -> None:
    practice = Practice.open(chromium, story)
    while not practice.is_over:
        assert practice.next() == "no_information", practice.text_of(practice.played)
    stays(lambda: not practice.shows_card(), what="no card in a harmless talk")


def test_task_story_gets_its_card_before_money_is_asked_for(chromium: Chromium) -> None:
    practice = Practice.open(chromium, "task")
    levels = practice.play_all()
    assert levels[0] == "no_information"
    assert "danger" not in levels[:2]
    assert levels[-1] == "danger"
    practice.inside.wait(chromium.message("card_tell"), role="button")


def test_borrowed_name_is_told_from_the_real_one(chromium: Chromium) -> None:
    practice = Practice.open(chromium, "fakebank")
    assert practice.play_all() == ["no_information", "no_information", "danger"]
    practice.inside.press(chromium.message("card_why"))
    practice.inside.wait_for_words(
        "giống vietcombank.com.vn nhưng tên miền thật là vietcornbank-xacthuc.example. "
        "Ở đây «rn» đứng thay cho «m»."
    )


def test_stories_are_there_in_english_too(open_beside: OpensChromium) -> None:
    browser = open_beside(language="en")
    browser.wait_until_on()
    practice = Practice.open(browser, "police")
    levels = practice.play_all()
    assert levels[-1] == "danger"
    practice.inside.wait(browser.message("card_tell"), role="button")


def test_without_the_service_the_page_says_how_to_start_it(open_chromium: OpensChromium) -> None:
    browser = open_chromium(language="vi", native_host=False)
    practice = Practice.open(browser, "police")
    practice.page.locator("#state-mend").wait_for(state="visible")
    assert practice.next() == "unreachable"
    practice.page.goto(practice.page.url.replace("practice", "tell"))
    assert practice.page.locator("#note").input_value() != ""
