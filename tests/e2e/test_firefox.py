"""Firefox does all that Chromium does, from the very same extension folder.

One browser for the whole file: each test opens its own page, and leaves the service running.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from e2e.pasted_picture import GIVE, MONEY, png
from e2e.pictures import SCREENS
from e2e.zalo_chat import CODE, OPENING, WATCHED
from harness.chromium import LIKE_A_BANK, Scheme, message
from harness.firefox import ADDRESS, Firefox, Keys, firefox
from harness.qr_picture import qr_picture
from harness.service_process import RunningService
from harness.stub_service import HEARS, running_stub
from harness.waiting import stays, wait_for
from notalone.browsers import MANIFEST_FILE

STRICT = "default-src 'none'; script-src 'none'; style-src 'none'"
STRANGERS = itertools.count(1000)
OPEN_PANEL = ".panel:popover-open"
LISTED = "vnpost-giaohang.example"


@pytest.fixture(scope="module")
def browser(shared_service: RunningService, site_port: int) -> Iterator[Firefox]:
    with firefox(home=shared_service.home, site_port=site_port) as running:
        running.record_requests()
        yield running


def wait_for_state(browser: Firefox, state: str) -> None:
    """Be on the popup until it says *state*."""
    browser.own_page("popup")
    line = browser.message(f"page_state_{state}")
    browser.wait_until(
        lambda: browser.text("#state-line") == line, what=f"{line!r} in the popup", within_s=60
    )


def receive(browser: Firefox, *texts: str) -> None:
    for text in texts:
        browser.run("chat.receive(arguments[0])", text)


def open_zalo(browser: Firefox, *texts: str) -> None:
    """A chat of its own: what an earlier test's stranger showed is remembered with that one."""
    browser.zalo()
    browser.run(
        "document.querySelector('.msg-item.selected').setAttribute('anim-data-id', arguments[0])",
        f"u{next(STRANGERS)}",
    )
    receive(browser, *texts)


def test_it_pairs_by_native_messaging_and_says_so(browser: Firefox) -> None:
    wait_for_state(browser, "on")
    on = {"title": browser.message("state_on"), "badge": ""}
    wait_for(lambda: browser.icon() == on, what="the icon to say that it is on")


def test_practice_page_warns_of_the_lure_and_not_of_the_harmless_talk(browser: Firefox) -> None:
    browser.own_page("practice")
    mother = "#story-list button[value=mother]"
    browser.wait_until(lambda: browser.text(mother), what="the stories to choose from")
    browser.click(mother)
    browser.click("#all")
    calm = browser.message("practice_level_no_information")
    browser.wait_until(
        lambda: calm in browser.text("#happening"), what="the harmless verdict", within_s=60
    )
    assert browser.inside("button") == []

    browser.click("#story-list button[value=police]")
    browser.click("#all")
    assert browser.wait_inside("button.main").text == browser.message("card_tell")


@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_card_stands_beside_the_message_also_where_the_page_allows_no_styles(
    browser: Firefox, scheme: Scheme
) -> None:
    browser.use_scheme(scheme)
    open_zalo(browser, OPENING)
    browser.run(
        """const policy = document.createElement("meta");
        policy.httpEquiv = "Content-Security-Policy";
        policy.content = arguments[0];
        document.head.append(policy);""",
        STRICT,
    )
    assert browser.inside("*") == [], "no sign for a greeting"
    receive(browser, CODE)
    card = browser.wait_inside(".card")
    assert CODE in card.text.replace("\n", ""), "the card quotes the message"
    paper = card.value_of_css_property("background-color")
    assert paper == {"light": "rgb(252, 245, 249)", "dark": "rgb(41, 31, 38)"}[scheme]
    assert browser.run("return chat.newest().lastElementChild.shadowRoot") is None
    browser.picture(SCREENS / f"firefox-card.vi.{scheme}.png")
    browser.use_scheme("light")


