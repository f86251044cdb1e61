"""Pictures of everything a family sees, for people to look at, and what must hold on each.

They lie in tests/output/screens afterwards; `make pictures` takes the README's into docs/.
"""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import FloatRect, Page

from e2e.helpers import HAI, HOA, HUNG, LAN, name_helper
from e2e.pasted_picture import MONEY, give, png
from e2e.pictures import SCHEMES, SCREENS
from e2e.pin import set_pin, type_pin
from e2e.practice import Practice
from e2e.reported_page import open_reported
from harness.chromium import (
    LIKE_A_BANK,
    Chromium,
    Language,
    OpensChromium,
    without_placeholders,
)
from harness.qr_picture import qr_picture
from harness.waiting import wait_for

LURE: dict[Language, str] = {
    "vi": "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ",
    "en": "This case is confidential. Do not tell your parents, move all your money to a safe "
    "account",
}

# The popup stands in a tab of its own here; this puts a chat that is read in front.
OVER_A_CHAT = """
    chrome.tabs.query = async () => [{ id: 1 }];
    const state = { silent: false, on: true, site: "https://chat.zalo.me/" };
    chrome.tabs.sendMessage = async () => state;
"""
# From the button above the names to the first of them, and between two lines of names; in pixels.
GAPS = """() => {
    const [button, names] = document.querySelectorAll("#edit-people, #people-row");
    const above = names.getBoundingClientRect().top - button.getBoundingClientRect().bottom;
    return [above, parseFloat(getComputedStyle(names).rowGap)];
}"""
BORROWED = "https://vietcombank.com.vn.dang-nhap.xac-thuc-abc.example/otp"  # invented


def whole(browser: Chromium, page: Page) -> bytes:
    """As `page.screenshot(full_page=True)`, in half the time: packed in haste, a larger file."""
    size = "({ width: {0}.scrollWidth, height: {0}.scrollHeight })"
    box: dict[str, float] = page.evaluate(size.replace("{0}", "document.documentElement"))
    how = {
        "format": "png",
        "optimizeForSpeed": True,
        "captureBeyondViewport": True,
        "clip": {"x": 0, "y": 0, "scale": browser.zoom, **box},
    }
    session = browser.context.new_cdp_session(page)
    answer = session.send("Page.captureScreenshot", how)
    session.detach()
    return base64.b64decode(answer["data"])


def keep(browser: Chromium, page: Page, name: str, *, full_page: bool = True) -> None:
    """Take *page* in light and in dark, and hold it to what every page must do."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    zoom = "-200" if browser.zoom == 2 else ""
    if full_page:
        page.evaluate("scrollTo(0, 0)")  # or what sticks to the top stands in the middle
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        picture = whole(browser, page) if full_page else page.screenshot()
        (SCREENS / f"{name}.{browser.language}{zoom}.{scheme}.png").write_bytes(picture)
    assert page.evaluate("document.documentElement.lang") == browser.language
    too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(too_wide) <= 0, "nobody should have to scroll sideways"
    empty = """[...document.querySelectorAll("[data-i18n]")]
        .filter((element) => !element.textContent.trim()).map((element) => element.dataset.i18n)"""
    assert page.evaluate(empty) == []


@pytest.mark.parametrize("zoom", (1.0, 2.0), ids=("100 %", "200 %"))
@pytest.mark.parametrize("language", ("vi", "en"))
def test_everything_a_family_sees(
    open_beside: OpensChromium, language: Language, zoom: float
) -> None:
    browser = open_beside(language=language, zoom=zoom)
    browser.wait_until_on()
    look_at_welcome(browser)
    look_at_blocked(browser)
    look_at_fields(browser)
    look_at_options(browser)
    look_at_practice_and_card(browser)
    look_at_names(browser)
    look_at_help(browser)
    look_at_tell(browser)
    look_at_phone_and_parents(browser)
    look_at_popup(browser)
    look_at_helpers(browser)
    look_at_pin(browser)  # last: it is in the way of what others change


def look_at_welcome(browser: Chromium) -> None:
    welcome = browser.own_page("welcome")
    welcome.locator("#state[data-state=on]").wait_for()
    keep(browser, welcome, "welcome")
    welcome.locator("#next").click()
    welcome.locator("[value=mother]").click()
    keep(browser, welcome, "welcome-people")
    welcome.locator("#next").click()
    keep(browser, welcome, "welcome-try")


def look_at_blocked(browser: Chromium) -> None:
    page = open_reported(browser)
    keep(browser, page, "blocked")
    page.locator("#through summary").click()
    keep(browser, page, "blocked-through")
    page.close()


def look_at_fields(browser: Chromium) -> None:
    """The cards on a page whose name is like a bank's: beside the password, beside the app."""
    page = browser.site("fields.html", host=LIKE_A_BANK)
    inside = browser.inside(page)
    for kind in ("password", "app"):
        inside.wait_for_words(browser.message(f"card_field_{kind}"))
    zoom = "-200" if browser.zoom == 2 else ""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        path = SCREENS / f"fields.{browser.language}{zoom}.{scheme}.png"
        page.screenshot(path=path, full_page=True)
    page.close()


