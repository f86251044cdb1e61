"""Labelled conversations are read from every form they come in, and a bad file is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notalone.errors import SetupError
from notalone.instruments.corpus import LURE_CODES, read_corpus

REPOSITORY = Path(__file__).resolve().parents[3]
CONVERSATION = """\
# Inspiration: an invented case.
id = "grooming/one"
label = "lure"
lure = "grooming"
script = "none"
setting = "zalo"
at_least = "danger"
by = 2

[[messages]]
from_me = false
text = "chao em"

[[messages]]
from_me = false
text = "dung ke voi ai"
"""


def test_a_conversation_of_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(CONVERSATION, "utf-8")
    case = read_corpus(tmp_path)[0]
    assert (case.lure, case.script, case.at_least, case.by) == ("grooming", "none", "danger", "2")
    assert [message.text for message in case.messages] == ["chao em", "dung ke voi ai"]


def test_lines_of_json_with_short_codes(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "label": "lure",
        "lure": "VKID",
        "script": "diacritics",
        "messages": [{"id": "m1", "from_me": False, "text": "a"}],
        "expect": {
            "min_level_at_end": "danger",
            "must_be_at_least_caution_by_message": "m1",
        },
    }
    (tmp_path / "x.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    case = read_corpus(tmp_path)[0]
    assert (case.lure, case.at_least, case.by) == ("fake_authority", "danger", "m1")


def test_rows_and_lines(tmp_path: Path) -> None:
    (tmp_path / "sms.tsv").write_text(
        "id\tlabel\ttext\n1\tscam\ta\n2\tlegit\tb\n3\tambiguous\tc\n", "utf-8"
    )
    (tmp_path / "talk.txt").write_text("một\n\nhai\n", "utf-8")
    cases = read_corpus(tmp_path)
    assert [(case.source, case.is_lure) for case in cases] == [
        ("sms: scam", True),
        ("sms: legit", False),
        ("talk", False),
        ("talk", False),
    ]


@pytest.mark.parametrize("broken", ("id = ", 'id = "a"\n'), ids=("half-written", "incomplete"))
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, broken: str) -> None:
    (tmp_path / "bad.toml").write_text(broken, "utf-8")
    with pytest.raises(SetupError, match=r"bad\.toml"):
        read_corpus(tmp_path)


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="--data"):
        read_corpus(tmp_path)


def test_our_own_corpus_is_whole() -> None:
    cases = read_corpus(REPOSITORY / "tests" / "corpus")
    lures = [case for case in cases if case.is_lure]
    assert len(lures) >= 40
    assert len(cases) - len(lures) >= 120
    known = {path.name for path in (REPOSITORY / "rules" / "lures").iterdir()} - {"any"}
    assert {case.lure for case in lures} == known
    assert set(LURE_CODES.values()) <= known
    assert len({case.id for case in cases}) == len(cases)
