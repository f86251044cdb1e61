"""Pictures for people to look at, a screen and a theme each; they lie in tests/output/screens."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from harness.chromium import Scheme

SCREENS = Path(__file__).resolve().parents[1] / "output" / "screens"
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def keep(page: Page, name: str, *, full_page: bool = False) -> None:
    """Take *page* in light and in dark, as *name*.light.png and *name*.dark.png."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.screenshot(path=SCREENS / f"{name}.{scheme}.png", full_page=full_page)
