"""Two names lined up in a real browser: whatever an address holds, whose it is can be seen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from harness.chromium import Chromium

LONG = ".".join(["a" * 50] * 3)
# Every address is invented, and nobody can register it.
ADDRESSES = {
    "https://vietcornbank-xacthuc.example/otp": "vietcornbank-xacthuc.example",
    "https://vietc\u043embank.example/otp": "vietc\u043embank.example",
    "https://vietcombank.com.vn.login-abc.example/otp": "login-abc.example",
    f"https://vietcombank.com.vn.{LONG}.login-abc.example/otp": "….login-abc.example",
    f"https://vietcombank-{'x' * 51}.example/otp": f"vietcombank-{'x' * 51}.example",
    "https://vietcombank.\u05e9\u05dc\u05d5\u05dd.example/otp": "xn--9dbne9b.example",
    "https://vi\u200betcombank-kyc.example/otp": "vietcombank-kyc.example",
}

# Where the letters of both names stand, and whether any of them is outside the box or the window.
LAYOUT = """names => {
    const [like, actual] = names.querySelectorAll("bdi");
    const box = names.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(actual);
    const outside = [...range.getClientRects()].filter(({ left, right, top, bottom }) =>
        left < box.left || right > box.right || top < box.top || bottom > box.bottom);
    return {
        lefts: [like, actual].map((name) => name.getBoundingClientRect().left),
        letters: [like, actual].map((name) => getComputedStyle(name).fontSize),
        widths: ["i", "m"].map((letter) => {
            const probe = like.cloneNode();
            probe.style.cssText = "flex: none; position: absolute";
            probe.textContent = letter;
            like.after(probe);
            const { width } = probe.getBoundingClientRect();
            probe.remove();
            return width;
        }),
        outside: outside.length + (box.right > document.documentElement.clientWidth),
        marked: [...actual.querySelectorAll("mark")].map((mark) => mark.textContent),
    };
}"""


def look_at(page: Page, text: str) -> None:
    page.locator("#paste").fill(text)
    page.locator("#look").click()
    page.locator("#answer .names").first.wait_for()


@pytest.mark.parametrize("width", (340, 180), ids=("popup", "popup at 200 %"))
def test_names_begin_below_each_other_and_end_in_sight(chromium: Chromium, width: int) -> None:
    popup = chromium.own_page("popup")
    popup.set_viewport_size({"width": width, "height": 560})
    for address, ends in ADDRESSES.items():
        look_at(popup, address)
        names = popup.locator("#answer .names")
        assert names.count() == 1, "the same two names once"
        seen: dict[str, Any] = names.evaluate(LAYOUT)
        assert seen["lefts"][0] == seen["lefts"][1]
        assert seen["letters"][0] == seen["letters"][1]
        assert seen["widths"][0] == seen["widths"][1], "one width for every letter"
        assert seen["outside"] == 0, f"{address} is not seen whole"
        assert seen["marked"]
        assert names.locator("bdi").last.inner_text().endswith(ends)
        too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert popup.evaluate(too_wide) <= 0, f"{address} makes the popup scroll sideways"


def test_the_sentence_says_both_names_to_whoever_cannot_see_the_marks(chromium: Chromium) -> None:
    popup = chromium.own_page("popup")
    look_at(popup, "https://vietcornbank.example/otp")
    heard = popup.locator("#answer").aria_snapshot()
    assert (
        "giống vietcombank.com.vn nhưng tên miền thật là vietcornbank.example. "
        "Ở đây «rn» đứng thay cho «m»." in heard
    )
    assert chromium.message("compare_link") not in heard, "the picture is not read out as well"


def test_names_reach_the_tell_window(chromium: Chromium) -> None:
    popup = chromium.own_page("popup")
    look_at(popup, "https://vietcornbank.example/otp")
    with chromium.context.expect_page() as opening:
        popup.locator("#answer-tell").click()
    tell = opening.value
    tell.locator("#why summary").click()
    assert tell.locator("#why .names mark").first.inner_text() == "rn"


def test_badge_of_a_link_tells_whose_it_is(chromium: Chromium) -> None:
    page = chromium.site("links.html")
    inside = chromium.inside(page)
    address = f"https://vietcombank.com.vn.{LONG}.login-abc.example/otp"
    page.evaluate("href => document.querySelector('#harmless').setAttribute('href', href)", address)
    inside.press(chromium.message("card_badge_danger"))
    said = inside.wait_for_words(
        "giống vietcombank.com.vn nhưng tên miền thật là login-abc.example."
    )
    assert ".login-abc.example»" in said, "what is quoted keeps its end"
    assert LONG not in said
