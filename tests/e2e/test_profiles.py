"""Two profiles of one browser, one account, one service: each is a family member of its own."""

from __future__ import annotations

from typing import Any

from e2e.helpers import HUNG, LAN, name_helper
from harness.chromium import Chromium, OpensChromium
from harness.service_process import RunningService
from harness.waiting import wait_for
from notalone import native_host


def kept(browser: Chromium) -> dict[str, Any]:
    """What this profile keeps."""
    found: dict[str, Any] = browser.worker.evaluate("() => chrome.storage.local.get(null)")
    return found


def choose(browser: Chromium, *, audience: str, helper: dict[str, str]) -> None:
    options = browser.own_page("options")
    options.locator("#state[data-state=on]").wait_for()  # all that is kept stands there by then
    options.locator(f"[name=audience][value={audience}]").check(force=True)
    options.get_by_text(browser.message("options_kept")).wait_for()
    name_helper(options, helper)
    options.close()


def test_profiles_are_kept_apart_and_one_ends_without_the_other(
    open_chromium: OpensChromium, service: RunningService
) -> None:
    folder = str(service.home.data)
    first, second = open_chromium(language="vi"), open_chromium(language="en")
    for browser in (first, second):
        browser.wait_until_on()
    mine, theirs = kept(first)["pairing"], kept(second)["pairing"]
    pairings = native_host.read_pairings(folder)
    assert set(pairings) == {mine, theirs}
    assert pairings[mine]["secret"] != pairings[theirs]["secret"]
    assert pairings[mine]["origin"] == pairings[theirs]["origin"], "nothing else tells them apart"

    choose(first, audience="under_13", helper=LAN)
    choose(second, audience="adult", helper=HUNG)
    for browser, audience, name in ((first, "under_13", "Lan"), (second, "adult", "Hùng")):
        mine_alone = kept(browser)
        assert mine_alone["options"]["audience"] == audience
        assert [helper["name"] for helper in mine_alone["helpers"]] == [name]

    before = kept(second)
    options = first.own_page("options")
    options.locator("#erase").click()
    options.locator("#erase-go").click()
    options.wait_for_url("**/pages/welcome.html")
    wait_for(lambda: len(native_host.read_pairings(folder)) == 2, what="the first to pair anew")
    pairings = native_host.read_pairings(folder)
    assert mine not in pairings
    assert theirs in pairings
    assert kept(second) == before
    for browser in (first, second):
        browser.wait_until_on()
    assert set(kept(first)) == {"pairing"}
