"""What comes out of the tell page, as a person or a phone meets it."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Page

from harness.chromium import Chromium

# Keeps what the printer would get: the words that stand on the sheet at that moment.
CATCH_PRINTING = """() => {
    window.printed = [];
    window.print = () => window.printed.push(document.querySelector("#paper").innerText);
}"""


def pasted(browser: Chromium) -> str:
    """What Ctrl+V gives in some other page: the clipboard as a person meets it."""
    page: Page = browser.context.new_page()
    page.goto("data:text/html,<textarea autofocus></textarea>")
    page.locator("textarea").click()
    page.keyboard.press("Control+V")
    text = page.locator("textarea").input_value()
    page.close()
    return text


def scanned(page: Page, selector: str) -> str:
    """What a reader that is not ours sees in the picture on the screen."""
    picture = page.locator(selector).screenshot()
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert found, f"no code can be read in {selector}"
    text: str = found[0].text
    return text
