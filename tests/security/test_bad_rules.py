"""A rule that would accuse the innocent does not get in. D56 of docs/security.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.rule_folder import Sample, write_rules
from harness.service_process import REPOSITORY
from notalone.detectors.cues import CueDetector
from notalone.instruments.corpus import Case, read_corpus
from notalone.instruments.corpuslint import harmless_hits, lint_hits
from notalone.rulebook import load_rulebook

CORPUS = REPOSITORY / "tests" / "corpus" / "benign"
THREAT = """
[IMAGE_THREAT]
stage = "demand"
weight = 4
why = { vi = "Tin này dọa đăng ảnh.", en = "This message threatens to publish pictures." }
"""


@pytest.fixture(scope="module")
def harmless() -> list[Case]:
    return read_corpus(CORPUS)


@pytest.mark.parametrize(
    ("signal", "is_refused"), (("IMAGE_THREAT", True), ("SECRECY", False), ("GIFT", False))
)
def test_d56_cue_that_hits_ordinary_talk_is_named_and_refused_where_it_would_accuse(
    signal: str, is_refused: bool, harmless: list[Case], tmp_path: Path
) -> None:
    """What `notalone rules lint` says of it; a mistake there fails every run of the tests."""
    root = write_rules(tmp_path, {"any/greedy": Sample(signal, ("mẹ ơi",))})
    with (root / "signals.toml").open("a", encoding="utf-8") as signals:
        signals.write(THREAT)
    book = load_rulebook(root)
    hits = harmless_hits(book, CueDetector(book, with_drafts=True), harmless)
    mistakes, worth_a_look = lint_hits(hits, book, root=root)
    named, other = (mistakes, worth_a_look) if is_refused else (worth_a_look, mistakes)
    assert [error.at.path.as_posix() for error in named] == ["rules/lures/any/greedy.toml"]
    assert other == []