def look_at_options(browser: Chromium) -> None:
    options = browser.own_page("options")
    options.locator("#site").fill("lop-hoc.example")
    options.keyboard.press("Enter")
    options.get_by_text(browser.message("options_kept")).wait_for()
    options.locator("#site").fill("?")
    options.keyboard.press("Enter")
    keep(browser, options, "options")


def look_at_practice_and_card(browser: Chromium) -> None:
    practice = Practice.open(browser, "police")
    keep(browser, practice.page, "practice")
    practice.play_all()
    practice.inside.wait(browser.message("card_tell"), role="button")
    keep(browser, practice.page, "practice-danger")
    if browser.zoom == 2:  # twice as many pixels, for the README
        picture_of_the_card(practice, "card")
    practice.inside.press(browser.message("card_why"))
    practice.inside.wait_for_words(browser.message("card_source"))
    keep(browser, practice.page, "practice-why")


def look_at_names(browser: Chromium) -> None:
    """Why a link is not what it looks like: both names, one over the other."""
    practice = Practice.open(browser, "fakebank")
    practice.play_all()
    practice.inside.press(browser.message("card_why"))
    practice.inside.wait_for_words(browser.message("card_source"))
    keep(browser, practice.page, "practice-names")
    practice.page.emulate_media(forced_colors="active")
    keep(browser, practice.page, "practice-names-forced")
    practice.page.emulate_media(forced_colors="none")
    if browser.zoom == 2:
        picture_of_the_card(practice, "names")


def picture_of_the_card(practice: Practice, name: str) -> None:
    """The message before the card, the message it quotes, and the card."""
    page, browser = practice.page, practice.browser
    page.set_viewport_size({"width": 560, "height": 1400})
    messages = practice.messages_up_to_card()[-2:]
    messages[-1].scroll_into_view_if_needed()
    boxes = [box for message in messages if (box := message.bounding_box())]
    top, bottom = boxes[0]["y"] - 4, boxes[-1]["y"] + boxes[-1]["height"] + 4
    clip: FloatRect = {"x": boxes[0]["x"] - 8, "y": top, "width": 480.0, "height": bottom - top}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=SCREENS / f"{name}.{browser.language}.{scheme}.png", clip=clip)


def look_at_help(browser: Chromium) -> None:
    """What opens for the child's own words: the card, the chip in a chat, and the note."""
    practice = Practice.open(browser, "telling")
    practice.play_all()
    with browser.context.expect_page() as opening:
        practice.inside.press(browser.message("help_tell"))
    keep(browser, practice.page, "practice-help")
    tell = opening.value
    tell.set_viewport_size({"width": int(460 / browser.zoom), "height": int(640 / browser.zoom)})
    trouble = browser.message("tell_first_trouble")
    tell.get_by_text(trouble).wait_for()
    keep(browser, tell, "tell-help")

    chat = browser.zalo()
    chat.evaluate("text => chat.send(text)", browser.message("practice_telling_4"))
    browser.inside(chat).wait(browser.message("card_chip_label"), role="button")
    for scheme in SCHEMES:
        chat.emulate_media(color_scheme=scheme)
        zoom = "-200" if browser.zoom == 2 else ""
        chat.screenshot(path=SCREENS / f"chat-help.{browser.language}{zoom}.{scheme}.png")


