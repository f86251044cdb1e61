"""When the service dies the icon says so at once, and everything comes back by itself."""

from __future__ import annotations

import time

from harness.chromium import Chromium, OpensChromium
from harness.service_process import Home, RunningService
from harness.waiting import wait_for
from notalone.config import NATIVE_HOST_NAME

LURE = "Em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"


def test_killed_service_shows_within_five_seconds_and_comes_back(
    chromium: Chromium, service: RunningService
) -> None:
    page = chromium.zalo()
    page.evaluate("text => chat.receive(text)", LURE)
    inside = chromium.inside(page)
    inside.wait(chromium.message("card_chip_label"), role="button")
    on = chromium.icon()
    assert on == {"title": chromium.message("state_on"), "badge": ""}

    # Without its manifest the native host cannot start the service again: "off" stays to be seen.
    manifest = chromium.profile / "NativeMessagingHosts" / f"{NATIVE_HOST_NAME}.json"
    aside = manifest.rename(manifest.with_suffix(".aside"))
    service.kill()
    killed = time.monotonic()
    off = wait_for(
        lambda: icon if (icon := chromium.icon())["badge"] == "!" else None,
        what="the icon to say that the service is off",
        within_s=5,
    )
    assert time.monotonic() - killed <= 5
    assert off["title"] != on["title"]

    aside.rename(manifest)  # the next try of the worker finds the host, and the host starts it
    wait_for(
        lambda: chromium.icon() == on,
        what="the service to come back by itself",
        within_s=30,
        poll_s=0.2,
    )
    assert service.home.service_pid() is not None

    page.evaluate("chat.open('2')")
    page.evaluate("text => chat.receive(text)", LURE)
    inside.wait(chromium.message("card_chip_label"), role="button", within_s=15)


def test_service_that_was_never_started_is_started_by_the_browser(
    open_chromium: OpensChromium, home: Home
) -> None:
    browser = open_chromium(language="vi")
    browser.wait_until_on(within_s=30)
    assert home.service_pid() is not None


def test_popup_says_that_nothing_is_installed(open_chromium: OpensChromium) -> None:
    browser = open_chromium(language="vi", native_host=False)
    popup = browser.own_page("popup")
    wait_for(
        lambda: browser.status(popup)["state"] == "not_installed",
        what="the worker to find no native host",
    )
    assert browser.icon() == {"title": browser.message("state_not_installed"), "badge": "!"}
    assert popup.locator("a[href='tel:111']").count() == 1
