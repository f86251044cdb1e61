"""A page whose own name is like a brand's: a calm card beside the password and beside the app."""

from __future__ import annotations

from playwright.sync_api import Page

from harness.chromium import BANK, LIKE_A_BANK, LISTED, Chromium
from harness.closed_shadow import ClosedShadow
from harness.waiting import stays, wait_for

PASSWORD, APP = "card_field_password", "card_field_app"
CANARY = "CANARY-mat-khau"


def top_of(inside: ClosedShadow, words: str) -> float:
    """Where *words* begin, from the top of the document."""
    top = inside.box(inside.wait(words))[1]
    return top + float(inside.page.evaluate("scrollY"))


def bottom_of(page: Page, selector: str) -> float:
    """Where the element ends, from the top of the document."""
    bottom = "element => element.getBoundingClientRect().bottom + scrollY"
    return float(page.locator(selector).evaluate(bottom))


def test_cards_stand_below_the_field_and_the_link_and_leave_typing_alone(
    chromium: Chromium,
) -> None:
    page = chromium.site("fields.html", host=LIKE_A_BANK)
    inside = chromium.inside(page)
    password, app = chromium.message(PASSWORD), chromium.message(APP)
    said = inside.wait_for_words(password).replace("\n", "")
    assert f"giống vietcombank.com.vn nhưng tên miền thật là {LIKE_A_BANK}." in said
    assert chromium.message(f"{PASSWORD}_do") in said
    inside.wait_for_words(app)
    assert inside.hosts() == 2

    assert bottom_of(page, "#password") <= top_of(inside, password) < bottom_of(page, "#app")
    assert bottom_of(page, "#app") <= top_of(inside, app)

    page.locator("#password").press_sequentially(CANARY)
    assert page.locator("#password").input_value() == CANARY
    assert CANARY not in inside.text()

    with chromium.context.expect_page() as opening:
        inside.press(chromium.message("card_tell"))
    tell = opening.value
    tell.locator("#why summary").click()
    assert tell.locator("#why .names mark").first.inner_text() == "rn"
    assert CANARY not in tell.content()
    tell.close()

    # The next step of a single-page site: the form goes, a code is asked for in a shadow root.
    page.evaluate("fields.clear()")
    wait_for(lambda: inside.hosts() == 0, what="the cards to go with their field")
    page.evaluate("fields.askForCode()")
    inside.wait_for_words(password)
    assert inside.hosts() == 1
    page.evaluate("document.querySelector('#more > div').shadowRoot.lastElementChild.remove()")
    inside.wait_for_words(password)  # taken away by the page: it comes back


def test_a_reported_page_has_one_and_neither_the_bank_itself_nor_an_unknown_site(
    chromium: Chromium,
) -> None:
    for host in (BANK, "page.test"):
        page = chromium.site("fields.html", host=host)
        inside = chromium.inside(page)
        stays(lambda: inside.hosts() == 0, what=f"no card on {host}", for_s=1.5)  # noqa: B023

    # Reported, and gone through to.
    chromium.worker.evaluate(
        "site => chrome.storage.session.set({ passes: [[site, Date.now() + 3_600_000]] })", LISTED
    )
    page = chromium.site("fields.html", host=LISTED)
    chromium.inside(page).wait_for_words(chromium.message(PASSWORD))

    # Only danger: a name alone is less.
    options = chromium.own_page("options")
    options.get_by_text(chromium.message("options_strictness_calm"), exact=True).click()
    options.get_by_text(chromium.message("options_kept")).wait_for()
    page = chromium.site("fields.html", host=LIKE_A_BANK)
    inside = chromium.inside(page)
    stays(lambda: inside.hosts() == 0, what="no card for a name alone", for_s=1.5)
