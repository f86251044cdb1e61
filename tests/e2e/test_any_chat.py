"""Chats on any site, in frames and shadow roots, and in Gmail; and pages that are no chat."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Page

from e2e.pictures import keep
from harness.chromium import Chromium
from harness.waiting import stays, wait_for

CHIP = "card_chip_label"  # the lure's sender may be watching: a chip without one warning word
GREETING = "Chào em, chị bên shop đây"
LURE = "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"
MOTHER = ("Con ăn cơm chưa, tối mẹ về muộn nhé", "Mẹ chuyển cho con 50k ăn sáng rồi đấy")
CHATS = (("log", "page"), ("list", "page"), ("grid", "page"), ("log", "shadow"), ("log", "frame"))


# Remembers what the worker sends to the service from now on.
LISTEN = """() => {
    if (!self.really) {
        self.really = self.fetch;
        self.fetch = (url, how) => {
            self.sent.push(String(how?.body ?? ""));
            return self.really(url, how);
        };
    }
    self.sent = [];
}"""


# Every page of decoys.html at once, each in its own box; then a frame with a chat of one message.
SHOW_ALL = f"""() => {{
    const shown = document.getElementById("shown");
    for (const name of decoys.names) {{
        decoys.show(name);
        const box = document.createElement("section");
        box.append(...shown.childNodes);
        document.body.append(box);
    }}
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const chat = frame.contentDocument;
    const log = chat.createElement("div");
    log.setAttribute("role", "log");
    log.setAttribute("style", "overflow-y: auto; block-size: 200px");
    log.append(chat.createElement("p"));
    log.firstChild.textContent = "{GREETING}";
    chat.body.append(log, chat.createElement("textarea"));
    return decoys.names.length;
}}"""


@pytest.fixture
def chat(browser: Chromium) -> Iterator[Page]:
    with closing(browser.site("any_chat.html")) as page:
        yield page


def sent(browser: Chromium) -> str:
    """All that was sent to the service since LISTEN, a line a request."""
    return "\n".join(browser.worker.evaluate("self.sent"))


def messages_sent(browser: Chromium) -> list[str]:
    """The texts that were sent as messages since LISTEN."""
    requests = [json.loads(line) for line in sent(browser).splitlines() if line]
    return [one["text"] for request in requests for one in request.get("messages", ())]


@pytest.mark.parametrize(("kind", "where"), CHATS)
def test_lure_gets_its_sign_beside_the_message(
    browser: Chromium, chat: Page, kind: str, where: str
) -> None:
    chat.evaluate("([kind, where]) => chat.build(kind, {in: where})", [kind, where])
    inside = browser.inside(chat)
    chat.evaluate("text => chat.receive(text)", GREETING)
    chat.evaluate("text => { chat.receive(text) }", LURE)
    inside.wait(browser.message(CHIP), role="button")
    assert chat.evaluate("chat.newest().querySelector('div:not([class])') !== null"), "beside it"
    assert inside.hosts() == 1
    chat.evaluate("chat.rerender()")  # new rows, without our sign
    inside.wait(browser.message(CHIP), role="button")
    chat.evaluate("chat.clear()")
    wait_for(lambda: inside.hosts() == 0, what="the sign to go with its message")


def test_mother_gets_none(browser: Chromium, chat: Page) -> None:
    inside = browser.inside(chat)
    browser.worker.evaluate(LISTEN)
    for text in MOTHER:
        chat.evaluate("text => { chat.receive(text) }", text)
    wait_for(lambda: MOTHER[-1] in sent(browser), what="the messages to be read")
    stays(lambda: inside.hosts() == 0, what="no sign in ordinary talk", for_s=0.5)


def test_sides_are_told_from_where_bubbles_stand(browser: Chromium, chat: Page) -> None:
    browser.worker.evaluate(LISTEN)
    for text in ("Chào em", "Em tên gì thế, học lớp mấy rồi"):
        chat.evaluate("text => { chat.receive(text) }", text)
    for text in ("Dạ", "Em học lớp tám ạ, có gì không chị"):
        chat.evaluate("text => { chat.send(text) }", text)
    last = '"text":"Em học lớp tám ạ, có gì không chị","from_me":true'
    wait_for(lambda: last in sent(browser), what="my own words to count as mine")
    newest = sent(browser).splitlines()[-1]
    assert '"text":"Chào em","from_me":false' in newest
    assert '"text":"Dạ","from_me":true' in newest


def test_own_words_and_quotations_raise_nothing(browser: Chromium, chat: Page) -> None:
    browser.worker.evaluate(LISTEN)
    chat.evaluate("([text, quoted]) => { chat.reply(text, quoted) }", ["Ừ", LURE])
    wait_for(lambda: '"text":"Ừ"' in sent(browser), what="the reply to be read")
    assert LURE not in sent(browser)
    assert "CANARY" not in sent(browser), "what is being typed is nobody's business"


def test_pages_that_are_no_chat_are_not_read(browser: Chromium) -> None:
    with closing(browser.site("decoys.html")) as page:
        browser.worker.evaluate(LISTEN)
        assert page.evaluate(SHOW_ALL) > 12
        # A chat in a frame is looked for after everything in the page itself.
        wait_for(lambda: messages_sent(browser), what="the chat beside them to be read")
    assert messages_sent(browser) == [GREETING]


def test_mail_that_lures_gets_its_sign_above_its_words(browser: Chromium) -> None:
    with closing(browser.site("gmail.html", host="mail.google.com")) as page:
        inside = browser.inside(page)
        browser.worker.evaluate(LISTEN)
        page.evaluate("chat.open('18f00a', 'Giấy mời làm việc')")
        page.evaluate("text => { chat.receive(text) }", LURE)
        chip = inside.wait(browser.message(CHIP), role="button")
        _, top, _, _ = inside.box(chip)
        body = page.locator(".a3s").bounding_box()
        assert body is not None
        assert top < body["y"], "a long mail must not push the sign out of sight"
        assert "Giấy mời làm việc" in sent(browser), "the subject counts"
        page.evaluate("text => { chat.send('Sao vậy ạ?', {quoted: text}) }", LURE)
        wait_for(lambda: "Sao vậy" in sent(browser), what="the reply to be read")
        newest = sent(browser).splitlines()[-1]
        assert newest.count("không được kể") == 1, "a quotation is no new message"
        assert "CANARY" not in sent(browser)
        page.evaluate("chat.open('18f00b', 'Họp lớp')")
        page.evaluate("text => { chat.receive(text) }", MOTHER[0])
        wait_for(lambda: inside.hosts() == 0, what="the sign to stay with its thread")


def test_links_in_shadow_roots_and_frames_are_marked(browser: Chromium) -> None:
    with closing(browser.site("links.html")) as page:
        page.evaluate(
            """href => {
                const add = (root) => {
                    const anchor = root.ownerDocument.createElement("a");
                    anchor.href = href;
                    anchor.textContent = "Nhận quà";
                    root.append(anchor);
                };
                const host = document.createElement("div");
                add(host.attachShadow({ mode: "open" }));
                const frame = document.createElement("iframe");
                document.querySelector("#more").append(host, frame);
                add(frame.contentDocument.body);
            }""",
            "http://vnpost-giaohang.example/qua",
        )
        marked = """() => {
            const root = document.querySelector("#more div").shadowRoot;
            const inside = document.querySelector("#more iframe").contentDocument;
            const badge = (where) => where.querySelector("a").nextElementSibling;
            return [root, inside].every((where) => badge(where)?.offsetWidth > 20);
        }"""
        wait_for(lambda: page.evaluate(marked), what="both links to be marked")


def test_no_script_of_ours_runs_in_a_frame(browser: Chromium) -> None:
    with closing(browser.site("links.html")) as page:
        page.evaluate(
            """() => {
                const frame = document.createElement("iframe");
                frame.src = "https://chat.zalo.me/links.html";
                document.body.append(frame);
                return new Promise((done) => frame.addEventListener("load", done));
            }"""
        )
        session = page.context.new_cdp_session(page)
        worlds: list[dict[str, Any]] = []
        session.on("Runtime.executionContextCreated", lambda made: worlds.append(made["context"]))
        session.send("Runtime.enable")
        frames = {world["auxData"]["frameId"] for world in worlds}
        ours = [world for world in worlds if browser.extension_id in world["origin"]]
        assert len(frames) > 1 or len(page.frames) > 1
        assert len(ours) == 1, "the page itself, and no frame of another site"


def test_popup_says_when_a_known_chat_cannot_be_read(browser: Chromium) -> None:
    with closing(browser.zalo()) as page, closing(browser.own_page("popup")) as popup:
        page.bring_to_front()
        asked = "id => chrome.tabs.sendMessage(id, {type: 'page_state'})"
        tab = browser.worker.evaluate(
            "() => chrome.tabs.query({active: true}).then((tabs) => tabs[0].id)"
        )
        page.evaluate("text => { chat.receive(text) }", GREETING)
        assert popup.evaluate(asked, tab)["silent"] is False
        page.evaluate("document.querySelector('#messageViewScroll').id = 'renamed'")
        wait_for(
            lambda: popup.evaluate(asked, tab)["silent"],
            what="the page to say that it finds no message any more",
            poll_s=0.5,
        )
        popup.evaluate("id => { chrome.tabs.query = async () => [{ id }] }", tab)  # it is in front
        popup.bring_to_front()
        popup.get_by_text(browser.message("popup_page_silent")).wait_for(state="visible")
        popup.set_viewport_size({"width": 360, "height": 640})
        keep(popup, "popup-silent.vi")
