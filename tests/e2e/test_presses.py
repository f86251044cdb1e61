"""What the buttons of a sign do on a chat page, and what they must not do."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooLate

from e2e.zalo_chat import ARMED_MS, DEMAND, WATCHED, open_with_card, receive
from harness.chromium import Chromium
from harness.closed_shadow import ClosedShadow, Seen
from harness.waiting import stays, wait_for

PRIZE = ("Chúc mừng bạn đã trúng thưởng xe máy", "Bạn đóng phí nhận quà 200k nhé")
TOO_EARLY_MS = 450  # leaves the sign some of its 500 ms; the press is measured, not assumed
MOST_TRIES = 4  # a busy computer may be too slow to press too early

# What any page may do to the button itself, if it could reach it.
PRESS_BY_SCRIPT = """function () {
    this.click();
    for (const type of ["pointerdown", "mousedown", "mouseup", "pointerup", "click"])
        this.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, detail: 1 }));
    const enter = { key: "Enter", bubbles: true, composed: true };
    for (const type of ["keydown", "keyup"]) this.dispatchEvent(new KeyboardEvent(type, enter));
}"""

# Takes the card away; resolves when the extension has put a new one in its place, and from then
# on measures how old that card is when it is pressed.
RENEW_CARD = """() => new Promise((resolve) => {
    const host = (node) => node.localName === "div" && node.attributes.length === 0;
    const message = chat.newest();
    new MutationObserver((records, watching) => {
        const put = records.flatMap(({ addedNodes }) => [...addedNodes]).find(host);
        if (!put) return;
        const at = performance.now();
        watching.disconnect();
        window.pressedAfter = null;
        const measure = ({ target, isTrusted }) => {
            if (target === put && isTrusted) window.pressedAfter = performance.now() - at;
        };
        window.addEventListener("click", measure, { capture: true });
        resolve();
    }).observe(message, { childList: true });
    message.lastElementChild.remove();
})"""


def buttons(inside: ClosedShadow) -> list[Seen]:
    return [seen for seen in inside.everything() if seen.role == "button"]


def press_too_early(page: Page, *, x: float, y: float) -> None:
    """Press at this place while the card that stands there is younger than half a second."""
    for _ in range(MOST_TRIES):
        page.evaluate(RENEW_CARD)
        page.mouse.click(x, y)
        after = page.evaluate("window.pressedAfter")
        assert after is not None, "the press must hit the card"
        if after < TOO_EARLY_MS:
            return
        with suppress(TooLate):  # the press may have opened the tell window, and was allowed to
            page.context.wait_for_event("page", timeout=1000).close()
    raise AssertionError(f"no press within {TOO_EARLY_MS} ms in {MOST_TRIES} tries")


def test_card_that_appears_under_the_finger_takes_no_press(chromium: Chromium) -> None:
    page, inside = open_with_card(chromium)
    pages = len(chromium.pages)
    before = inside.text()
    middles = {}
    for button in buttons(inside):
        x, y, width, height = inside.box(button)
        middles[button.name] = (x + width / 2, y + height / 2)
    wanted = {chromium.message(f"card_{key}") for key in ("tell", "call_111", "why", "fold")}
    assert middles.keys() == wanted

    for name, (x, y) in middles.items():
        press_too_early(page, x=x, y=y)
        assert inside.text() == before, f"{name!r} was pressed too early and did something"
    stays(lambda: len(chromium.pages) == pages, what="no tell window", for_s=0.7)

    page.mouse.click(*middles[chromium.message("card_why")])  # the same place, once it is read
    inside.wait_for_words(chromium.message("card_added"))


def test_presses_made_by_a_script_do_nothing_at_any_time(chromium: Chromium) -> None:
    page, inside = open_with_card(chromium)
    pages = len(chromium.pages)
    before = inside.text()
    for wait_ms in (0, ARMED_MS):
        page.wait_for_timeout(wait_ms)
        for button in buttons(inside):
            handle = inside.cdp.send("DOM.resolveNode", {"backendNodeId": button.node})["object"]
            inside.cdp.send(
                "Runtime.callFunctionOn",
                {"objectId": handle["objectId"], "functionDeclaration": PRESS_BY_SCRIPT},
            )
            assert inside.text() == before, f"{button.name!r} was pressed by a script"
    stays(lambda: len(chromium.pages) == pages, what="no tell window", for_s=0.7)


def test_waved_away_caution_stays_away_but_a_danger_still_shows(chromium: Chromium) -> None:
    page = chromium.zalo()
    inside = chromium.inside(page)
    not_so = chromium.message("card_not_so")
    receive(page, *PRIZE)
    inside.wait(not_so, role="button")
    assert chromium.message("card_label_caution") in inside.text()
    inside.press(not_so)
    wait_for(lambda: inside.hosts() == 0, what="the card to go")
    receive(page, "Em ơi")
    stays(lambda: inside.hosts() == 0, what="no card after one more message", for_s=0.7)

    page.evaluate("chat.open('u200')")
    receive(page, *PRIZE)
    inside.wait(not_so, role="button")  # it was said of the other conversation only

    page.evaluate("chat.open('u100')")
    receive(page, *PRIZE)
    wait_for(lambda: inside.hosts() == 0, what="the card of the other conversation to go")
    stays(lambda: inside.hosts() == 0, what="no card on coming back", for_s=0.7)
    receive(page, DEMAND)
    inside.wait_for_words(chromium.message("card_label_danger"))
    assert inside.find(not_so) is None, "a danger cannot be waved away"


def test_neutral_chip_opens_the_tell_window_which_quotes_the_message(chromium: Chromium) -> None:
    page = chromium.zalo()
    receive(page, WATCHED)
    with chromium.context.expect_page() as opening:
        chromium.inside(page).press(chromium.message("card_chip_label"))
    tell = opening.value
    assert tell.url.endswith("/pages/tell.html"), "the address carries nothing"
    assert tell.title() == chromium.message("tell_window_title")

    tell.get_by_text(chromium.message("tell_why")).click()
    quotes = tell.locator("#why-list q")
    quotes.first.wait_for(state="visible")
    quoted = quotes.all_inner_texts()
    assert [words for words in quoted if words not in WATCHED] == []
    assert any("không được kể với bố mẹ" in words for words in quoted), quoted
    assert "kể với bố mẹ" not in tell.locator("#note").input_value(), "the note quotes nobody"
