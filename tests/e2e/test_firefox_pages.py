"""Our own pages in Firefox: each opens without a complaint, takes the keyboard, does its work.

One browser for the whole file, in Vietnamese and light, then in English and dark.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from e2e.pictures import SCREENS
from e2e.zalo_chat import CODE, OPENING, WATCHED
from harness.chromium import LISTED, Language, Scheme
from harness.firefox import Firefox, Keys, firefox
from harness.service_process import RunningService
from harness.waiting import wait_for
from notalone import pairing_code

LOOKS: tuple[tuple[Language, Scheme], ...] = (("vi", "light"), ("en", "dark"))
FOCUSED = "return document.activeElement.id"


@pytest.fixture(scope="module")
def running(shared_service: RunningService, site_port: int) -> Iterator[Firefox]:
    with firefox(home=shared_service.home, site_port=site_port) as started:
        started.wait_until_on()
        started.record_complaints()
        yield started


@pytest.fixture(scope="module", params=LOOKS, ids="-".join)
def look(running: Firefox, request: pytest.FixtureRequest) -> Scheme:
    """The language is chosen by the keyboard on the options page, and takes effect at once."""
    language: Language
    scheme: Scheme
    language, scheme = request.param
    running.use_scheme(scheme)
    open_own(running, "options")
    running.reach("[name=language]:checked")
    chosen = "return document.querySelector('[name=language]:checked').value"
    for _ in range(("browser", "vi", "en").index(language)):
        if running.run(chosen) != language:
            running.press_key(Keys.ARROW_DOWN)
    running.language = language
    title = running.message("options_title")
    running.wait_until(lambda: running.text("h1") == title, what="the page in that language")
    on = running.message("state_on")
    wait_for(lambda: running.icon()["title"] == on, what="the icon in that language")
    return scheme


@pytest.fixture
def browser(running: Firefox, look: Scheme) -> Iterator[Firefox]:
    assert look
    yield running
    assert running.complaints() == []


def keep(browser: Firefox, look: Scheme, name: str) -> None:
    """Take the page, and hold it to what every page must do."""
    browser.picture(SCREENS / f"firefox-{name}.{browser.language}.{look}.png", full_page=True)
    assert browser.run("return document.documentElement.lang") == browser.language
    root = "document.documentElement"
    assert browser.run(f"return {root}.scrollWidth <= {root}.clientWidth"), "nothing sticks out"
    empty = """return [...document.querySelectorAll("[data-i18n]")]
        .filter((element) => !element.textContent.trim()).map((element) => element.dataset.i18n)"""
    assert browser.run(empty) == []


def open_own(browser: Firefox, page: str) -> None:
    """Go to one of our pages, and wait until it has its words: then it takes presses as well."""
    browser.own_page(page)
    browser.wait_until(lambda: browser.text("h1"), what=f"the words of {page}")


def wait_for_text(browser: Firefox, selector: str, key: str) -> None:
    words = browser.message(key)
    browser.wait_until(lambda: browser.text(selector) == words, what=f"{words!r} in {selector}")


def press(browser: Firefox, selector: str, key: str = Keys.ENTER) -> None:
    browser.reach(selector)
    browser.press_key(key)


def test_welcome_leads_through_its_three_screens(browser: Firefox, look: Scheme) -> None:
    open_own(browser, "welcome")
    wait_for_text(browser, "#state-line", "page_state_on")
    keep(browser, look, "welcome")
    press(browser, "#next")
    press(browser, "[value=mother]", Keys.SPACE)
    assert browser.text("#note")
    keep(browser, look, "welcome-people")
    press(browser, "#next")
    assert browser.text("#screen-3 h2") == browser.message("welcome_try")
    keep(browser, look, "welcome-try")


def test_options_switch_a_site_off_and_on_again(browser: Firefox, look: Scheme) -> None:
    first = browser.marionette.current_window_handle
    with browser.opened(
        "the chat", lambda: browser.window("zalo.html", host="chat.zalo.me")
    ) as chat:
        browser.run("for (const text of arguments[0]) chat.receive(text)", [OPENING, CODE])
        browser.wait_inside(".card")

        browser.marionette.switch_to_window(first)
        open_own(browser, "options")
        browser.reach("#site")
        browser.type_into("#site", "zalo.me")
        browser.press_key(Keys.ENTER)
        wait_for_text(browser, "#kept", "options_kept")
        keep(browser, look, "options")
        browser.marionette.switch_to_window(chat)
        wait_for(lambda: browser.inside("*") == [], what="the sign to go")

        browser.marionette.switch_to_window(first)
        open_own(browser, "options")
        press(browser, "#sites button")
        wait_for(lambda: browser.run(FOCUSED) == "site", what="the focus not to be lost")
        browser.marionette.switch_to_window(chat)
        browser.wait_inside(".card")


def test_popup_answers_what_is_pasted(browser: Firefox, look: Scheme) -> None:
    open_own(browser, "popup")
    wait_for_text(browser, "#state-line", "page_state_on")
    keep(browser, look, "popup")
    browser.type_into("#paste", WATCHED)
    press(browser, "#look")
    wait_for_text(browser, "#answer-level", "popup_level_danger")
    keep(browser, look, "popup-danger")


def test_note_is_copied_and_the_page_closes_kindly(browser: Firefox, look: Scheme) -> None:
    open_own(browser, "tell")
    browser.wait_until(
        lambda: browser.run("return document.querySelector('#note').value"), what="the note"
    )
    press(browser, "#copy")
    wait_for_text(browser, "#copied", "tell_copied")
    press(browser, "#show-code")
    keep(browser, look, "tell")
    press(browser, "#told")
    wait_for_text(browser, "#thanks", "tell_thanks")
    assert browser.run(FOCUSED) == "thanks"
    keep(browser, look, "tell-told")
    press(browser, "#closing [data-later]")
    keep(browser, look, "tell-cover")


def test_frightening_call_is_answered_with_one_thing_to_do(browser: Firefox, look: Scheme) -> None:
    open_own(browser, "popup")
    with browser.opened("the questions", lambda: press(browser, "#on-the-phone")) as phone:
        wait_for_text(browser, "#question", "phone_ask_authority")
        assert browser.is_small_window()
        keep(browser, look, "phone-question")
        press(browser, "#no")
        press(browser, "#yes")
        browser.wait_until(lambda: browser.text("#todo"), what="what to do")
        assert browser.run(FOCUSED) == "todo"
        keep(browser, look, "phone-todo")
        with browser.opened("the note", lambda: press(browser, "#tell")):
            browser.wait_until(lambda: browser.text("#first-action"), what="the tell page")
            browser.wait_until_closed(phone)


def test_parents_page_goes_to_the_printer(browser: Firefox, look: Scheme) -> None:
    open_own(browser, "parents")
    browser.run("window.print = () => { document.body.dataset.printed = 'yes'; }")
    press(browser, "#print")
    assert browser.run("return document.body.dataset.printed") == "yes"
    keep(browser, look, "parents")


def test_reported_page_gives_way_and_back_leads_back(browser: Firefox, look: Scheme) -> None:
    browser.site("zalo.html")
    browser.run("location.href = arguments[0]", f"https://{LISTED}/links.html")
    wait_for_text(browser, "h1", "blocked_title")
    assert browser.text("#site") == LISTED
    keep(browser, look, "blocked")
    press(browser, "#back")
    browser.wait_until(
        lambda: browser.marionette.get_url() == "https://page.test/zalo.html", what="the way back"
    )


def test_pair_page_takes_a_code_from_the_terminal(browser: Firefox, look: Scheme) -> None:
    open_own(browser, "pair")
    browser.reach("#code")
    browser.type_into("#code", "K7QF-M2XD-9VTH")
    press(browser, "#connect")
    wait_for_text(browser, "#answer", "pair_answer_refused")
    keep(browser, look, "pair-refused")
    browser.run("document.querySelector('#code').value = ''")
    browser.type_into("#code", pairing_code.offer(browser.home.data))
    press(browser, "#connect")
    wait_for_text(browser, "#answer", "pair_answer_paired")
    keep(browser, look, "pair-paired")


def test_marked_words_are_answered_through_the_menu_of_the_right_button(
    browser: Firefox, look: Scheme
) -> None:
    browser.site("zalo.html")
    browser.run("chat.receive(arguments[0])", WATCHED)
    browser.run("getSelection().selectAllChildren(document.querySelector('[data-words]'))")
    check = browser.message("menu_check")
    with browser.opened("the answer", lambda: browser.choose_from_menu("[data-words]", check)):
        wait_for_text(browser, "#answer-level", "popup_level_danger")
        assert browser.run("return document.querySelector('#paste').value") == WATCHED
        assert browser.is_small_window()
        keep(browser, look, "menu")


def test_people_are_named_by_the_keyboard_and_told_then_all_is_erased(
    browser: Firefox, look: Scheme
) -> None:
    """Last of all: it leaves the browser as newly installed."""
    open_own(browser, "options")
    press(browser, "#helper-add")
    browser.type_into("#helper-name", "Lan")
    browser.type_into("#helper-phone", "113")
    browser.press_key(Keys.ENTER)
    wait_for_text(browser, "#helper-phone-wrong", "helper_wrong_emergency")
    browser.run("document.querySelector('#helper-phone').value = ''")
    browser.type_into("#helper-phone", "0900 000 001")
    keep(browser, look, "helper-form")
    browser.press_key(Keys.ENTER)
    lan = {"vi": "Mẹ Lan", "en": "Lan (Mum)"}[browser.language]
    browser.wait_until(lambda: browser.text("#helpers b") == lan, what="her in the list")
    keep(browser, look, "options-helpers")

    open_own(browser, "tell")
    browser.wait_until(lambda: browser.text("#people .helper") == lan, what="her first")
    press(browser, "#show-call")
    link = "return document.querySelector('#call-link').getAttribute('href')"
    assert browser.run(link) == "tel:0900000001"
    keep(browser, look, "tell-helper-call")

    open_own(browser, "options")
    browser.wait_until(lambda: browser.text("#helpers b") == lan, what="her in the list")
    press(browser, "#erase")
    press(browser, "#erase-go")
    browser.wait_until(lambda: browser.text("#screen-1 h2"), what="the welcome page, whole")
    state = "return document.querySelector('#state').dataset.state"
    browser.wait_until(lambda: browser.run(state) == "on", what="it to be paired anew")
    open_own(browser, "options")  # in the browser's own language again
    browser.wait_until(
        lambda: browser.run("return !document.querySelector('#no-helpers').hidden"),
        what="nobody in the list",
    )
    chosen = "return document.querySelector('[name=language]:checked').value"
    assert browser.run(chosen) == "browser"
