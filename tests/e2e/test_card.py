"""The sign beside a message on a chat page: where it stands, what it says, who may press it."""

from __future__ import annotations

from typing import Any

import pytest

from e2e.pictures import keep
from e2e.zalo_chat import ARMED_MS, CODE, DEMAND, OPENING, WATCHED, open_with_card, receive
from harness.chromium import Chromium, Scheme
from harness.closed_shadow import ClosedShadow
from harness.waiting import stays, wait_for
from notalone.reasons import SEEN_EARLIER

HURRY = "Em làm nhanh giúp chị nhé"  # by itself no reason for a card
PRACTICE = "Mai lớp mình học bù tiết Toán lúc"
MIN_CONTRAST = 7.0

# The WCAG 2.2 contrast of a text against the nearest painted box below it.
CONTRAST = """function () {
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const part = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    let box = this.parentElement;
    const ink = light(numbers(getComputedStyle(box).color));
    const clear = (b) => numbers(getComputedStyle(b).backgroundColor)[3] === 0;
    while (clear(box)) box = box.parentElement;
    const paper = light(numbers(getComputedStyle(box).backgroundColor));
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
}"""


def test_card_comes_with_the_message_that_completes_the_pattern(chromium: Chromium) -> None:
    page = chromium.zalo()
    inside = chromium.inside(page)
    receive(page, OPENING)
    stays(lambda: inside.hosts() == 0, what="no sign for a greeting", for_s=0.7)

    bubble = receive(page, CODE)
    tell = inside.wait(chromium.message("card_tell"), role="button")
    words = inside.text().replace("\n", "")
    assert CODE in words, "the card quotes the message"
    assert chromium.message("card_label_danger") in words
    assert inside.hosts() == 1

    text = page.locator(f"#{bubble} .card").bounding_box()
    assert text is not None
    _, top, width, _ = inside.box(tell)
    assert top >= text["y"] + text["height"], "below its message, turned the right way up"
    assert width > 0

    receive(page, DEMAND)
    stays(lambda: inside.hosts() == 1, what="one card, where it began", for_s=0.7)


def test_reasons_and_the_helpline_unfold(chromium: Chromium) -> None:
    page, inside = open_with_card(chromium)
    reasons = chromium.message("card_added")
    assert reasons not in inside.text()
    page.wait_for_timeout(ARMED_MS)
    inside.press(chromium.message("card_why"))
    inside.wait_for_words(reasons)
    assert "any.secrecy_parents" not in inside.text(), "a rule's name is no reading for a child"
    inside.press(chromium.message("card_why"))
    wait_for(lambda: reasons not in inside.text(), what="the reasons to fold again")


def test_keyboard_alone_reaches_the_tell_page(chromium: Chromium) -> None:
    page, inside = open_with_card(chromium)
    page.wait_for_timeout(ARMED_MS)
    tell = inside.wait(chromium.message("card_tell"), role="button")
    inside.cdp.send("DOM.focus", {"backendNodeId": tell.node})
    with chromium.context.expect_page() as opening:
        page.keyboard.press("Enter")
    assert opening.value.url.endswith("/pages/tell.html")


def test_watched_lure_shows_one_neutral_word_only(chromium: Chromium) -> None:
    page = chromium.zalo()
    receive(page, WATCHED)
    inside = chromium.inside(page)
    inside.wait(chromium.message("card_chip_label"), role="button")
    assert inside.text().strip() == chromium.message("card_chip")


@pytest.mark.parametrize(
    "texts",
    (
        pytest.param(
            (
                "Con ăn cơm chưa, tối mẹ về muộn nhé",
                "Đừng nói với bố nhé con, mai sinh nhật bố rồi, mẹ con mình làm bánh",
                "Mẹ chuyển cho con 50k ăn sáng rồi đấy",
            ),
            id="mother",
        ),
        pytest.param(
            (
                "VCB: ma OTP cua quy khach la 482913. "
                "Tuyet doi khong cung cap ma nay cho bat ky ai.",
            ),
            id="bank",
        ),
        pytest.param(
            ("mai kiểm tra toán chương mấy", "chương 3 nha, ôn cái đề cô gửi á", "ok tks m"),
            id="classmates",
        ),
    ),
)
def test_ordinary_talk_shows_nothing(chromium: Chromium, texts: tuple[str, ...]) -> None:
    page = chromium.zalo()
    inside = chromium.inside(page)
    receive(page, *texts)
    stays(lambda: inside.hosts() == 0, what="no sign in ordinary talk", for_s=1.5)


