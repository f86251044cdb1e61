"""The drawing is one page that needs nothing else, and whatever was written stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from harness.rule_folder import write_rules
from notalone.instruments.conversation_file import Conversation
from notalone.instruments.drawing import draw
from notalone.instruments.explain import Explainer
from notalone.model import STAGES, Message

HOSTILE = (
    "<script>alert(1)</script> đừng kể với ai <img src=x onerror=alert(1)>",
    "đừng kể với ai</mark></div><iframe src='//evil.test'>",
    '"><svg onload=alert(1)> {text} {{0}} &lt;b&gt; đừng kể với ai',
)


@pytest.fixture(scope="module")
def explainer(tmp_path_factory: pytest.TempPathFactory) -> Explainer:
    return Explainer(write_rules(tmp_path_factory.mktemp("drawing")))


def page(explainer: Explainer, *lines: str, title: str = "chat") -> str:
    messages = tuple(
        Message(str(number), line.removeprefix(">"), line.startswith(">"))
        for number, line in enumerate(lines, 1)
    )
    return draw([(Conversation(title, messages), explainer.explain(messages))])


class Reader(HTMLParser):
    """What a browser would make of a page: its tags, its attributes, and what is marked."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.marked: list[tuple[str, str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        self._open.append(tag)
        if tag == "mark":
            self.marked.append((dict(attrs)["class"] or "", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open and self._open[-1] == "mark":
            stage, words = self.marked[-1]
            self.marked[-1] = (stage, words + data)


def test_the_words_of_a_sign_are_marked_with_its_stage(explainer: Explainer) -> None:
    read = Reader(page(explainer, "Anh là công an, đừng kể với ai nha"))
    legend, marked = read.marked[: len(STAGES)], read.marked[len(STAGES) :]
    assert [stage for stage, _ in legend] == list(STAGES)
    assert marked == [("trust", "Anh là công an"), ("secrecy", "đừng kể với ai")]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_written_stays_text(text: str, explainer: Explainer) -> None:
    read = Reader(page(explainer, text, title=text))
    assert read.tags <= {
        "html", "head", "meta", "title", "style", "body", "h1", "p", "div", "mark", "small", "pre",
        "br",
    }  # fmt: skip
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert text.split()[-1] in read.text


def test_the_page_asks_nobody_for_anything(explainer: Explainer) -> None:
    read = Reader(page(explainer, "Vào http://vnpost-giaohang.example/x nhé"))
    assert not {name for name, _ in read.attributes} & {"src", "href", "action"}
    assert "url(" not in page(explainer, "x")
    assert "default-src 'none'" in page(explainer, "x")


def test_signs_that_overlap_share_a_mark(explainer: Explainer) -> None:
    read = Reader(page(explainer, "Nè chuyện này đừng kể với ai giữ kín nha"))
    assert [words for _, words in read.marked[len(STAGES) :]] == [
        "chuyện này đừng kể với ai giữ kín"
    ]


def test_a_sign_that_does_not_count_has_no_stage_colour(explainer: Explainer) -> None:
    read = Reader(page(explainer, "Không cung cấp mật khẩu"))
    assert [stage for stage, _ in read.marked[len(STAGES) :]] == ["none"]


def test_own_messages_stand_apart(explainer: Explainer) -> None:
    source = page(explainer, "Anh là công an", ">dạ")
    assert source.count('class="message mine"') == 1


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_mark_can_be_read_in_light_and_dark(explainer: Explainer) -> None:
    style = page(explainer, "x").split("<style>")[1].split("</style>")[0]
    schemes = [dict(re.findall(r"--(\w+): (#\w+)", part)) for part in style.split("@media")]
    assert len(schemes) == 2
    for colours in schemes:
        for name in (*STAGES, "none", "page"):
            pair = sorted((luminance(colours["ink"]), luminance(colours[name])))
            assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 7, name
