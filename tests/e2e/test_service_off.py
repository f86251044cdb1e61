"""When the service dies the icon says so at once, and everything comes back by itself."""

from __future__ import annotations

from harness.chromium import Chromium, OpensChromium
from harness.service_process import Home, RunningService
from harness.waiting import wait_for
from notalone.config import NATIVE_HOST_NAME

LURE = "Em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"

# Heartbeats of a page, once the last proof no longer counts, until the worker asks a service that
# is gone: the first one asks. They come every 2 s (content/main.js, held by its test), so "off"
# shows well within 5 s. Counted, not timed: on a busy computer they come late, and some together.
MOST_HEARTBEATS = 1

# Counts in the worker the heartbeats since a service last answered, but for those of the second in
# which that answer counts (background/service.js), and keeps how many there had been when one was
# first asked in vain.
COUNT_HEARTBEATS = """() => {
    let [heartbeats, answeredAt] = [0, performance.now()];
    self.askedInVainAt = null;
    self.hasAnswered = false;
    chrome.runtime.onMessage.addListener(({ type }) => {
        if (type === "status" && performance.now() - answeredAt >= 1000) heartbeats += 1;
    });
    const ask = self.fetch;
    self.fetch = async (...what) => {
        const count = heartbeats;
        try {
            const answer = await ask(...what);
            if (!answer.ok) { // another test's service has taken the port meanwhile
                self.askedInVainAt ??= count;
                return answer;
            }
            [heartbeats, answeredAt] = [0, performance.now()];
            self.hasAnswered = true;
            return answer;
        } catch (error) {
            self.askedInVainAt ??= count;
            throw error;
        }
    };
}"""


def test_killed_service_shows_after_two_heartbeats_and_comes_back(
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
    chromium.worker.evaluate(COUNT_HEARTBEATS)
    # A question that was on its way before would end uncounted.
    wait_for(
        lambda: chromium.worker.evaluate("self.hasAnswered"),
        what="a heartbeat that is counted",
        within_s=30,
    )
    service.kill()
    # The browser is told the sign and the title in two calls: wait for both.
    off = {"title": chromium.message("state_off"), "badge": "!"}
    wait_for(
        lambda: chromium.icon() == off,
        what="the icon to say that the service is off",
        within_s=60,
    )
    asked_in_vain_at = chromium.worker.evaluate("self.askedInVainAt")
    assert asked_in_vain_at is not None, "off, though nobody was asked"
    assert asked_in_vain_at <= MOST_HEARTBEATS

    aside.rename(manifest)  # the next try of the worker finds the host, and the host starts it
    wait_for(
        lambda: chromium.icon() == on,
        what="the service to come back by itself",
        within_s=60,
        poll_s=0.2,
    )
    assert service.home.service_pid() is not None

    page.evaluate("chat.open('2')")
    page.evaluate("text => chat.receive(text)", LURE)
    inside.wait(chromium.message("card_chip_label"), role="button", within_s=60)


def test_service_that_was_never_started_is_started_by_the_browser(
    open_chromium: OpensChromium, home: Home
) -> None:
    browser = open_chromium(language="vi")
    browser.wait_until_on()
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
