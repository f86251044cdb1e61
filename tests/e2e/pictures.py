"""Pictures for people to look at, a screen and a theme each; they lie in tests/output/screens."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Error, Page

from harness.chromium import Chromium, Scheme

OUTPUT = Path(__file__).resolve().parents[1] / "output"
SCREENS = OUTPUT / "screens"
FAILED = OUTPUT / "failed"
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def keep(page: Page, name: str, *, full_page: bool = False) -> None:
    """Take *page* in light and in dark, as *name*.light.png and *name*.dark.png."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.screenshot(path=SCREENS / f"{name}.{scheme}.png", full_page=full_page)


def keep_failed(browser: Chromium, test: str) -> str:
    """Take every tab of *browser* when *test* has failed, and say what each shows."""
    FAILED.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "-", test)[:100]
    lines = []
    for number, page in enumerate(browser.pages, start=1):
        path = FAILED / f"{name}.{number}.png"
        lines.append(f"{path.name}: {page.url}")
        try:
            page.screenshot(path=path, timeout=5_000)
            lines.append(page.inner_text("body", timeout=5_000))
        except Error as error:  # gone, or stuck: the others are still worth a look
            lines.append(str(error))
    return "\n".join(lines)