def test_watched_lure_shows_a_chip_that_opens_the_small_window_and_copies(
    browser: Firefox,
) -> None:
    open_zalo(browser, WATCHED)
    chip = browser.wait_inside("button.chip")
    assert chip.text == browser.message("card_chip")
    with browser.opened("the tell page", lambda: browser.press_inside("button.chip")):
        browser.wait_until(
            lambda: browser.run("return document.querySelector('#why-list li') !== null"),
            what="the reason to come along",
        )
        assert browser.run("return document.title") == browser.message("tell_window_title")
        assert browser.is_small_window()
        browser.type_into("#note", " Con Mây")
        note = browser.run("return document.querySelector('#note').value")
        browser.click("#copy")
        browser.wait_until(lambda: browser.text("#copied"), what="the note to be copied")
        browser.picture(SCREENS / "firefox-tell.vi.light.png")
        browser.close_by_key(Keys.ESCAPE)
    browser.own_page("popup")
    browser.paste_into("#paste")
    pasted = browser.run("return document.querySelector('#paste').value")
    assert pasted == note
    assert pasted.endswith(" Con Mây")


def test_second_press_brings_the_same_window_forward_also_after_a_sleep(browser: Firefox) -> None:
    open_zalo(browser, WATCHED)
    chat = browser.marionette.current_window_handle
    with browser.opened("the tell page", lambda: browser.press_inside("button.chip")):
        browser.wait_until(lambda: browser.text("#first-action"), what="the tell page to be ready")
        open_now = set(browser.marionette.window_handles)
        browser.put_to_sleep()
        browser.marionette.switch_to_window(chat)
        browser.press_inside("button.chip")
        wait_for(lambda: browser.background() == "running", what="the event page to wake")
        stays(
            lambda: set(browser.marionette.window_handles) == open_now,
            what="one window, where a note may be half written",
        )


def test_listed_link_has_a_badge_that_explains_itself(browser: Firefox) -> None:
    browser.site("links.html")
    assert browser.wait_inside("button.badge").text == browser.message("card_badge_reported")
    browser.press_inside("button.badge")
    said = browser.wait_inside(OPEN_PANEL).text
    assert LISTED in said
    assert browser.run("return location.pathname") == "/links.html", "no link was followed"
    browser.press_key(Keys.ESCAPE)
    wait_for(lambda: browser.inside(OPEN_PANEL) == [], what="the panel to close")


def test_event_page_that_sleeps_is_woken_by_the_next_message(browser: Firefox) -> None:
    open_zalo(browser, OPENING)
    wait_for(lambda: browser.background() == "running", what="the event page to be at work")
    browser.put_to_sleep()
    receive(browser, CODE)
    browser.wait_inside(".card")
    assert browser.background() == "running"


def test_pages_are_told_their_words_in_the_language_that_was_chosen(browser: Firefox) -> None:
    browser.own_page("popup")
    browser.put_to_sleep()
    ask = """
        const [language] = arguments;
        return browser.storage.local.set({ options: { language } })
            .then(() => browser.runtime.sendMessage({ type: "page_options" }))
            .then(({ words }) => words?.card_tell ?? null);
    """
    assert browser.run(ask, "en") == message("card_tell", "en")
    assert browser.run(ask, "browser") is None


def test_popup_looks_at_what_is_pasted(browser: Firefox) -> None:
    wait_for_state(browser, "on")
    browser.type_into("#paste", WATCHED)
    browser.click("#look")
    danger = browser.message("popup_level_danger")
    browser.wait_until(lambda: browser.text("#answer-level") == danger, what="the answer")
    assert browser.text("#answer-reasons")


def test_card_stands_below_a_password_field_on_a_page_with_a_borrowed_name(
    browser: Firefox,
) -> None:
    browser.site("fields.html", host=LIKE_A_BANK)
    card = browser.wait_inside(".card")
    assert browser.message("card_field_password") in card.text
    browser.type_into("#password", "mat-khau")
    assert browser.run("return document.querySelector('#password').value") == "mat-khau"


