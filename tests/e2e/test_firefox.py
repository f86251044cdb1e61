"""Firefox pairs, checks and shows the card from the very same extension folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.chromium import message
from harness.firefox import Firefox, firefox
from harness.service_process import Home, RunningService
from harness.waiting import wait_for


@pytest.fixture
def browser(home: Home, service: RunningService) -> Iterator[Firefox]:
    assert service.port
    with firefox(home=home) as running:
        yield running


def test_firefox_pairs_and_shows_the_card(browser: Firefox) -> None:
    browser.own_page("practice")
    on = message("page_state_on", "vi")
    wait_for(lambda: on == browser.text("#state-line"), what="Firefox to pair", within_s=60)

    browser.click("#story-list button[value=mother]")
    browser.click("#all")
    calm = message("practice_level_no_information", "vi")
    wait_for(lambda: calm in browser.text("#happening"), what="the harmless verdict", within_s=60)
    assert browser.in_closed_root("#practice-chat li > div", "button") is None

    browser.click("#story-list button[value=police]")
    browser.click("#all")
    main = wait_for(
        lambda: browser.in_closed_root("#practice-chat li > div", "button.main"),
        what="the card",
        within_s=60,
    )
    assert main.text == message("card_tell", "vi")
