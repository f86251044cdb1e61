"""Plays the practice page as a parent or a teacher does."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from harness.chromium import Chromium
from harness.closed_shadow import ClosedShadow


@dataclass(slots=True)
class Practice:
    """The practice page with one story chosen."""

    browser: Chromium
    page: Page
    inside: ClosedShadow
    played: int = field(default=0)

    @classmethod
    def open(cls, browser: Chromium, story: str) -> Practice:
        """Open the page and choose *story* (`police`, `task`, `fakebank`, `mother`, `bank` …)."""
        page = browser.own_page("practice")
        page.locator(f"#story-list button[value={story}]").click()
        return cls(browser, page, browser.inside(page))

    @property
    def is_over(self) -> bool:
        return self.page.locator("#next").is_disabled()

    def next(self) -> str:
        """Play one message and wait for the verdict in words; the level it speaks of."""
        self.page.locator("#next").click()
        self.played += 1
        lines = {
            level: self.browser.message(f"practice_level_{level}")
            for level in ("no_information", "help", "caution", "danger", "unreachable")
        }
        started = self.browser.message("practice_count").split("$")[0].strip()
        self.page.wait_for_function(
            """([start, played, lines]) => {
                const said = document.querySelector("#happening").textContent;
                const isThisOne = said.startsWith(`${start} ${played} `);
                return isThisOne && lines.some((line) => said.includes(line));
            }""",
            arg=[started, self.played, list(lines.values())],
            timeout=60_000,
        )
        said = self.page.locator("#happening").inner_text()
        return next(level for level, line in lines.items() if line in said)

    def play_all(self) -> list[str]:
        """Play what is left; the level after each message."""
        levels = []
        while not self.is_over:
            levels.append(self.next())
        return levels

    def text_of(self, number: int) -> str:
        """The words of message *number*, from 1."""
        return self.page.locator("#practice-chat li .text").nth(number - 1).inner_text()

    def messages_up_to_card(self) -> list[Locator]:
        """The messages from the first to the one that carries the card."""
        everything = self.page.locator("#practice-chat > li").all()
        carrying = [
            index for index, item in enumerate(everything) if item.locator("> div").count() > 0
        ]
        return everything[: carrying[0] + 1]

    def shows_card(self) -> bool:
        return bool(self.inside.find("", role="region") or self.inside.text())
