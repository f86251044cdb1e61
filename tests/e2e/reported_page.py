"""Opens a page on a list of reported addresses, as a press on a link does."""

from __future__ import annotations

from playwright.sync_api import Page

from harness.chromium import LISTED, Chromium

REPORTED = f"https://{LISTED}/links.html"
OURS = "/pages/blocked.html"


def follow(page: Page, address: str = REPORTED) -> None:
    """Leave *page* for *address*."""
    page.evaluate("address => { location.href = address; }", address)


def wait_for_ours(page: Page) -> None:
    """Wait until our page stands in place of the reported one, and says so."""
    page.wait_for_url(f"**{OURS}")
    page.locator("#heading:not(:empty)").wait_for()


def open_reported(browser: Chromium) -> Page:
    """A tab in which a reported page was to open."""
    page = browser.site("zalo.html")
    follow(page)
    wait_for_ours(page)
    return page
