"""`make capture`: of a page nothing is left but its build, and the adapter reads it as before."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from harness.chromium import EXECUTABLE
from harness.page_server import PAGES
from harness.service_process import REPOSITORY

CAPTURE = REPOSITORY / "tests" / "harness" / "capture" / "capture.mjs"
SITES = {"zalo": "zalo.html", "gmail": "gmail.html", "generic": "any_chat.html"}
HOSTS = {"zalo": "chat.zalo.me", "gmail": "mail.google.com", "generic": "page.test"}
WORDS = (
    "Chào em Quỳnh, chị là Thảo ở quận Bình Thạnh, số 0900 000 123",
    "Xem https://truong-hoc.example/lop-8a?ma=778899 nhé, mật khẩu là HoaMai2026",
)
# What a page may hold besides words: addresses, names in attributes, pictures, scripts, notes.
LEFTOVERS = """() => {
    const row = chat.newest().id ? chat.newest() : document.querySelector("[data-message-id]");
    const where = row ?? document.querySelector("[role=log]").lastElementChild;
    const make = (tag, attributes) => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        where.append(element);
    };
    make("img", { src: "https://anh.example/Quynh-0900000123.jpg", alt: "Ảnh của Quỳnh" });
    make("a", { href: "https://facebook.example/thao.binhthanh", title: "Trang của Thảo" });
    make("i", { "data-user": "quynh_2011", onclick: "goi(0900000123)" });
    make("i", { "aria-label": "Quỳnh, 15 tuổi", class: "quynh-avatar c123987" });
    make("i", { style: "background: url(https://anh.example/thao.png)" });
    where.append(document.createComment("phiên của Quỳnh 556677"));
}"""


class Read(HTMLParser):
    """Everything that stands in a page: texts, attributes, comments, and the tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.comments: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:  # of a script or a style sheet nothing is copied at all
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def runs(texts: list[str]) -> set[str]:
    """The words of two letters and more, and the numbers of three digits and more."""
    text = " ".join(texts).lower()
    return {*re.findall(r"[^\W\d_]{2,}", text), *re.findall(r"\d{3,}", text)}


def node(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["node", CAPTURE, *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def bare_chromium(playwright: Playwright) -> Iterator[Browser]:
    """A browser as a maintainer has it, without our extension."""
    browser = playwright.chromium.launch(executable_path=EXECUTABLE, headless=True)
    yield browser
    browser.close()


def take(browser: Browser, site: str) -> tuple[str, str]:
    """The page as it stands, and the copy that the console puts on the clipboard."""
    page = browser.new_page()
    folder = f"https://{HOSTS[site]}/"
    page.route("**/*", lambda route: route.abort())
    page.route(
        f"{folder}*", lambda route: route.fulfill(path=PAGES / route.request.url[len(folder) :])
    )
    page.goto(folder + SITES[site])
    for text in WORDS:
        page.evaluate("text => { chat.receive(text) }", text)
    page.evaluate("chat.send('Dạ em cảm ơn')")
    page.evaluate(LEFTOVERS)
    before = page.content()
    script = node("script", site)
    assert script.returncode == 0, script.stderr
    page.evaluate("() => { window.copy = (html) => { window.copied = html } }")
    page.evaluate(script.stdout)
    copied = page.evaluate("window.copied")
    page.close()
    assert isinstance(copied, str)
    return before, copied


@pytest.mark.parametrize("site", SITES)
def test_nothing_of_the_page_survives_but_its_build(
    bare_chromium: Browser, tmp_path: Path, site: str
) -> None:
    html, copied = take(bare_chromium, site)
    before, after = Read(html), Read(copied)

    assert runs(before.texts) & runs(after.texts) == set()
    assert len(after.comments) == 1, "our own first line"
    assert not after.tags & {"script", "style", "link", "meta", "svg", "iframe", "template"}
    private = {"quynh", "quỳnh", "thảo", "thao", "thạnh", "binhthanh", "hoamai", "canary", "người"}
    private |= {"0900000123", "778899", "556677", "123987", "2011", "anh", "facebook"}
    assert not runs([copied.split("-->", 1)[1]]) & private
    assert not re.findall(r"https?://(?!captured\.example)", copied)
    values = {value for name, value in after.attributes if name.startswith(("on", "style", "src"))}
    assert {value for value in values if not value.startswith("overflow-y: ")} == set()
    words_of_ours = CAPTURE.with_name("scrub.mjs").read_text(encoding="utf-8") + "".join(
        path.read_text(encoding="utf-8") for path in REPOSITORY.glob("extension/content/adapters/*")
    )
    long = {value for _, value in before.attributes if len(value) > 3}
    kept = long & {value for _, value in after.attributes}
    assert {
        value for value in kept if not all(part in words_of_ours for part in value.split())
    } == set()

    file = tmp_path / "copy.html"
    file.write_text(copied, encoding="utf-8")
    accepted = node("accept", site, file, tmp_path)
    assert accepted.returncode == 0, accepted.stderr
    assert accepted.stdout.strip().endswith(": 3"), "two received, one sent"
    assert (tmp_path / f"{site}.captured.html").read_text(encoding="utf-8") == copied


@pytest.mark.parametrize(
    ("html", "says"),
    (
        ("<p>Quỳnh ơi</p>", "not a copy made by make capture"),
        (
            "<!-- Captured from a real page by make capture: every word and number is a stand-in. "
            "messages: 4 --><p>x</p>",
            "The page had 4 messages, the copy has 0.",
        ),
        (
            "<!-- Captured from a real page by make capture: every word and number is a stand-in. "
            "messages: 0 --><p>x</p>",
            "open a conversation",
        ),
    ),
    ids=("a saved page", "a copy that the adapter cannot read", "a page without messages"),
)
def test_what_is_no_good_fixture_is_refused(tmp_path: Path, html: str, says: str) -> None:
    file = tmp_path / "copy.html"
    file.write_text(html, encoding="utf-8")
    refused = node("accept", "zalo", file, tmp_path)
    assert refused.returncode == 1
    assert says in refused.stderr
    assert not (tmp_path / "zalo.captured.html").exists()


def test_a_site_without_an_adapter_is_named_with_those_that_have_one() -> None:
    refused = node("script", "nowhere")
    assert refused.returncode == 1
    assert "zalo" in refused.stderr


def test_adapter_still_reads_every_captured_page(tmp_path: Path) -> None:
    for captured in sorted(PAGES.glob("*.captured.html")):
        accepted = node("accept", captured.name.split(".")[0], captured, tmp_path)
        assert accepted.returncode == 0, f"{captured.name}: {accepted.stderr}"
