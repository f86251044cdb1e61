"""A page that fights the sign: no attack makes a choice for the child, and the icon still tells.

The page can do what pages can: it sees the sign's host, may cover, fade, move, clone or remove it.
It cannot see in. Each attack is followed by the press of somebody who was led to press *here*, and
by the press of somebody who then sees the sign above everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from e2e.zalo_chat import ARMED_MS, receive
from harness.chromium import Chromium
from harness.closed_shadow import ClosedShadow, Seen
from harness.waiting import stays, wait_for

PRIZE = ("Chúc mừng bạn đã trúng thưởng xe máy", "Bạn đóng phí nhận quà 200k nhé")
NOTICE_MS = 400  # until the browser has told of what lies over a button: it looks every 100 ms
HOST = "const host = chat.newest().lastElementChild, row = chat.newest();"
LAYER = """const layer = document.body.appendChild(document.createElement("div"));
    layer.textContent = "Nhận quà ngay";"""

# What a page may do so that the child presses something else than it sees. The press still lands on
# the button: these are the dangerous ones.
LENDS_ITS_WORDS = {
    "a layer that lets presses through": LAYER
    + """layer.style = `position: fixed; inset: 0; z-index: 2147483647; background: white;
        pointer-events: none`;""",
    "a layer that blurs": LAYER
    + """layer.style = `position: fixed; inset: 0; z-index: 9; backdrop-filter: blur(30px);
        pointer-events: none`;""",
    "a popover": LAYER
    + """layer.popover = "manual"; layer.showPopover();
        layer.style = "inset: 0; width: 100%; height: 100%; pointer-events: none";""",
    "transparent": "row.style.opacity = '.001';",
    "a filter": "row.style.filter = 'contrast(0)';",
    "blended away": "row.style.mixBlendMode = 'difference';",
    "scaled": "row.style.transform = 'rotate(180deg) scale(1.2, 1)';",
    "important rules, inline": """row.style.setProperty("opacity", ".01", "important");
        host.style.setProperty("opacity", ".01", "important");
        host.style.setProperty("all", "unset", "important");""",
    "a stylesheet for everything": """const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { opacity: .4 !important; filter: blur(9px) !important }");
        document.adoptedStyleSheets = [sheet];""",
}

# What takes the sign out of sight, or out of reach: nothing of ours can be pressed.
HIDES = {
    "covered by what catches presses": LAYER
    + "layer.style = 'position: fixed; inset: 0; z-index: 9; background: white';",
    "a modal dialog": """const box = document.body.appendChild(document.createElement("dialog"));
        box.style = "width: 100%; height: 100%; max-width: none; max-height: none";
        box.showModal();""",
    "clipped": "row.style.clipPath = 'inset(0 0 100% 0)';",
    "inert": "row.inert = true;",
    "content-visibility": "row.style.contentVisibility = 'hidden';",
    "a shadow root of the page's around it": "host.parentElement.attachShadow({ mode: 'open' });",
    "no room": "row.style.cssText = 'height: 0; overflow: hidden';",
    "moved away": "row.style.translate = '-4000px';",
    "taken away at each change": """new MutationObserver((records) => {
        for (const { addedNodes } of records)
            for (const node of addedNodes)
                if (node.localName === "div" && node.attributes.length === 0) node.remove();
        }).observe(document.body, { childList: true, subtree: true });
        host.remove();""",
}


@pytest.fixture
def card(browser: Chromium) -> Iterator[tuple[Page, ClosedShadow]]:
    """A chat in which a caution stands, seen long enough; one that can be waved away."""
    page = browser.zalo()
    page.evaluate("chat.open('nobody knows')")  # a talk without a name is new on each page
    receive(page, *PRIZE)
    inside = browser.inside(page)
    inside.wait(browser.message("card_not_so"), role="button")
    page.wait_for_timeout(ARMED_MS)
    yield page, inside
    page.close()


def middle(inside: ClosedShadow, seen: Seen) -> tuple[float, float]:
    x, y, width, height = inside.box(seen)
    return x + width / 2, y + height / 2


def choices(browser: Chromium, inside: ClosedShadow) -> list[tuple[float, float]]:
    """Where the two buttons are that decide something."""
    names = [browser.message(key) for key in ("card_not_so", "card_tell")]
    return [middle(inside, inside.wait(name, role="button")) for name in names]


def is_lifted(inside: ClosedShadow) -> bool:
    """Whether the card stands above the page now."""
    buttons = [seen for seen in inside.everything() if seen.role == "button"]
    assert buttons, "the card is gone"
    first = {"backendNodeId": buttons[0].node}
    handle: Any = inside.cdp.send("DOM.resolveNode", first)["object"]
    answer: Any = inside.cdp.send(
        "Runtime.callFunctionOn",
        {
            "objectId": handle["objectId"],
            "functionDeclaration": "function () { return !!this.closest(':popover-open'); }",
            "returnByValue": True,
        },
    )
    return bool(answer["result"]["value"])


@pytest.mark.parametrize("attack", LENDS_ITS_WORDS)
def test_press_that_was_meant_for_something_else_decides_nothing(
    browser: Chromium, card: tuple[Page, ClosedShadow], attack: str
) -> None:
    page, inside = card
    pages = len(browser.pages)
    not_so, _ = choices(browser, inside)
    page.evaluate(f"() => {{ {HOST} {LENDS_ITS_WORDS[attack]} }}")
    page.wait_for_timeout(NOTICE_MS)
    page.mouse.click(*not_so)
    wait_for(lambda: is_lifted(inside), what="the card to stand above the page")
    assert inside.hosts() == 1, "it was not waved away"
    assert len(browser.pages) == pages

    with browser.context.expect_page() as opening:  # now it is really seen, and can be used
        inside.press(browser.message("card_tell"))
    opening.value.close()


@pytest.mark.parametrize("attack", HIDES)
def test_sign_that_cannot_be_seen_decides_nothing_and_the_icon_still_tells(
    browser: Chromium, card: tuple[Page, ClosedShadow], attack: str
) -> None:
    page, inside = card
    pages = len(browser.pages)
    places = choices(browser, inside)
    page.evaluate(f"() => {{ {HOST} {HIDES[attack]} }}")
    page.wait_for_timeout(NOTICE_MS)
    for place in places:
        page.mouse.click(*place)
    stays(lambda: len(browser.pages) == pages, what="no tell window", for_s=0.5)
    wait_for(lambda: browser.dot(page) == "•", what="the dot on the icon", poll_s=0.2)


def test_card_that_is_moved_under_the_finger_takes_no_press(
    browser: Chromium, card: tuple[Page, ClosedShadow]
) -> None:
    page, inside = card
    not_so, _ = choices(browser, inside)
    x, y = not_so[0] + 100, not_so[1] - 60
    page.mouse.move(x, y)
    page.evaluate(f"() => {{ {HOST} row.style.translate = '-100px 60px'; }}")  # in a turned list
    page.mouse.click(x, y)
    wait_for(lambda: is_lifted(inside), what="the card to stand above the page")
    assert inside.hosts() == 1, "it was not waved away"


def test_cover_that_is_drawn_away_just_before_the_press_makes_no_choice(
    browser: Chromium, card: tuple[Page, ClosedShadow]
) -> None:
    page, inside = card
    not_so, _ = choices(browser, inside)
    page.evaluate(f"() => {{ {LAYER} layer.style = 'position: fixed; inset: 0'; }}")
    page.wait_for_timeout(ARMED_MS)
    page.mouse.move(*not_so)
    page.evaluate("document.body.lastElementChild.remove()")
    page.mouse.click(*not_so)
    stays(lambda: inside.hosts() == 1, what="the card to stay", for_s=0.5)


def test_keys_that_the_page_leads_to_the_sign_make_no_choice(
    browser: Chromium, card: tuple[Page, ClosedShadow]
) -> None:
    page, inside = card
    pages = len(browser.pages)
    page.evaluate(
        f"""() => {{ {HOST}
            host.tabIndex = 0; host.accessKey = "x"; host.autofocus = true;
            host.setAttribute("role", "button"); host.focus();
            const label = document.createElement("label");
            host.replaceWith(label); label.append(host); label.click();
        }}"""
    )
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
    stays(lambda: len(browser.pages) == pages, what="no tell window", for_s=0.5)
    inside.wait(browser.message("card_not_so"), role="button")


def test_copies_and_look_alikes_do_nothing(
    browser: Chromium, card: tuple[Page, ClosedShadow]
) -> None:
    page, inside = card
    pages = len(browser.pages)
    words = browser.message("card_not_so")
    page.evaluate(
        f"""words => {{ {HOST}
            document.body.append(host.cloneNode(true), document.importNode(host, true));
            const fake = document.body.appendChild(document.createElement("div"));
            fake.attachShadow({{ mode: "open" }}).innerHTML = `<button>${{words}}</button>`;
            fake.id = "fake"; fake.style = "position: fixed; top: 0; left: 0; z-index: 9";
        }}""",
        words,
    )
    page.locator("#fake button").click()
    stays(lambda: len(browser.pages) == pages, what="no tell window", for_s=0.5)
    assert inside.hosts() == 1, "the copies hold nothing"


READING = """() => {
    const host = chat.newest().lastElementChild;
    const said = [host.textContent, host.innerText, host.shadowRoot?.textContent];
    said.push(host.getHTML({ serializableShadowRoots: true }));
    said.push(new XMLSerializer().serializeToString(document));
    const marked = () => said.push(String(getSelection()));
    for (const word of %s) {
        window.find(word);
        marked();
        for (const how of ["forward", "backward"])
            getSelection().modify("extend", how, "documentboundary");
        marked();
    }
    document.execCommand("selectAll");
    marked();
    document.addEventListener("copy", marked);
    document.execCommand("copy");
    const { left, top, width, height } = host.getBoundingClientRect();
    for (let down = 5; down < height; down += 20) {
        const [x, y] = [left + width / 4, top + down];
        const place = document.caretPositionFromPoint(x, y);
        const hits = [...document.elementsFromPoint(x, y), place?.offsetNode];
        said.push(hits.map((hit) => (hit === host ? "" : (hit?.shadowRoot?.textContent ?? ""))));
    }
    return said.join("\\n");
}"""


def test_page_scripts_cannot_read_what_the_sign_says(
    browser: Chromium, card: tuple[Page, ClosedShadow]
) -> None:
    page, inside = card
    own = [browser.message(key) for key in ("card_not_so", "card_tell", "card_label_caution")]
    for words in own:
        assert words in inside.text()
    read = page.evaluate(READING % own)
    assert PRIZE[1] in read, "the page reads its own words"
    assert [words for words in own if words in read] == []


def test_patched_prototypes_see_nothing(browser: Chromium) -> None:
    page = browser.context.new_page()
    page.add_init_script(
        """window.caught = [];
        for (const [owner, name] of [[Element, "attachShadow"], [Node, "appendChild"],
                [Element, "append"], [EventTarget, "addEventListener"],
                [HTMLElement, "showPopover"]]) {
            const own = owner.prototype[name];
            owner.prototype[name] = function (...what) {
                const told = own.apply(this, what);
                if (name === "attachShadow" || this.getRootNode?.() instanceof ShadowRoot)
                    window.caught.push(name);
                return told;
            };
        }"""
    )
    page.goto("https://chat.zalo.me/zalo.html")
    receive(page, *PRIZE)
    browser.inside(page).wait(browser.message("card_tell"), role="button")
    assert page.evaluate("window.caught") == []
    page.close()


def test_lifted_card_goes_back_to_its_message(
    browser: Chromium, card: tuple[Page, ClosedShadow]
) -> None:
    page, inside = card
    _, tell = choices(browser, inside)
    height = page.evaluate("chat.newest().offsetHeight")
    page.evaluate("() => { chat.newest().style.opacity = '.5'; }")
    page.wait_for_timeout(NOTICE_MS)
    page.mouse.click(*tell)
    wait_for(lambda: is_lifted(inside), what="the card to stand above the page")
    assert abs(page.evaluate("chat.newest().offsetHeight") - height) <= 1, "nothing jumps"
    page.mouse.click(600, 30)  # anywhere else
    wait_for(lambda: not is_lifted(inside), what="the card to be back")
    assert abs(page.evaluate("chat.newest().offsetHeight") - height) <= 1


def test_escape_folds_the_card_to_a_note_that_opens_again(
    browser: Chromium, card: tuple[Page, ClosedShadow]
) -> None:
    page, inside = card
    why = inside.wait(browser.message("card_why"), role="button")
    inside.cdp.send("DOM.focus", {"backendNodeId": why.node})
    page.keyboard.press("Escape")
    wait_for(
        lambda: inside.text().strip() == browser.message("card_chip"), what="one neutral word only"
    )
    page.keyboard.press("Enter")  # the keyboard stands on it
    inside.wait_for_words(browser.message("card_label_caution"))


PRESS = """async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.commands.onCommand.dispatch("open_note", tab);
}"""


def test_keyboard_shortcut_opens_the_note_about_what_stands_on_the_page(
    browser: Chromium, card: tuple[Page, ClosedShadow]
) -> None:
    page, _ = card
    keys = browser.worker.evaluate("chrome.commands.getAll()")
    assert [key["shortcut"] for key in keys if key["name"] == "open_note"] == ["Alt+Shift+K"]
    page.bring_to_front()
    with browser.context.expect_page() as opening:
        browser.worker.evaluate(PRESS)
    tell = opening.value
    assert tell.title() == browser.message("tell_window_title"), "a neutral name"
    tell.get_by_text(browser.message("tell_why")).click()
    tell.locator("#why-list q").first.wait_for()
    tell.close()


SOOTHES = "Máy in vậy thôi em, bấm tiếp đi"


def test_waved_away_caution_stays_away_after_a_reload_until_somebody_coaches(
    browser: Chromium,
) -> None:
    page = browser.zalo()  # in a conversation with a name
    receive(page, *PRIZE)
    inside = browser.inside(page)
    inside.press(browser.message("card_not_so"))
    wait_for(lambda: inside.hosts() == 0, what="the card to go")
    page.reload()
    receive(page, *PRIZE)
    stays(lambda: inside.hosts() == 0, what="no card after a reload", for_s=1.5)
    receive(page, SOOTHES)
    inside.wait(browser.message("card_not_so"), role="button")
    assert browser.message("card_label_caution") in inside.text(), "no more than it was"
    page.close()
