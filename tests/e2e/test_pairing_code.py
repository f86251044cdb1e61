"""A browser that native messaging cannot reach is connected by a code from the terminal."""

from __future__ import annotations

import time

from playwright.sync_api import Page

from e2e.pictures import keep
from e2e.zalo_chat import WATCHED, receive
from harness.chromium import Chromium, OpensChromium
from harness.firefox import firefox
from harness.packages import packed
from harness.service_process import Home, RunningService
from harness.waiting import wait_for
from notalone import native_host, pairing_code


def type_code(browser: Chromium, page: Page, code: str, outcome: str) -> None:
    """Type *code* as a person does, and wait for the page to say *outcome*."""
    page.locator("#code").fill(code.lower().replace("-", " "))
    page.locator("#connect").click()
    page.get_by_text(browser.message(f"pair_answer_{outcome}")).wait_for()


def test_code_connects_chromium_without_a_native_host(
    open_chromium: OpensChromium, service: RunningService, home: Home
) -> None:
    browser = open_chromium(language="vi", native_host=False)
    popup = browser.own_page("popup")
    link = popup.get_by_text(browser.message("page_pair_by_code"))
    link.click()
    page = wait_for(  # the page of welcome opens by itself meanwhile
        lambda: next((each for each in browser.pages if "pair.html" in each.url), None),
        what="the page for the code",
    )
    page.wait_for_load_state()
    keep(page, f"pair.{browser.language}", full_page=True)

    type_code(browser, page, "k7qf", "no_code")
    type_code(browser, page, "K7QF-M2XD-9VTH", "refused")
    keep(page, f"pair-refused.{browser.language}", full_page=True)
    old = pairing_code.offer(home.data, now=lambda: time.time() - pairing_code.LIFE_S)
    type_code(browser, page, old, "refused")
    code = pairing_code.offer(home.data)
    type_code(browser, page, "0000-0000-0000", "refused")
    assert native_host.read_pairings(str(home.data)) == {}

    type_code(browser, page, code, "paired")
    keep(page, f"pair-paired.{browser.language}", full_page=True)
    assert page.locator("#code").input_value() == ""
    browser.wait_until_on()
    assert browser.icon() == {"title": browser.message("state_on"), "badge": ""}
    type_code(browser, page, code, "refused")  # a code works once
    assert browser.status(page)["state"] == "on"

    chat = browser.zalo()
    receive(chat, WATCHED)
    browser.inside(chat).wait(browser.message("card_chip_label"), role="button")

    # After a restart of the service, and of the worker, nothing is typed again.
    service.kill()
    wait_for(lambda: browser.icon()["badge"] == "!", what="the icon to say off", within_s=60)
    service.start()
    page.evaluate("chrome.runtime.sendMessage({ type: 'reconnect' })")
    wait_for(lambda: browser.status(page)["state"] == "on", what="it to be found again")


def test_code_connects_the_packed_firefox_without_a_native_host(
    home: Home, service: RunningService
) -> None:
    assert service.port
    package = packed(home.temporary)["firefox"]
    with firefox(home=home, language="en", native_host=False, extension=package) as browser:
        browser.own_page("pair")
        assert browser.text("h1") == browser.message("pair_title")
        browser.type_into("#code", pairing_code.offer(home.data))
        browser.click("#connect")
        paired = browser.message("pair_answer_paired")
        browser.wait_until(lambda: browser.text("#answer") == paired, what="the pairing")
        browser.put_to_sleep()
        browser.own_page("popup")
        on = browser.message("page_state_on")
        browser.wait_until(lambda: browser.text("#state-line") == on, what="the service to be on")
