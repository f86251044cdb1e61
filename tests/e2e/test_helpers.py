"""The people whom a family has named, from the options to the note; with no service at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote

import pytest
from playwright.sync_api import Error, Page

from e2e.helpers import HAI, HOA, HUNG, LAN, NAME_AT_A_WORD, SAY_NOW, fill_helper, name_helper
from e2e.tell_page import pasted, scanned
from harness.chromium import Chromium
from harness.waiting import stays, wait_for

NOTE = "Mẹ ơi, con gặp chuyện trên mạng, con hơi lo. Mẹ nghe con kể một chút nhé."
CATCH_TABS = "() => { chrome.tabs.create = async ({ url }) => { window.opened = url; }; }"
SHOWN = "#people label:not([hidden]) span"


@pytest.fixture
def options(alone: Chromium) -> Iterator[Page]:
    page = alone.own_page("options")
    page.locator("#helper-add").wait_for()
    yield page
    alone.forget()


def open_tell(browser: Chromium, *, first: str) -> Page:
    """The tell page, once *first* is the one whom it offers first."""
    tell = browser.own_page("tell")
    wait_for(lambda: tell.locator(SHOWN).first.inner_text() == first, what=f"{first} to be first")
    return tell


def test_who_was_named_comes_first_and_each_way_leads_to_them(
    alone: Chromium, options: Page
) -> None:
    for known in (LAN, HUNG, HOA):
        name_helper(options, known)
    rows = options.locator("#helpers li")
    assert rows.first.inner_text().splitlines()[:2] == [
        "Mẹ Lan",
        "0900 000 001 · lan@gia-dinh.example · zalo.me/0900000001",
    ]

    tell = open_tell(alone, first="Mẹ Lan")
    shown = tell.locator(SHOWN).all_inner_texts()
    assert shown[:4] == ["Mẹ Lan", "Bố Hùng", "Cô Hoa", "Chị"]
    assert shown[-2:] == ["Người khác", "Gọi 111"]
    assert tell.locator("#note").input_value() == NOTE

    tell.locator("#show-code").click()
    assert scanned(tell, "#code-picture") == f"SMSTO:0900000001:{NOTE}"
    tell.locator("#show-call").click()
    assert scanned(tell, "#call-picture") == "tel:0900000001"
    assert tell.locator("#call-link").get_attribute("href") == "tel:0900000001"
    mail = unquote(tell.locator("#mail").get_attribute("href") or "")
    assert mail.startswith("mailto:lan@gia-dinh.example?subject=")
    tell.evaluate(CATCH_TABS)
    tell.locator("[data-chat=zalo]").click()
    wait_for(lambda: tell.evaluate("window.opened"), what="their chat to be opened")
    assert tell.evaluate("window.opened") == "https://zalo.me/0900000001"
    assert pasted(alone) == NOTE

    tell.locator("#people").get_by_text("Cô Hoa").click()
    tell.locator("#their-chat").click()
    theirs = "https://chat.example/co-hoa"
    wait_for(lambda: tell.evaluate("window.opened") == theirs, what="the teacher's chat")
    assert tell.locator("#note").input_value().startswith("Thưa cô, em ")

    tell.locator("#told").click()
    tell.locator("#calls-list button").nth(1).click()
    assert scanned(tell, "#calls-list li:nth-child(2) svg") == "tel:0900000002"
    stored = alone.worker.evaluate("() => chrome.storage.local.get(null)")
    assert set(stored) == {"helpers"}, "whom the child told is kept nowhere"


def test_with_both_parents_named_every_way_is_in_sight_before_any_scrolling(
    alone: Chromium, options: Page
) -> None:
    for known in (LAN, HUNG):
        name_helper(options, known)
    tell = open_tell(alone, first="Mẹ Lan")
    tell.set_viewport_size({"width": 460, "height": 640})  # what a window of 460 × 720 leaves
    for way in tell.locator("#copy, #way-buttons > :not([hidden])").all():
        box = way.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 640, way.inner_text()


def test_the_child_adds_hides_and_shows_and_the_options_tell_nobody(
    alone: Chromium, options: Page
) -> None:
    name_helper(options, LAN)
    seen = options.locator("#helpers").inner_text()
    tell = open_tell(alone, first="Mẹ Lan")
    tell.locator("#edit-people").click()
    tell.get_by_role("button", name="Ẩn Mẹ Lan").press("Enter")
    wait_for(lambda: tell.locator(SHOWN).first.inner_text() == "Mẹ", what="the mere word")
    stays(lambda: options.locator("#helpers").inner_text() == seen, what="the same", for_s=0.5)
    assert tell.locator("#people-list button:focus").inner_text() == "Hiện lại", "the next Tab"
    tell.close()

    tell = open_tell(alone, first="Mẹ")
    tell.locator("#edit-people").click()
    tell.locator("#people-add").click()
    fill_helper(tell, HAI)
    wait_for(lambda: "Dì ơi, con" in tell.locator("#note").input_value(), what="a note for her")
    assert not tell.locator("#other").is_visible()
    options.locator("#helpers").get_by_text("Dì Hai").wait_for()
    tell.get_by_role("button", name="Hiện lại Mẹ Lan").click()
    wait_for(lambda: tell.locator(SHOWN).first.inner_text() == "Mẹ Lan", what="her again")


def test_a_frightening_call_ends_with_the_familys_numbers(alone: Chromium, options: Page) -> None:
    name_helper(options, HUNG)
    phone = alone.own_page("phone")
    for answer in ("#yes", "#no", "#yes"):
        phone.locator(answer).click()
    link = phone.locator("#answer #calls-list a")
    assert link.get_attribute("href") == "tel:0900000002"
    assert link.inner_text().split("\n") == ["Bố Hùng", "0900 000 002"]
    phone.locator("#calls-list button").click()
    assert scanned(phone, "#calls-list svg") == "tel:0900000002"


def test_two_tabs_at_once_lose_nobody(alone: Chromium, options: Page) -> None:
    other = alone.own_page("options")
    names = [[f"Minh {tab}{n}" for n in range(4)] for tab in range(2)]
    for page, some in zip((options, other), names, strict=True):
        page.evaluate(NAME_AT_A_WORD, some)
    alone.worker.evaluate(SAY_NOW)
    for page in (options, other):
        page.locator("#helpers li").nth(7).wait_for()  # all eight
        listed = " ".join(page.locator("#helpers b").all_inner_texts())
        assert all(name in listed for some in names for name in some)
        assert not page.locator("#helper-add").is_visible()
        assert page.locator("#helpers-full").is_visible()


def test_the_keyboard_alone_names_somebody_and_is_told_what_to_mend(options: Page) -> None:
    options.locator("#helper-add").focus()
    options.keyboard.press("Enter")
    active = "document.activeElement.id"
    assert options.evaluate(active) == "helper-name"
    options.keyboard.type("Lan")
    for expected in ("helper-relation", "helper-phone"):
        options.keyboard.press("Tab")
        assert options.evaluate(active) == expected
    options.keyboard.type("113")
    options.keyboard.press("Enter")
    wrong = options.locator("#helper-phone-wrong")
    wait_for(lambda: "Số này lúc nào cũng gọi được" in wrong.inner_text(), what="the line")
    assert options.evaluate(active) == "helper-phone"
    options.keyboard.press("Control+A")
    options.keyboard.type("0900 000 001")
    options.keyboard.press("Enter")
    options.locator("#helpers").get_by_text("0900 000 001").wait_for()
    assert options.evaluate(active) == "helper-add", "where it was begun"


def test_escape_leaves_the_note_at_once_also_from_the_form(alone: Chromium) -> None:
    tell = open_tell(alone, first="Mẹ")
    tell.locator("#edit-people").click()
    tell.locator("#people-add").click()
    tell.locator("#helper-name").fill("Lan")
    with tell.expect_event("close"), suppress(Error):  # it may be gone before the key comes up
        tell.keyboard.press("Escape")


def test_a_name_in_another_direction_turns_nothing_round(alone: Chromium, options: Page) -> None:
    name_helper(options, {**LAN, "name": "\u202edanh sách\u202c <b>דנה</b>"})
    tell = open_tell(alone, first="Mẹ danh sách <b>דנה</b>")
    assert tell.locator("#people .helper bdi").count() == 1
    assert tell.locator("#people b").count() == 0