def small_window(browser: Chromium, name: str) -> Page:
    """One of our pages in the size that background/tell.js gives it."""
    page = browser.own_page(name)
    page.set_viewport_size({"width": int(460 / browser.zoom), "height": int(640 / browser.zoom)})
    return page


def look_at_tell(browser: Chromium) -> None:
    tell = small_window(browser, "tell")
    wait_for(lambda: tell.locator("#note").input_value(), what="the note to be ready")
    keep(browser, tell, "tell")
    tell.locator("#copy").click()
    tell.locator("#show-code").click()
    keep(browser, tell, "tell-code")
    tell.locator("#voices").get_by_text(browser.message("tell_voice_long")).click()
    tell.locator("#people").get_by_text(browser.message("tell_person_other")).click()
    keep(browser, tell, "tell-other")
    tell.locator("#people").get_by_text(browser.message("tell_person_helpline")).click()
    keep(browser, tell, "tell-111")
    tell.emulate_media(forced_colors="active")
    keep(browser, tell, "tell-forced", full_page=False)
    tell.emulate_media(forced_colors="none")
    tell.locator("#told").click()
    tell.locator("#keep summary").click()
    keep(browser, tell, "tell-told")
    tell.locator("#closing [data-later]").click()
    keep(browser, tell, "tell-cover", full_page=False)


def look_at_phone_and_parents(browser: Chromium) -> None:
    phone = small_window(browser, "phone")
    phone.locator("#question").get_by_text(browser.message("phone_ask_authority")).wait_for()
    keep(browser, phone, "phone-question", full_page=False)
    phone.locator("#yes").click()
    phone.locator("#yes").click()
    keep(browser, phone, "phone-go")
    phone.locator("#back").click()
    phone.locator("#no").click()
    phone.locator("#yes").click()
    keep(browser, phone, "phone-hang-up")
    keep(browser, small_window(browser, "parents"), "parents")


def look_at_helpers(browser: Chromium) -> None:
    """A family's people: named, told, called, and all of it erased."""
    options = browser.own_page("options")
    options.locator("#state[data-state=on]").wait_for()
    options.locator("#ages").wait_for()
    options.locator("#helper-add").click()
    options.locator("#helper-relation").select_option("other")
    options.locator("#helper-phone").fill("113")
    options.locator("#helper-mail").fill("lan@")
    options.locator("#helper-chat").fill("http://zalo.me/1")
    options.locator("dialog .main").click()
    keep(browser, options, "helper-form", full_page=False)
    options.locator("dialog [type=button]").click()
    for known in (LAN, HUNG, HOA, HAI):
        name_helper(options, known)
    keep(browser, options, "options-helpers")
    tell = small_window(browser, "tell")
    tell.locator(".helper").first.wait_for()
    above, between = tell.evaluate(GAPS)
    assert above >= between - 0.5, "the button above the names stands as far off as they do"
    keep(browser, tell, "tell-helpers")
    tell.locator("#show-call").click()
    keep(browser, tell, "tell-helper-call")
    tell.locator("#edit-people").click()
    tell.locator("#people-list button").nth(1).click()
    tell.locator("#people-list button:focus").wait_for()
    tell.locator("#people .helper").nth(2).click()
    keep(browser, tell, "tell-helper-hidden")
    tell.locator("#people-list button").nth(1).click()
    tell.locator("#told").click()
    tell.locator("#calls-list button").first.click()
    keep(browser, tell, "tell-told-helpers")
    phone = small_window(browser, "phone")
    for answer in ("#yes", "#no", "#yes"):
        phone.locator(answer).click()
    keep(browser, phone, "phone-helpers")
    if browser.zoom == 2:
        pictures_of_helpers(browser)
    options.bring_to_front()
    options.locator("#erase").click()
    keep(browser, options, "erase", full_page=False)
    options.evaluate("chrome.storage.local.remove('helpers')")


