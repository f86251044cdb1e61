"""A family's PIN in a real browser: what it guards, what it never does, and how it ends."""

from __future__ import annotations

from playwright.sync_api import Page

from e2e.pin import PIN, set_pin, type_pin
from e2e.reported_page import REPORTED, open_reported
from harness.chromium import Chromium, without_placeholders
from harness.service_process import RunningService
from notalone import pin


def choose(options: Page, audience: str) -> None:
    options.locator(f"[name=audience][value={audience}]").check(force=True)


def test_pin_guards_choices_and_a_childs_way_on_and_nothing_of_help(
    chromium: Chromium, service: RunningService
) -> None:
    options = chromium.own_page("options")
    choose(options, "under_13")
    options.get_by_text(chromium.message("options_kept")).wait_for()

    # Without a PIN an adult is asked, and there is no way on.
    page = open_reported(chromium)
    assert page.locator("#adult").is_visible()
    assert not page.locator("#pin").is_visible()
    page.close()

    set_pin(options)
    choose(options, "adult")
    type_pin(options, "000000")
    options.get_by_text(chromium.message("pin_wrong")).wait_for()
    options.get_by_role("button", name=chromium.message("pin_close")).click()
    options.locator("[name=audience][value=under_13]:checked").wait_for()

    page = open_reported(chromium)
    with chromium.context.expect_page() as opening:
        page.locator("#tell").click()
    opening.value.locator("#note").wait_for()
    opening.value.close()
    page.locator("#pin").click()
    type_pin(page, PIN)
    page.wait_for_url(REPORTED)

    # Wrong tries count on after a restart; the right PIN waits with them.
    choose(options, "adult")
    for _ in range(5):
        type_pin(options, "000000")
        options.locator("#pin-typed-wrong:not(:empty)").wait_for()
        options.locator("dialog .main:enabled").wait_for()
    service.kill()
    kept = chromium.home.data / pin.FILE  # as many as a patient hand makes: the wait is an hour
    kept.write_text(kept.read_text().replace('"failures": 5', '"failures": 20'))
    service.start()
    chromium.wait_until_on()
    type_pin(options, PIN)
    options.get_by_text(without_placeholders(chromium.message("pin_wait_minutes"))).wait_for()
    options.get_by_role("button", name=chromium.message("pin_close")).click()

    # Forgotten: a day later it ends, and everybody can read that until then.
    assert chromium.home.run("pin", "reset").returncode == 0
    told = chromium.message("pin_reset_comes").replace("$1", "24")
    options.reload()
    options.get_by_text(told).wait_for()
    popup = chromium.own_page("popup")
    popup.get_by_text(told).wait_for()
    assert popup.locator("#tell").is_enabled()
