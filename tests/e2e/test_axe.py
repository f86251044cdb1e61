"""axe-core finds nothing against WCAG 2.2 AA on our pages, in the states that a child meets.

The pages' own policy lets no script in, so axe is put in through the debugger. Signs in closed
shadow roots are out of its reach; test_card.py measures those.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from e2e.helpers import HAI, HOA, LAN, name_helper
from e2e.pasted_picture import MONEY, give, png
from e2e.pin import set_pin
from e2e.reported_page import open_reported
from e2e.test_screens import LURE
from harness.chromium import Chromium, Language, OpensChromium, Scheme
from harness.qr_picture import qr_picture
from harness.service_process import REPOSITORY

AXE = (REPOSITORY / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast"]
LOOKS: tuple[tuple[Scheme, list[str]], ...] = (("light", EVERYTHING), ("dark", COLOURS))
RUN = """axe.run({ runOnly: %s, resultTypes: ["violations", "incomplete"] })
    .then(({ violations, passes, incomplete }) => ({
        found: [...violations, ...incomplete.filter(({ id }) => id === "color-contrast")]
            .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        passes: passes.length,
    }))"""


def found_on(page: Page, rules: list[str]) -> list[Any]:
    """What axe has against *page* as it stands now; a contrast it cannot tell counts as too low."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": AXE})
    answer = debugger.send(
        "Runtime.evaluate",
        {"expression": RUN % rules, "awaitPromise": True, "returnByValue": True},
    )
    debugger.detach()
    assert "exceptionDetails" not in answer, answer
    said: dict[str, Any] = answer["result"]["value"]
    assert said["passes"], "axe has looked at something"
    found: list[Any] = said["found"]
    return found


def states(browser: Chromium) -> Iterator[tuple[str, Page]]:
    """Every page of ours, in every state that shows other things; each is closed afterwards."""
    tell = browser.own_page("tell")
    yield "tell", tell
    tell.locator("#show-code").click()
    tell.locator("#copy").click()
    yield "tell, code", tell
    tell.locator("#people").get_by_text(browser.message("tell_person_other")).click()
    yield "tell, somebody else", tell
    tell.locator("#people").get_by_text(browser.message("tell_person_helpline")).click()
    yield "tell, 111", tell
    tell.locator("#told").click()
    tell.locator("#keep summary").click()
    yield "tell, told", tell
    tell.locator("#closing [data-later]").click()
    yield "tell, covered", tell
    phone = browser.own_page("phone")
    yield "phone, question", phone
    phone.locator("#yes").click()
    phone.locator("#yes").click()
    yield "phone, answer", phone
    yield "parents", browser.own_page("parents")
    popup = browser.own_page("popup")
    yield "popup", popup
    popup.locator("#paste").fill(LURE[browser.language])
    popup.locator("#look").click()
    popup.locator("#answer[data-level=danger]").wait_for()
    yield "popup, warning", popup
    give(popup, "paste", png(qr_picture(MONEY)))
    popup.locator("#money").wait_for()
    yield "popup, money", popup
    yield "practice", browser.own_page("practice")
    blocked = open_reported(browser)
    blocked.locator("#through summary").click()
    yield "blocked", blocked
    options = browser.own_page("options")
    options.locator("#site").fill("lop-hoc.example")
    options.keyboard.press("Enter")
    options.locator("#sites button").wait_for()
    options.keyboard.press("Enter")
    yield "options", options
    options.locator("#helper-add").click()
    options.locator("#helper-relation").select_option("other")
    options.locator("dialog .main").click()
    yield "options, a person's form", options
    options.locator("dialog [type=button]").click()
    for known in (LAN, HOA, HAI):
        name_helper(options, known)
    yield "options, people", options
    options.locator("#erase").click()
    yield "options, erase", options
    options.locator("dialog .main").click()
    telling = browser.own_page("tell")
    telling.locator(".helper").first.wait_for()
    telling.locator("#show-call").click()
    telling.locator("#edit-people").click()
    telling.locator("#people-list button").nth(1).click()
    yield "tell, people", telling
    telling.locator("#told").click()
    telling.locator("#calls-list button").first.click()
    yield "tell, told, people", telling
    calling = browser.own_page("phone")
    for answer in ("#yes", "#no", "#yes"):
        calling.locator(answer).click()
    yield "phone, people", calling
    options.locator("#pin-new").wait_for()
    set_pin(options)
    options.locator("[name=audience][value=adult]").check(force=True)
    options.locator("#pin-typed").wait_for()
    yield "options, PIN", options
    welcome = browser.own_page("welcome")
    yield "welcome", welcome
    welcome.locator("#next").click()
    welcome.locator("[value=mother]").click()
    yield "welcome, people", welcome
    welcome.locator("#next").click()
    yield "welcome, try", welcome
    pair = browser.own_page("pair")
    yield "pair", pair
    pair.locator("#code").fill("K7QF")
    pair.keyboard.press("Enter")
    pair.locator("#answer").wait_for()
    yield "pair, no code", pair


@pytest.mark.parametrize("language", ("vi", "en"))
def test_axe_finds_nothing_on_any_page(open_beside: OpensChromium, language: Language) -> None:
    browser = open_beside(language=language)
    browser.wait_until_on()
    against: list[tuple[str, str, Any]] = []
    for name, page in states(browser):
        for scheme, rules in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            against += [(name, scheme, one) for one in found_on(page, rules)]
    assert against == []