def pictures_of_helpers(browser: Chromium) -> None:
    """For the README: who is named in the options, and how the note offers them."""
    options, tell = browser.own_page("options"), browser.own_page("tell")
    options.set_viewport_size({"width": 560, "height": 900})
    tell.set_viewport_size({"width": 460, "height": 690})
    options.locator("#helpers li").first.wait_for()
    tell.locator(".helper").first.wait_for()
    ways = tell.locator("#way-buttons").bounding_box()
    assert ways
    clip: FloatRect = {
        "x": 0.0,
        "y": 0.0,
        "width": 460.0,
        "height": ways["y"] + ways["height"] + 12,
    }
    for scheme in SCHEMES:
        tell.emulate_media(color_scheme=scheme)
        tell.screenshot(path=SCREENS / f"note.{browser.language}.{scheme}.png", clip=clip)
    options.bring_to_front()
    for scheme in SCHEMES:
        options.emulate_media(color_scheme=scheme)
        picture = SCREENS / f"helpers.{browser.language}.{scheme}.png"
        options.locator("#family").screenshot(path=picture)


def look_at_popup(browser: Chromium) -> None:
    popup = browser.own_page("popup")
    popup.set_viewport_size({"width": 360, "height": 560})  # a popup keeps its width when zoomed
    popup.add_init_script(OVER_A_CHAT)
    popup.reload()
    popup.locator("#turn-off").wait_for()
    fresh = without_placeholders(browser.message("popup_lists_fresh"))
    assert fresh in popup.locator("#ages").inner_text()
    keep(browser, popup, "popup")
    if browser.zoom == 1:
        bottom = popup.evaluate("document.body.getBoundingClientRect().bottom")
        assert bottom <= 600, "browsers make no popup higher: the rest would have to be scrolled to"
    popup.locator("#paste").fill(LURE[browser.language])
    popup.locator("#look").click()
    popup.get_by_text(browser.message("popup_level_danger")).first.wait_for()
    keep(browser, popup, "popup-danger")
    popup.locator("#paste").fill(BORROWED)
    popup.locator("#look").click()
    popup.locator("#answer .names").wait_for()
    keep(browser, popup, "popup-names")
    give(popup, "paste", png(qr_picture(MONEY)))
    popup.locator("#money").wait_for()
    keep(browser, popup, "popup-money")
    give(popup, "paste", b"", "image/svg+xml")
    popup.get_by_text(browser.message("popup_picture_no_picture")).wait_for()
    keep(browser, popup, "popup-no-picture")


def look_at_pin(browser: Chromium) -> None:
    """The family's PIN: set, asked for, in the place of a reported page, and about to end."""
    options = browser.own_page("options")
    options.get_by_text(browser.message("options_audience_under_13"), exact=True).click()
    options.get_by_text(browser.message("options_kept")).wait_for()
    set_pin(options)
    keep(browser, options, "options-pin")
    options.locator("[name=audience][value=adult]").check(force=True)
    type_pin(options, "000000")
    options.get_by_text(browser.message("pin_wrong")).wait_for()
    keep(browser, options, "options-pin-asked", full_page=False)
    blocked = open_reported(browser)
    blocked.locator("#pin").wait_for()
    keep(browser, blocked, "blocked-pin")
    assert browser.home.run("pin", "reset").returncode == 0
    popup = browser.own_page("popup")
    popup.set_viewport_size({"width": 360, "height": 560})
    popup.locator("#pin-reset").wait_for()
    keep(browser, popup, "popup-pin-reset")
    options.bring_to_front()  # pages behind others are drawn once a second
    options.reload()
    options.locator("#pin-reset").wait_for()
    keep(browser, options, "options-pin-reset")
