"""Everything gone in one press: in the browser, and the pairing at the service as well."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from e2e.helpers import LAN, name_helper
from e2e.pin import PIN, set_pin, type_pin
from e2e.zalo_chat import open_with_card
from harness.chromium import Chromium
from harness.waiting import wait_for
from notalone import native_host

KEPT = "() => chrome.storage.local.get(null)"


def erase(options: Page) -> None:
    options.locator("#erase").click()
    options.locator("#erase-go").click()


@pytest.mark.usefixtures("service")
def test_one_press_leaves_it_as_newly_installed(
    chromium: Chromium,
) -> None:
    (before,) = native_host.read_pairings(str(chromium.home.data))
    options = chromium.own_page("options")
    name_helper(options, LAN)
    options.get_by_text(chromium.message("options_audience_under_13"), exact=True).click()
    options.locator("#site").fill("lop-hoc.example")
    options.keyboard.press("Enter")
    options.locator("#sites li").wait_for()
    set_pin(options)

    # A PIN is asked for: to erase is to loosen. Given up, everything stays.
    erase(options)
    options.get_by_role("button", name=chromium.message("pin_close")).click()
    assert options.locator("#helpers li").count() == 1
    erase(options)
    type_pin(options, "000000")
    options.get_by_text(chromium.message("pin_wrong")).wait_for()
    assert set(native_host.read_pairings(str(chromium.home.data))) == {before}
    type_pin(options, PIN)

    options.wait_for_url("**/pages/welcome.html")
    options.get_by_text(chromium.message("welcome_title")).wait_for()
    (after,) = wait_for(
        lambda: native_host.read_pairings(str(chromium.home.data)), what="a new pairing"
    )
    assert after != before, "the secret of before opens nothing any more"
    chromium.wait_until_on()
    kept = chromium.worker.evaluate(KEPT)
    assert set(kept) <= {"pairing", "pin_set"}
    assert kept["pairing"] == after

    # It works on as after an installation.
    fresh = chromium.own_page("options")
    fresh.locator("[name=audience][value=teen]:checked").wait_for()
    assert fresh.locator("#no-helpers").is_visible()
    assert not fresh.locator("#sites li").count()
    fresh.close()
    open_with_card(chromium)


def test_with_the_service_off_the_browser_is_empty_and_it_says_what_stays(
    alone: Chromium,
) -> None:
    options = alone.own_page("options")
    name_helper(options, LAN)
    alone.worker.evaluate("() => chrome.storage.local.set({ pairing: 'ab'.repeat(16) })")
    erase(options)
    options.get_by_text(alone.message("erase_half")).wait_for()
    assert alone.worker.evaluate(KEPT) == {}
    assert options.locator("#no-helpers").is_visible()

    erase(options)  # now there is nothing that the service could keep
    options.wait_for_url("**/pages/welcome.html")
