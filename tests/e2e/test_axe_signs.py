"""Card, chip, badge and help against WCAG 2.2 AA, and what a screen reader meets in a shipped one.

The shipped signs stand in closed roots, where axe cannot look: the same scripts run here on a bare
page whose roots are opened for it. Pictures of them lie in tests/output/screens.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

from e2e.pictures import SCREENS
from e2e.test_axe import EVERYTHING, LOOKS, found_on
from e2e.zalo_chat import CODE, open_with_card
from harness import chromium as browsers
from harness.chromium import EXTENSION, Chromium, Language

SCRIPTS = ("extract", "sign_style", "sight", "sign", "comparison", "reasons", "warning", "help")
TALK = "Vụ án này bảo mật, em không được kể với bố mẹ"
REASON = {
    "rule": "any.keep_secret",
    "signal": "SECRECY",
    "stage": "secrecy",
    "message": "m1",
    "quote": "không được kể với bố mẹ",
    "start": TALK.index("không"),
    "end": len(TALK),
    "why": {
        "vi": "Tin này bảo bạn giữ kín với người nhà hoặc thầy cô.",
        "en": "This message tells you to keep it from your family or teachers.",
    },
    "source": "https://congan.example/canh-bao/2026",
    "added": "2026-11-22",
    "compare": None,
}
VERDICT = {
    "id": "conversation",
    "level": "danger",
    "lure": "fake_authority",
    "severity": 4,
    "watched": False,
    "stages": [],
    "signals": [],
    "reasons": [REASON],
    "title": {
        "vi": "Tin này giống kiểu giả danh công an",
        "en": "This looks like somebody who pretends to be the police",
    },
    "first_action": {
        "vi": "Bạn có quyền tắt máy. Công an thật không điều tra qua điện thoại.",
        "en": "You may hang up. Real police do not question people on the phone.",
    },
    "levels": {},
    "by_message": None,
    "help": False,
}
OPEN_ROOTS = """const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) {
    return attach.call(this, { ...how, mode: "open" });
};
globalThis.chrome = { i18n: { getMessage: (key) => WORDS[key]?.message ?? key } };"""
SHOW = """([verdict, talk]) => {
    const { warning, help } = khongMotMinh;
    const seen = { texts: new Map([["m1", talk]]), beside: "m1" };
    const actions = { tell() {}, notSo() {}, close() {} };
    const caution = { ...verdict, level: "caution" };
    const told = { ...verdict, help: true };
    const [card, chip] = [{ neutral: false, mine: true }, { neutral: true, mine: false }];
    const signs = [
        warning.makeCard(document, verdict, seen, actions),
        warning.makeCard(document, caution, seen, actions),
        warning.makeChip(document, verdict, actions),
        help.makeHelp(document, told, actions, card),
        help.makeHelp(document, told, actions, chip),
    ];
    for (const { host, root } of signs) {
        document.querySelector("#chat").append(host);
        for (const part of root.querySelectorAll("[hidden]:not(.chip)")) part.hidden = false;
    }
    const badges = [verdict, caution].map((one) => warning.makeBadge(document, one, actions));
    const links = [...document.querySelectorAll("#links a")];
    badges.forEach(({ host }, at) => links[at].after(host));
    globalThis.panel = badges[0].root.querySelector(".panel");
}"""
PAGE = """<!doctype html><html lang="%s" dir="%s"><head><title>Chat</title>
<meta name="viewport" content="width=device-width"><style>
    html { color-scheme: light dark } body { margin: 8px; font: 15px/1.5 sans-serif }