def test_page_can_neither_read_nor_press_the_card(chromium: Chromium) -> None:
    page, inside = open_with_card(chromium)
    page.wait_for_timeout(ARMED_MS)
    pages = len(chromium.pages)
    readable = page.evaluate(
        """() => {
            const hosts = [chat.newest().lastElementChild];
            for (const host of hosts) {
                for (let times = 0; times < 100; times += 1) {
                    host.click();
                    for (const type of ["pointerdown", "mousedown", "click", "keydown"])
                        host.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
                }
            }
            const isOpen = (host) => host.shadowRoot !== null || host.textContent !== "";
            return hosts.map((host) => isOpen(host) || host.offsetHeight === 0);
        }"""
    )
    assert readable == [False]
    stays(lambda: len(chromium.pages) == pages, what="no tell window", for_s=0.7)
    assert inside.hosts() == 1


def test_card_that_the_page_removes_comes_back(chromium: Chromium) -> None:
    page, inside = open_with_card(chromium)
    page.evaluate("() => chat.newest().lastElementChild.remove()")
    inside.wait(chromium.message("card_tell"), role="button")


def test_a_word_that_is_little_by_itself_says_what_was_seen_before_it(chromium: Chromium) -> None:
    page, inside = open_with_card(chromium)
    receive(page, *(f"{PRACTICE} {number}h" for number in range(60)), HURRY)
    page.evaluate("chat.open('u200'); chat.open('u100')")  # on coming back the newest are read
    inside.wait_for_words(SEEN_EARLIER.why.vi)
    keep(page, "card-earlier.vi")
    page.wait_for_timeout(ARMED_MS)
    inside.press(chromium.message("card_why"))
    inside.wait_for_words("Tin này giục bạn")  # what it does itself stands below


def test_another_conversation_begins_without_a_card(chromium: Chromium) -> None:
    page, inside = open_with_card(chromium)
    page.evaluate("chat.open('u200')")
    receive(page, "Mẹ về muộn nhé")
    wait_for(lambda: inside.hosts() == 0, what="the card to go")
    stays(lambda: inside.hosts() == 0, what="no card for the mother", for_s=0.7)


def test_monstrous_messages_do_not_hide_the_lure(chromium: Chromium) -> None:
    page = chromium.zalo()
    inside = chromium.inside(page)
    page.evaluate("() => chat.receive('chuyển khoản '.repeat(80000))")
    page.evaluate("() => chat.receive('a\\ud800b')")
    page.evaluate(
        """() => {
            const words = document.querySelector(`#${chat.receive("sâu")} .text`);
            let deepest = words;
            for (let depth = 0; depth < 80; depth += 1)
                deepest = deepest.appendChild(document.createElement("b"));
            for (let tag = 0; tag < 30000; tag += 1) words.append(document.createElement("i"));
        }"""
    )
    receive(page, CODE, DEMAND)
    inside.wait(chromium.message("card_tell"), role="button", within_s=60)


def contrasts(inside: ClosedShadow) -> dict[str, float]:
    """The contrast of every run of text in the closed roots."""
    found: dict[str, float] = {}
    for seen in inside.everything():
        if seen.role != "StaticText" or not seen.name.strip():
            continue
        handle: Any = inside.cdp.send("DOM.resolveNode", {"backendNodeId": seen.node})["object"]
        answer: Any = inside.cdp.send(
            "Runtime.callFunctionOn",
            {
                "objectId": handle["objectId"],
                "functionDeclaration": CONTRAST,
                "returnByValue": True,
            },
        )
        found[seen.name] = answer["result"]["value"]
    return found


@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_every_word_of_the_card_stands_out(chromium: Chromium, scheme: Scheme) -> None:
    page, inside = open_with_card(chromium)
    page.emulate_media(color_scheme=scheme)
    page.wait_for_timeout(ARMED_MS)
    inside.press(chromium.message("card_why"))
    inside.wait_for_words(chromium.message("card_added"))
    measured = contrasts(inside)
    assert len(measured) > 8
    weak = {words: ratio for words, ratio in measured.items() if ratio < MIN_CONTRAST}
    assert not weak
