"""Every chat site that has an adapter: on its simulated page the sign is beside the right message.

One browser and one service for the whole file, one page a site, a new conversation a test.
"""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import Error, Page

from harness import simulated_chat
from harness.chromium import Chromium
from harness.service_process import RunningService
from harness.simulated_chat import CHAT_SITES, EVENTS, LURE, OPENING, ORDINARY, Site
from harness.waiting import wait_for

MORE = "Em chuyển khoản 2 triệu cho chị trước, xóa tin này đi"

Chat = simulated_chat.Chat[Page]
Family = simulated_chat.Family[Page]


@pytest.fixture(scope="module")
def family(browser: Chromium, shared_service: RunningService) -> Family:
    return Family(
        shared_service,
        lambda path, host: browser.site(path, host=host),
        partial(end_worker, browser),
    )


@pytest.fixture(params=CHAT_SITES, ids=lambda site: site.name)
def site(request: pytest.FixtureRequest) -> Site:
    assert isinstance(request.param, Site)
    return request.param


@pytest.fixture
def chat(family: Family, site: Site) -> Chat:
    return family.chat(site)


def test_sign_stands_below_the_words_that_complete_the_pattern(
    chat: Chat, browser: Chromium
) -> None:
    chat.receive(OPENING)
    place = chat.receive(LURE)
    chat.wait_for_signs(place)
    assert chat.page.evaluate("id => chat.isSignInPlace(id)", place)
    chat.receive(*ORDINARY, MORE)
    said = browser.inside(chat.page).wait_for_words(LURE[:20])
    assert browser.message("card_label_danger") in said
    assert chat.signs() == [place], "it stays where it was"


def test_ordinary_talk_and_own_words_have_none(chat: Chat) -> None:
    chat.say(*((text, False) for text in ORDINARY), (MORE, True), (LURE, True))
    place = chat.receive(LURE)
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_quotations_system_lines_previews_and_typed_words_have_none(chat: Chat) -> None:
    chat.page.evaluate("text => chat.receive('Ừ', { quote: text })", LURE)
    chat.page.evaluate("text => chat.system(text)", LURE)
    chat.page.locator("[contenteditable]").first.press_sequentially("đừng nói với bố mẹ nhé")
    place = chat.receive(LURE)
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_another_conversation_is_clean_and_coming_back_shows_the_sign_again(chat: Chat) -> None:
    lured = chat.thread
    chat.receive(OPENING)
    place = chat.receive(LURE)
    chat.receive(*ORDINARY)
    chat.wait_for_signs(place)
    chat.begin()
    chat.receive(*ORDINARY)
    chat.wait_for_signs()
    chat.go_to(lured)
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_rows_that_are_drawn_anew_keep_one_sign(chat: Chat) -> None:
    chat.receive(OPENING)
    place = chat.receive(LURE)
    chat.receive(*(f"tin {number}" for number in range(60)))
    chat.page.evaluate("chat.scrollTo(0, 40)")
    chat.wait_for_signs(place)
    chat.page.evaluate("chat.rerender()")
    chat.wait_for_signs(place)
    chat.page.evaluate("chat.scrollTo(30)")
    chat.wait_for_signs()
    chat.page.evaluate("chat.scrollTo(0, 30)")
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_older_messages_that_come_in_above_make_no_old_lure_new(chat: Chat) -> None:
    newer = chat.receive(LURE)
    chat.wait_for_signs(newer)
    chat.page.evaluate("older => chat.prepend(older)", [[OPENING, False], [MORE, False]])
    chat.wait_for_signs(newer)

    chat.begin()
    chat.receive(*ORDINARY)
    older = chat.page.evaluate("older => chat.prepend(older)", [[OPENING, False], [LURE, False]])
    chat.wait_for_signs(older[1])
    assert chat.has_only_ever_signed(older[1])


def test_message_that_is_written_out_bit_by_bit_ends_in_one_sign(chat: Chat) -> None:
    place = chat.page.evaluate("text => chat.stream(text, 12)", LURE)
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_site_in_english_is_read_the_same(family: Family, site: Site) -> None:
    chat = family.chat(site, language="en")
    chat.say((OPENING, False), (LURE, True), ("Dạ", True))
    place = chat.receive(LURE)
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_site_whose_names_have_changed_is_silent(chat: Chat) -> None:
    chat.page.evaluate("text => { chat.receive(text); chat.rename(); }", LURE)
    place = chat.receive("Em ăn cơm chưa", LURE)  # rows of the old kind, after it
    chat.wait_for_signs(place)
    assert chat.has_only_ever_signed(place)


def test_two_chat_tabs_have_a_sign_each(family: Family) -> None:
    chat = family.chat(next(site for site in CHAT_SITES if site.name == "facebook"))
    here = chat.receive(LURE)
    there = chat.page.evaluate("text => other.receive(text)", LURE)
    wait_for(
        lambda: (
            (here in chat.signs(), there in chat.page.evaluate("other.signs()")) == (True, True)
        ),
        what="a sign in each tab",
    )
    chat.page.evaluate("other.clear()")


@pytest.mark.parametrize("event", EVENTS)
def test_forty_lures_get_their_sign_and_forty_harmless_talks_get_none_when(
    family: Family, event: str
) -> None:
    missed = family.missed_talks(event)
    assert not missed, "\n" + "\n".join(missed)


def end_worker(browser: Chromium) -> None:
    """End the extension's worker, as the browser does when it has nothing to do.

    The next question of any page wakes it at once, under the same id: a mark tells them apart.
    """
    cdp = browser.context.new_cdp_session(browser.context.pages[0])
    browser.worker.evaluate("self.isOld = true")
    targets = cdp.send("Target.getTargets")["targetInfos"]
    [worker] = [one["targetId"] for one in targets if one["type"] == "service_worker"]
    cdp.send("Target.closeTarget", {"targetId": worker})

    def is_another() -> bool:
        try:
            return not browser.worker.evaluate("self.isOld")
        except Error:  # it ended while it was asked
            return False

    wait_for(is_another, what="the worker to end, and a page to wake it")