</style></head><body><main><h1>Chat</h1><div id="chat"></div>
<p id="links">Tin: <a href="https://a.example">a.example</a> va
<a href="https://b.example">b.example</a> het.</p></main></body></html>"""
AROUND = ("<h1", '<p id="links"', '<a href="https://a.example', '<a href="https://b.example')
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def plain(playwright: Playwright) -> Iterator[Browser]:
    """A browser without the extension."""
    browser = playwright.chromium.launch(executable_path=browsers.EXECUTABLE)
    yield browser
    browser.close()


def show_signs(
    plain: Browser, language: Language, *, width: int, direction: str = "ltr", zoom: float = 1
) -> Page:
    """A page of *width* CSS pixels with one of each sign, unfolded."""
    page = plain.new_page(
        viewport={"width": int(width / zoom), "height": 900}, device_scale_factor=zoom
    )
    page.set_content(PAGE % (language, direction))
    words = (EXTENSION / "_locales" / language / "messages.json").read_text("utf-8")
    page.evaluate(f"() => {{ const WORDS = {words}; {OPEN_ROOTS} }}")
    for name in SCRIPTS:
        page.evaluate((EXTENSION / "content" / f"{name}.js").read_text("utf-8"))
    page.evaluate(SHOW, [json.loads(json.dumps(VERDICT)), TALK])
    return page


@pytest.mark.parametrize("language", ("vi", "en"))
def test_axe_finds_nothing_in_any_sign(plain: Browser, language: Language) -> None:
    page = show_signs(plain, language, width=1100)
    against: list[str] = []
    for scheme, rules in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        against += against_signs(page, rules)
        page.screenshot(path=picture(f"signs.{language}.{scheme}"), full_page=True)
    page.evaluate("panel.removeAttribute('popover')")  # axe cannot see what lies below a popover
    against += against_signs(page, EVERYTHING)
    page.close()
    assert against == []


def against_signs(page: Page, rules: list[str]) -> list[str]:
    """What axe has against our signs on *page*; the page around them is not ours."""
    return [
        f"{rule}: {html}"
        for rule, nodes in found_on(page, rules)
        for html in nodes
        if not html.startswith(AROUND)
    ]


@pytest.mark.parametrize(
    ("name", "how"),
    (
        ("narrow", {"width": 320}),
        ("zoomed", {"width": 640, "zoom": 2}),
        ("from-right-to-left", {"width": 700, "direction": "rtl"}),
    ),
)
def test_signs_fit_the_page_and_read_from_left_to_right(
    plain: Browser, name: str, how: dict[str, Any]
) -> None:
    page = show_signs(plain, "vi", **how)
    page.screenshot(path=picture(f"signs-{name}.vi.light"), full_page=True)
    assert page.evaluate(TOO_WIDE) <= 0, "nobody should have to scroll sideways"
    cut = """[...document.querySelectorAll("#chat > div")].flatMap(({ shadowRoot }) =>
        [...shadowRoot.querySelectorAll("button, a, p, q")].filter((part) => {
            const { left, right, width } = part.getBoundingClientRect();
            return width > 0 && (left < 0 || right > innerWidth + 1);
        }).map(({ textContent }) => textContent))"""
    assert page.evaluate(cut) == []
    first = """(() => { const [{ shadowRoot }] = document.querySelectorAll("#chat > div");
        return getComputedStyle(shadowRoot.querySelector(".title")).direction; })()"""
    assert page.evaluate(first) == "ltr", "Vietnamese and English words, whatever the page is"
    page.close()


def test_high_contrast_keeps_shapes_and_words_apart(plain: Browser) -> None:
    page = show_signs(plain, "vi", width=600)
    page.emulate_media(forced_colors="active", contrast="more")
    page.screenshot(path=picture("signs-contrast.vi.light"), full_page=True)
    borders = """[...document.querySelectorAll("#chat > div")].slice(0, 2).map(({ shadowRoot }) =>
        getComputedStyle(shadowRoot.querySelector(".card")).borderInlineStartWidth)"""
    danger, caution = page.evaluate(borders)
    assert danger != caution
    page.close()


def picture(name: str) -> str:
    SCREENS.mkdir(parents=True, exist_ok=True)
    return str(SCREENS / f"{name}.png")


def test_a_screen_reader_meets_the_shipped_card_in_order(chromium: Chromium) -> None:
    page, inside = open_with_card(chromium)
    seen = inside.everything()
    say = chromium.message
    [card] = [one for one in seen if one.role == "region"]
    [alert] = [one for one in seen if one.role == "alert"]
    assert card.name, "a name that tells what it is about"
    assert card.name in inside.text()
    places = [seen.index(card), seen.index(alert)]
    assert places == sorted(places)
    [quote] = [one for one in seen if one.role == "blockquote"]
    assert quote.name == say("card_said")
    assert CODE in inside.text().replace("\n", "")
    buttons = [one for one in seen if one.role == "button"]
    order = [say(f"card_{key}") for key in ("fold", "tell", "call_111", "why")]
    assert [one.name for one in buttons] == order
    assert not [one for one in seen if one.role == "image"], "the shape is for eyes alone"

    inside.cdp.send("DOM.focus", {"backendNodeId": buttons[0].node})
    met = [focused(inside.cdp)]
    for _ in order[1:]:
        page.keyboard.press("Tab")
        met.append(focused(inside.cdp))
    assert met == order, "the keyboard goes as the eye does"


def focused(cdp: Any) -> str:
    """The name of what the keyboard stands on."""
    nodes = cdp.send("Accessibility.getFullAXTree")["nodes"]
    on = [
        node["name"]["value"]
        for node in nodes
        if node["role"]["value"] == "button"
        and any(each["name"] == "focused" for each in node.get("properties", ()))
    ]
    return str(on[-1]) if on else ""