@pytest.mark.parametrize("how", ("make()", f"go('https://{LIKE_A_BANK}/vcb.apk')"))
def test_app_that_a_script_takes_gets_its_card_in_the_corner(browser: Firefox, how: str) -> None:
    browser.site("fields.html", host=LIKE_A_BANK)
    browser.run("fields.clear()")
    browser.run(f"fields.take.{how}")
    card = browser.wait_inside(".corner .title")
    assert card.text == browser.message("card_field_app")


def test_frame_of_another_site_with_a_borrowed_name_gets_its_card(browser: Firefox) -> None:
    browser.site("fields.html")
    browser.run("fields.frame(arguments[0])", f"https://{LIKE_A_BANK}/fields.html")
    assert browser.wait_inside(".corner .title").text == browser.message("card_field_password")


def test_popup_reads_the_code_in_a_picture(browser: Firefox) -> None:
    wait_for_state(browser, "on")
    data = base64.b64encode(png(qr_picture(MONEY))).decode()
    browser.run(f"({GIVE})(arguments)", "drop", data, "anh.png", "image/png")
    browser.wait_until(lambda: "NGUYEN VAN A" in browser.text("#money"), what="what the code says")


def test_only_what_was_received_is_sent_never_what_is_typed(
    browser: Firefox, shared_service: RunningService, canary: str
) -> None:
    """The service is taken by one that keeps all it hears; the browser finds it by itself."""
    home = shared_service.home
    shared_service.stop()
    heard = home.folder / "heard.jsonl"
    with running_stub(home, {HEARS: str(heard)}):
        wait_for_state(browser, "on")
        open_zalo(browser)
        browser.type_into("#richInput", canary)
        browser.run("document.querySelector('#search').value = arguments[0]", canary)
        receive(browser, "lure")
        browser.wait_until(
            lambda: heard.exists() and '"lure"' in heard.read_text(), what="the message to be heard"
        )
        assert browser.run("return document.querySelector('#richInput').textContent").count(canary)
        stays(lambda: canary not in heard.read_text(), what="nothing typed is heard")
    assert "CANARY" not in heard.read_text(), "nor what stood in the fields before"
    shared_service.start()
    wait_for_state(browser, "on")


def test_service_that_is_off_shows_and_comes_back(
    browser: Firefox, shared_service: RunningService
) -> None:
    wait_for_state(browser, "on")
    open_zalo(browser, OPENING)
    # Without its manifest nothing starts the service again: "off" stays to be seen.
    manifest = shared_service.home.folder / ".mozilla" / "native-messaging-hosts" / MANIFEST_FILE
    aside = manifest.rename(manifest.with_suffix(".aside"))
    shared_service.kill()
    wait_for(lambda: browser.icon()["badge"] == "!", what="the icon to say so", within_s=60)
    browser.own_page("popup")
    assert browser.wait_until(lambda: browser.text("#state-mend"), what="how to mend it")
    browser.own_page("tell")
    assert browser.wait_until(
        lambda: browser.run("return document.querySelector('#note').value"),
        what="the note, with the service off",
    )
    aside.rename(manifest)
    browser.own_page("popup")
    browser.wait_until(lambda: browser.text("#state-line"), what="the state")
    browser.click("#state-retry")
    wait_for_state(browser, "on")
    open_zalo(browser, WATCHED)
    browser.wait_inside("button.chip", within_s=60)


def test_afterwards_no_page_of_ours_is_in_the_history_and_nobody_else_was_asked(
    browser: Firefox,
) -> None:
    browser.own_page("tell")
    listed = browser.listed_history()
    assert any("chat.zalo.me" in url for url in listed), "the history is written"
    assert not [url for url in listed if ADDRESS in url or "tell" in url]
    asked = {urlsplit(url) for url in browser.asked()}
    ours = {url.path for url in asked if url.hostname == "127.0.0.1"}
    assert ours == {"/v1/hello", "/v1/check", "/v1/pin", "/v1/qr"}
    # Firefox asks for its own settings, and gets no answer; we name no other host.
    sites = {"chat.zalo.me", "page.test", LIKE_A_BANK}
    others = {url.hostname or "" for url in asked} - {"127.0.0.1", *sites}
    assert {host for host in others if not host.endswith((".mozilla.com", ".mozilla.net"))} == set()
