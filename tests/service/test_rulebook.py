"""The rule folder loads whole; a bad file is named and costs nothing but itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.rule_folder import empty_rules
from notalone.rulebook import load_rulebook

RULES = Path(__file__).resolve().parents[2] / "rules"

CUE = """\
id = "any.sample"
signal = "SECRECY"
status = "test"
lang = "vi"
phrases = [
  "đừng kể với ai",
  "{phrase}",
]
match = ["Đừng kể với ai", "dung ke voi ai"]
no_match = ["Kể với mẹ đi"]
references = ["https://example.test/report"]
added = 2026-11-22
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The real signals and tables, and one cue to play with."""
    return empty_rules(tmp_path)


def write(folder: Path, text: str, name: str = "sample.toml") -> None:
    (folder / "lures" / "any" / name).write_text(text, "utf-8")


def test_the_rules_we_ship_load_without_a_mistake() -> None:
    assert [str(error) for error in load_rulebook(RULES).errors] == []


def test_a_wrong_phrase_is_named_and_the_others_of_the_cue_work(folder: Path) -> None:
    write(folder, CUE.format(phrase="gửi <mony> gấp"))
    book = load_rulebook(folder)
    assert [phrase.source for phrase in book.cues[0].phrases] == ["đừng kể với ai"]
    assert len(book.errors) == 1
    assert str(book.errors[0]).startswith("rules/lures/any/sample.toml:7:8: <mony>")


@pytest.mark.parametrize(
    ("text", "said"),
    (
        pytest.param("", "is missing", id="empty"),
        pytest.param(CUE[:40], "is not valid TOML", id="half-written"),
        pytest.param(CUE.replace("SECRECY", "SECRCY"), "did you mean SECRECY?", id="signal"),
        pytest.param(CUE.replace("any.sample", "any.other"), 'id = "any.sample"', id="id"),
        pytest.param(CUE.replace("no_match", "nomatch"), "nomatch", id="key"),
    ),
)
def test_a_wrong_file_is_named_and_the_rest_loads(folder: Path, text: str, said: str) -> None:
    write(folder, text)
    write(
        folder, CUE.format(phrase="giữ kín nhé em").replace("any.sample", "any.good"), "good.toml"
    )
    book = load_rulebook(folder)
    assert [cue.id for cue in book.cues] == ["any.good"]
    assert any("sample.toml" in str(e) and said in str(e) for e in book.errors), book.errors


def test_a_phrase_that_cannot_be_looked_for_is_refused(folder: Path) -> None:
    write(folder, CUE.format(phrase="<money> … <link>"))
    errors = load_rulebook(folder).errors
    assert "distinctive" in str(errors[0])


def test_the_version_changes_with_the_rules_and_only_then(folder: Path) -> None:
    write(folder, CUE.format(phrase="giữ kín nhé em"))
    first = load_rulebook(folder).glossary.version
    assert load_rulebook(folder).glossary.version == first
    write(folder, CUE.format(phrase="giữ kín nghe em"))
    assert load_rulebook(folder).glossary.version != first


def test_an_empty_folder_is_told_apart_from_a_broken_start(tmp_path: Path) -> None:
    book = load_rulebook(tmp_path / "rules")
    assert book.cues == ()
    assert book.errors


def test_a_file_that_would_not_be_read_is_named(folder: Path) -> None:
    write(folder, "anything", "keep_quiet.txt")
    errors = [str(error) for error in load_rulebook(folder).errors]
    assert errors == ["rules/lures/any/keep_quiet.txt: is not read; name it *.toml, or take it out"]
