"""A page whose own name is like a brand's: a calm card beside the password and beside the app."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from e2e.pictures import keep
from harness.chromium import BANK, LIKE_A_BANK, LISTED, Chromium, OpensChromium
from harness.closed_shadow import ClosedShadow
from harness.waiting import stays, wait_for

PASSWORD, APP = "card_field_password", "card_field_app"
CANARY = "CANARY-mat-khau"
FILE = f"https://{LIKE_A_BANK}/tai-ve/vcb.apk"


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


@pytest.mark.parametrize(
    ("host", "take"),
    (
        ("page.test", f"go('{FILE}')"),
        ("page.test", f"press('{FILE}')"),
        (LIKE_A_BANK, "go('https://page.test/vcb.apk')"),
        (LIKE_A_BANK, "make()"),
    ),
)
def test_app_that_a_script_takes_gets_its_card_in_the_corner(
    chromium: Chromium, host: str, take: str
) -> None:
    page = chromium.site("fields.html", host=host)
    page.evaluate("fields.clear()")
    page.evaluate(f"() => {{ fields.take.{take} }}")
    inside = chromium.inside(page)
    inside.wait_for_words(chromium.message(APP))
    assert inside.hosts() == 1
    page.evaluate("document.documentElement.lastElementChild.remove()")
    inside.wait_for_words(chromium.message(APP))  # taken away by the page: it comes back
    with chromium.context.expect_page() as opening:
        inside.press(chromium.message("card_tell"))
    opening.value.close()
    wait_for(lambda: chromium.dot(page) == "•", what="the dot on the icon", poll_s=0.2)


def test_page_that_is_an_app_by_its_own_address_and_one_that_takes_it_as_it_opens(
    chromium: Chromium,
) -> None:
    page = chromium.context.new_page()
    page.route(FILE, lambda route: route.fulfill(body="<h1>Tải</h1>", content_type="text/html"))
    page.goto(FILE)
    chromium.inside(page).wait_for_words(chromium.message(APP))

    page = chromium.context.new_page()
    script = f"<h1>Tải</h1><script>location.href = '{FILE}?v=2'</script>"
    page.route(
        "https://page.test/tai",
        lambda route: route.fulfill(body=script, content_type="text/html"),
    )
    page.goto("https://page.test/tai", wait_until="commit")
    chromium.inside(page).wait_for_words(chromium.message(APP))


def test_frame_of_another_site_with_a_borrowed_name_gets_its_card_and_an_unknown_one_none(
    chromium: Chromium,
) -> None:
    page = chromium.site("fields.html")
    inside = chromium.inside(page)
    page.evaluate("fields.frame('https://chat.zalo.me/fields.html')")
    stays(lambda: inside.hosts() == 0, what="no card for a frame nobody knows", for_s=1.5)
    page.evaluate(f"fields.frame('https://{LIKE_A_BANK}/fields.html')")
    said = inside.wait_for_words(chromium.message(PASSWORD)).replace("\n", "")
    assert LIKE_A_BANK in said
    page.evaluate("document.querySelector('iframe:last-of-type').remove()")
    wait_for(lambda: inside.hosts() == 0, what="the card to go with its frame")


def test_corner_card_fits_its_window(chromium: Chromium, open_beside: OpensChromium) -> None:
    large = open_beside(language="en", zoom=2.0)
    large.wait_until_on()
    for browser in (chromium, large):
        page = browser.site("fields.html")
        page.evaluate(f"fields.take.go('{FILE}')")
        inside = browser.inside(page)
        left, top, width, _ = inside.box(inside.wait(browser.message(APP)))
        size = page.viewport_size
        assert size is not None
        assert left >= 0
        assert top >= 0
        assert left + width <= size["width"]
        keep(page, f"corner.{browser.language}")
