"""A frightening call, and parents who cannot reach their child: no service, no typing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page

from harness.chromium import Chromium
from harness.waiting import wait_for


@pytest.fixture
def phone(alone: Chromium) -> Iterator[Page]:
    page = alone.own_page("phone")
    page.locator("#question").get_by_text(alone.message("phone_ask_authority")).wait_for()
    yield page
    if not page.is_closed():
        page.close()


def todo(page: Page) -> str:
    return page.locator("#todo").inner_text()


def test_one_press_in_the_popup_opens_the_questions_and_four_more_the_note(
    alone: Chromium,
) -> None:
    popup = alone.own_page("popup")
    with alone.context.expect_page() as opening:
        popup.locator("#on-the-phone").click()
    phone = opening.value
    phone.locator("#yes").wait_for()
    assert phone.title() == "Ghi chú", "the caller may see the names of windows"
    for answer in ("#yes", "#no", "#yes"):  # the police; no hotel; must be kept secret
        phone.locator(answer).click()
    assert todo(phone) == "Tắt máy bây giờ."
    with alone.context.expect_page() as telling, phone.expect_event("close"):
        phone.locator("#tell").click()
    tell = telling.value
    fits = "Mẹ ơi, có người gọi làm con rất sợ. Mẹ gọi cho con ngay nhé."
    wait_for(lambda: tell.locator("#note").input_value() == fits, what="the note that fits")
    first = tell.locator("#first-action").inner_text()
    assert first == alone.message("tell_first_fake_authority")
    tell.close()
    popup.close()


def test_six_times_no_promises_nothing(alone: Chromium, phone: Page) -> None:
    asked = []
    for _ in range(6):
        asked.append(phone.locator("#question").inner_text())
        phone.locator("#no").click()
    assert len(set(asked)) == 6
    assert not phone.locator("#asking").is_visible()
    assert todo(phone) == alone.message("phone_do_unsure")
    assert phone.locator("#tell").is_visible()


def test_whoever_is_sent_to_a_hotel_is_told_to_go_to_people_and_sees_113(phone: Page) -> None:
    phone.locator("#yes").click()
    phone.locator("#yes").click()
    assert "Ra ngay chỗ có người bạn quen" in todo(phone)
    assert phone.locator("#numbers a").first.get_attribute("href") == "tel:113"


def test_the_keyboard_answers_and_each_question_is_read_out(phone: Page) -> None:
    for _ in range(3):
        phone.locator("#question").focus()
        phone.keyboard.press("Tab")
        phone.keyboard.press("Tab")
        assert phone.evaluate("document.activeElement.id") == "no"
        phone.keyboard.press("Enter")
        assert phone.evaluate("document.activeElement.id") == "question"
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.activeElement.id") == "todo"
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.id") == "tell"


def test_escape_leaves_at_once(phone: Page) -> None:
    with phone.expect_event("close"), suppress(Error):  # it may be gone before the key comes up
        phone.keyboard.press("Escape")


def test_parents_find_their_page_from_the_popup_and_can_print_it(alone: Chromium) -> None:
    popup = alone.own_page("popup")
    with alone.context.expect_page() as opening:
        popup.get_by_text(alone.message("popup_parents")).click()
    parents = opening.value
    first = parents.locator("#steps h2").first
    wait_for(lambda: first.inner_text() == alone.message("parents_no_money"), what="the steps")
    for number in ("113", "111"):
        assert parents.locator(f"a[href='tel:{number}']").is_visible()
    parents.emulate_media(media="print")
    assert parents.locator("#steps").is_visible()
    assert not parents.locator("#print").is_visible()
    parents.close()
    popup.close()
