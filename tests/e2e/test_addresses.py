"""What Chromium itself makes of disguised addresses is what we judge."""

from __future__ import annotations

from playwright.sync_api import Playwright

from harness.chromium import EXECUTABLE
from harness.disguised_urls import disguised_urls
from notalone.address import read_address

# No page is opened: only the browser's parser is asked.
READ = """urls => urls.map(url => {
    try { return new URL(url).hostname } catch { return null }
})"""


def test_disguised_addresses_are_read_as_chromium_reads_them(playwright: Playwright) -> None:
    disguised = list(disguised_urls(2_000, seed=7))
    browser = playwright.chromium.launch(executable_path=EXECUTABLE)
    try:
        opened = browser.new_page().evaluate(READ, [link.url for link in disguised])
    finally:
        browser.close()
    wrong = []
    for link, host in zip(disguised, opened, strict=True):
        if host is not None and "%20" in host:
            continue  # Chromium's own way with a blank, which no name may hold
        address = read_address(link.text)
        judged = address.host if address else None
        if judged != (host and host.removesuffix(".")):
            wrong.append((link.text, judged, host))
    assert wrong == []
