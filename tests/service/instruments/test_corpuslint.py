"""What speaks up in harmless talks is told: few lines, the heaviest first, none that is no news."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.rule_folder import empty_rules
from notalone.detectors.cues import CueDetector
from notalone.instruments.corpus import Case
from notalone.instruments.corpuslint import harmless_hits, hits_of, lint_hits
from notalone.model import Bilingual, Message
from notalone.rulebook import load_rulebook

CUE = """\
id = "any.{name}"
signal = "{signal}"
status = "test"
lang = "vi"
phrases = ["{phrase}"]
match = ["{phrase}"]
no_match = ["Kể với mẹ đi"]
references = ["https://example.test/report"]
added = 2026-11-22
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = empty_rules(tmp_path)
    for name, signal, phrase in (
        ("secret", "SECRECY", "đừng kể với ai"),  # weight 3
        ("threat", "IMAGE_THREAT", "đăng hết ảnh lên"),  # weight 4: danger by itself
        ("gift", "GIFT", "tặng bạn món quà"),  # weight 1
        ("told", "TOLD_THREAT", "họ dọa em"),  # the child's own word
    ):
        text = CUE.format(name=name, signal=signal, phrase=phrase)
        (root / "lures" / "any" / f"{name}.toml").write_text(text, "utf-8")
    return root


def talk(name: str, text: str, *, from_me: bool | None = False, is_lure: bool = False) -> Case:
    return Case(name, "s", (Message("1", text, from_me),), is_lure)


def told_in_both(folder: Path, *cases: Case) -> tuple[list[Bilingual], list[Bilingual]]:
    book = load_rulebook(folder)
    hits = harmless_hits(book, CueDetector(book, with_drafts=True), cases)
    mistakes, notes = lint_hits(hits, book, root=folder)
    return [error.told for error in mistakes], [note.told for note in notes]


def told(folder: Path, *cases: Case) -> tuple[list[str], list[str]]:
    mistakes, notes = told_in_both(folder, *cases)
    return [each.en for each in mistakes], [each.en for each in notes]


def test_the_hits_of_one_file_are_those_it_has_among_all(folder: Path) -> None:
    cases = (
        talk("one", "Sinh nhật mẹ, đừng kể với ai. Nó tặng bạn món quà"),
        talk("two", "Lưu ý mọi người: có kẻ bảo đừng kể với ai"),
    )
    warns = CUE.format(name="warn", signal="WARN_FRAME", phrase="lưu ý mọi người")
    (folder / "lures" / "any" / "warn.toml").write_text(warns, "utf-8")
    book = load_rulebook(folder)
    every = harmless_hits(book, CueDetector(book, with_drafts=True), cases)
    assert set(every) == {"any.secret", "any.gift"}
    mine = frozenset({Path("rules/lures/any/secret.toml")})
    assert hits_of(mine, book, cases) == {"any.secret": every["any.secret"]}


def test_nobody_is_shown_what_hits_a_held_out_talk(folder: Path) -> None:
    hidden = replace(talk("one", "Mai tao đăng hết ảnh lên nhóm lớp nha"), is_held_out=True)
    assert told(folder, hidden) == ([], [])


def test_a_cue_that_alone_shows_danger_is_a_mistake(folder: Path) -> None:
    mistakes, notes = told_in_both(folder, talk("one", "Mai tao đăng hết ảnh lên nhóm lớp nha"))
    assert notes == []
    place = "rules/lures/any/threat.toml:5:1: any.threat"
    assert mistakes == [
        Bilingual(
            f"{place} (4 điểm) một mình đã báo nguy hiểm trong 1 cuộc trò chuyện vô hại: one"
            " ('đăng hết ảnh lên'); thu hẹp cụm từ, và đưa những chữ này vào no_match",
            f"{place} (weight 4) alone shows danger in 1 harmless talk: one ('đăng hết ảnh lên');"
            " narrow the phrase, and put these words into no_match",
        )
    ]


def test_a_heavy_cue_is_worth_a_look_in_one_talk(folder: Path) -> None:
    mistakes, notes = told_in_both(folder, talk("one", "Sinh nhật mẹ, đừng kể với ai"))
    assert mistakes == []
    place = "rules/lures/any/secret.toml:5:1: any.secret"
    assert notes == [
        Bilingual(
            f"{place} (3 điểm) khớp trong 1 cuộc trò chuyện vô hại: one ('đừng kể với ai'); thu hẹp"
            " cụm từ; nếu lời lừa và lời thường đều viết vậy thì để nguyên",
            f"{place} (weight 3) hits 1 harmless talk: one ('đừng kể với ai'); narrow the phrase,"
            " or leave it when both would be written so",
        )
    ]


@pytest.mark.parametrize(("talks", "is_told"), ((2, False), (3, True)))
def test_a_light_cue_is_worth_a_look_in_several(folder: Path, talks: int, is_told: bool) -> None:
    cases = [talk(f"talk{n}", "tặng bạn món quà") for n in range(talks)]
    assert bool(told(folder, *cases)[1]) is is_told


@pytest.mark.parametrize(
    "case",
    (
        pytest.param(talk("one", "đừng kể với ai", is_lure=True), id="a lure"),
        pytest.param(talk("one", "đừng kể với ai", from_me=True), id="the child's own words"),
        pytest.param(talk("one", "Kẻ xấu hay bảo đừng kể với ai"), id="a report"),
        pytest.param(talk("one", "Mai đi học sớm"), id="other words"),
    ),
)
def test_what_is_no_news_is_not_told(folder: Path, case: Case) -> None:
    assert told(folder, case) == ([], [])


@pytest.mark.parametrize(("from_me", "is_told"), ((True, True), (None, True), (False, False)))
def test_help_that_is_opened_in_a_harmless_talk_is_worth_a_look(
    folder: Path, from_me: bool | None, is_told: bool
) -> None:
    mistakes, notes = told_in_both(folder, talk("one", "Anh ơi họ dọa em", from_me=from_me))
    assert mistakes == []
    assert len(notes) == is_told
    for note in notes:
        assert " opens help in 1 harmless talk: one ('họ dọa em'); leave it when" in note.en
        assert " mở lời giúp trong 1 cuộc trò chuyện vô hại: one ('họ dọa em'); nếu bạn" in note.vi


def test_the_heaviest_stands_first(folder: Path) -> None:
    light = [talk(f"talk{n}", "tặng bạn món quà") for n in range(4)]
    _, notes = told(folder, *light, talk("heavy", "đừng kể với ai"))
    assert ["secret" in note for note in notes] == [True, False]
    assert "4 harmless talks: talk0 ('tặng bạn món quà')" in notes[1]
    assert "talk3" not in notes[1]
