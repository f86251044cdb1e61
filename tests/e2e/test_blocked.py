"""A page on a list of reported addresses does not open; a calm page of ours stands in its place."""

from __future__ import annotations

from playwright.sync_api import Page

from e2e.reported_page import OURS, REPORTED, open_reported, wait_for_ours
from harness.chromium import LISTED, LISTED_BEFORE, Chromium
from harness.service_process import RunningService
from harness.waiting import stays, wait_for
from notalone.config import NATIVE_HOST_NAME

# Ten seconds later, for whoever waits in front of the button: in the worker's memory.
TIME_GOES_BY = """async () => {
    const { blocked } = await chrome.storage.session.get("blocked");
    for (const [, page] of blocked) page.at -= 10_000;
    await chrome.storage.session.set({ blocked });
}"""


def address_of(page: Page) -> str:
    """Where *page* is now; asking it lets the browser tell of what happened meanwhile."""
    address = page.evaluate("location.href")
    assert isinstance(address, str)
    return address


def test_reported_page_gives_way_and_back_leads_back(chromium: Chromium) -> None:
    page = open_reported(chromium)
    assert page.locator("h1").inner_text() == chromium.message("blocked_title")
    assert page.locator("#site").inner_text() == LISTED
    assert LISTED not in page.url, "nothing of it stands in our address"

    with chromium.context.expect_page() as opening:
        page.locator("#tell").click()
    assert opening.value.url.endswith("/pages/tell.html")
    opening.value.close()

    page.locator("#back").click()
    page.wait_for_url("https://page.test/zalo.html")
    page.go_forward()
    wait_for_ours(page)
    page.reload()
    wait_for_ours(page)
    assert page.locator("#site").inner_text() == LISTED

    # The way through: for this site only, after a wait.
    page.locator("#through summary").click()
    assert page.locator("#pass").get_attribute("aria-disabled") == "true"
    page.locator("#pass").click(force=True)
    stays(lambda: OURS in address_of(page), what="no way through before the time", for_s=0.3)
    chromium.worker.evaluate(TIME_GOES_BY)
    page.reload()
    page.locator("#through summary").click()
    page.locator("#pass[aria-disabled=false]").click()
    page.wait_for_url(REPORTED)
    again = chromium.context.new_page()
    again.goto(REPORTED)
    again.wait_for_load_state("networkidle")
    stays(lambda: address_of(again) == REPORTED, what="the page stays open for an hour", for_s=0.5)


def test_new_tab_redirect_frame_old_report_and_a_child(chromium: Chromium) -> None:
    tab = chromium.context.new_page()
    tab.goto(f"https://{LISTED_BEFORE}/links.html")
    stays(lambda: LISTED_BEFORE in address_of(tab), what="an old report blocks nothing", for_s=0.7)

    page = chromium.site("links.html")
    page.evaluate(
        """address => {
            const frame = document.createElement("iframe");
            frame.src = address;
            document.body.append(frame);
        }""",
        REPORTED,
    )
    stays(
        lambda: address_of(page).endswith("/links.html"),
        what="a frame takes no page away",
        for_s=0.7,
    )

    options = chromium.own_page("options")
    options.get_by_text(chromium.message("options_audience_under_13"), exact=True).click()
    options.get_by_text(chromium.message("options_kept")).wait_for()
    with chromium.context.expect_page() as opening:
        page.evaluate("address => { open(address, '_blank', 'noopener'); }", REPORTED)
    alone = opening.value
    wait_for_ours(alone)
    assert alone.get_by_text(chromium.message("blocked_adult")).is_visible()
    assert not alone.locator("#pass").is_visible()
    tabs = len(chromium.pages)
    alone.locator("#back").click()
    wait_for(lambda: len(chromium.pages) == tabs - 1, what="the tab to close")


def test_service_off_blocks_nothing(chromium: Chromium, service: RunningService) -> None:
    manifest = chromium.profile / "NativeMessagingHosts" / f"{NATIVE_HOST_NAME}.json"
    manifest.rename(manifest.with_suffix(".aside"))  # nobody starts it again
    service.kill()
    page = chromium.context.new_page()
    page.goto(REPORTED)
    stays(lambda: address_of(page) == REPORTED, what="browsing goes on", for_s=1.0)
