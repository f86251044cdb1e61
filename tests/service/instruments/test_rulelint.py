"""What a maintainer is told before a rule goes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.rule_folder import empty_rules
from notalone.detectors.cues import CueDetector
from notalone.folding.words import fold_text
from notalone.instruments.rulelint import lint, run_examples
from notalone.rulebook import load_rulebook

GOOD = """\
id = "any.sample"
signal = "SECRECY"
status = "stable"
lang = "vi"
phrases = ["đừng kể với ai"]
match = ["Đừng kể với ai", "dung ke voi ai"]
no_match = ["Kể với mẹ đi"]
references = ["https://example.test/report"]
added = 2026-11-22
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return empty_rules(tmp_path)


def problems(folder: Path, text: str) -> list[str]:
    (folder / "lures" / "any" / "sample.toml").write_text(text, "utf-8")
    return [str(problem) for problem in lint(load_rulebook(folder), root=folder)]


def test_a_good_cue_has_nothing_to_mend(folder: Path) -> None:
    assert problems(folder, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    (
        (
            'no_match = ["Kể với mẹ đi"]',
            "no_match = []",
            "7:1: no_match is empty; add one harmless",
        ),
        ('["Đừng kể với ai", "dung ke voi ai"]', '["Đừng kể với ai"]', "6:1: 1 example"),
        ('"dung ke voi ai"]', '"Đừng kể với ai nha"]', "6:1: no example without marks"),
        ('["https://example.test/report"]', "[]", "8:1: no reference with an address"),
        (
            '["đừng kể với ai"]',
            '["đừng kể với ai", "đừng kể với ai"]',
            "5:1: 'đừng kể với ai' stands",
        ),
    ),
)
def test_what_is_missing_is_named_with_its_place(
    folder: Path, old: str, new: str, said: str
) -> None:
    assert any(said in problem for problem in problems(folder, GOOD.replace(old, new)))


def test_ids_that_differ_only_in_capitals_are_one(folder: Path) -> None:
    (folder / "lures" / "any" / "Sample.toml").write_text(GOOD.replace("any.s", "any.S"), "utf-8")
    assert problems(folder, GOOD) == [
        "rules/lures/any/sample.toml:1:1: any.sample and any.Sample (rules/lures/any/Sample.toml)"
        " are one id; give this file and its id another name; an id is never used again"
    ]


def test_the_id_of_another_file_is_refused(folder: Path) -> None:
    (folder / "lures" / "any" / "other.toml").write_text(GOOD, "utf-8")
    assert [problem[:32] for problem in problems(folder, GOOD)] == [
        "rules/lures/any/other.toml:1:1: "
    ]


def test_examples_that_do_not_hold_are_named(folder: Path) -> None:
    problems(
        folder, GOOD.replace("Kể với mẹ đi", "đừng kể với ai nhé").replace('"Đừng kể', '"Hãy kể')
    )
    book = load_rulebook(folder)
    tried, failed = run_examples(book, CueDetector(book), root=folder)
    assert tried == 3
    assert [str(error)[:36] for error in failed] == [
        "rules/lures/any/sample.toml:6:11: 'H",
        "rules/lures/any/sample.toml:7:14: 'đ",
    ]


def test_a_draft_is_tried_before_anybody_relies_on_it(folder: Path) -> None:
    problems(folder, GOOD.replace('"stable"', '"draft"').replace('"dung ke voi ai"', '"khac han"'))
    book = load_rulebook(folder)
    tried, failed = run_examples(book, CueDetector(book, with_drafts=True), root=folder)
    assert (tried, len(failed)) == (3, 1)
    assert CueDetector(book).sightings(fold_text("đừng kể với ai", spelling=book.spelling)) == ()


def test_a_retired_cue_is_not_tried(folder: Path) -> None:
    problems(folder, GOOD.replace("stable", "retired"))
    book = load_rulebook(folder)
    assert run_examples(book, CueDetector(book), root=folder) == (0, [])
