"""Sets and types a family's PIN as a parent does."""

from __future__ import annotations

from playwright.sync_api import Page

PIN = "482913"


def set_pin(options: Page) -> None:
    """Set PIN on the open page of options."""
    options.locator("#pin-first").fill(PIN)
    options.locator("#pin-again").fill(PIN)
    options.locator("#pin-again").press("Enter")
    options.locator("#pin-there").wait_for()


def type_pin(page: Page, pin: str) -> None:
    """Answer the dialog that asks for it."""
    page.locator("#pin-typed").fill(pin)
    page.locator("#pin-typed").press("Enter")
