"""Rules kept from the last start are those in the files, or are not used at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from harness.native_host import pair
from harness.rule_folder import empty_rules
from harness.service_process import Home, RunningService
from harness.started_before import started_before
from notalone.config import KEPT_LINKS, KEPT_RULES, rules_dir
from notalone.detectors.cues import CueDetector, Prefilters, choose_prefilters
from notalone.folding.words import fold_text
from notalone.glossary import load_glossary
from notalone.kept_rules import keep, read_kept
from notalone.rulebook import RuleBook, load_rulebook

CUE = """\
id = "any.sample"
signal = "SECRECY"
status = "test"
lang = "vi"
phrases = ["đừng kể với (ai|mẹ|bố mẹ)", "giữ kín … (chuyện|vụ) này (nha)?", "gửi <money> vào"]
unless = ["sinh nhật"]
match = ["Đừng kể với ai"]
no_match = ["Kể với mẹ đi"]
references = ["https://example.test/report"]
added = 2026-11-22
"""
SAID = "Đừng kể với bố mẹ nha, giữ kín cho anh chuyện này"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The real signals and tables, and one cue to play with."""
    folder = empty_rules(tmp_path)
    (folder / "lures" / "any" / "sample.toml").write_text(CUE, "utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder."""
    (tmp_path / "data").mkdir(mode=0o700)
    return tmp_path / "data"


def kept_from(folder: Path, data: Path) -> tuple[RuleBook, Prefilters]:
    book = load_rulebook(folder, for_maintainers=False)
    prefilters = choose_prefilters(book)
    keep(data, book, prefilters)
    return book, prefilters


def read(folder: Path, data: Path) -> tuple[RuleBook, Prefilters] | None:
    return read_kept(data, load_glossary(folder))


def told(book: RuleBook) -> object:
    """Everything in *book*, its phrases by what they are made of."""
    cues = [
        [
            [phrase.parts for phrase in value] if name in ("phrases", "unless") else value
            for name in cue.__dataclass_fields__
            for value in (getattr(cue, name),)
        ]
        for cue in book.cues
    ]
    scope = {
        kind: [phrase.parts for phrase in phrases] for kind, phrases in book.scope.by_kind.items()
    }
    return cues, scope, book.spelling, book.glossary, book.errors


@pytest.mark.parametrize("rules", ("a few", "those we ship"))
def test_what_is_kept_is_what_stands_in_the_files(rules: str, folder: Path, data: Path) -> None:
    folder = folder if rules == "a few" else rules_dir()
    book, prefilters = kept_from(folder, data)
    again = read(folder, data)
    assert again is not None
    assert told(again[0]) == told(book)
    assert again[1] == prefilters


def test_kept_rules_find_the_same_at_the_same_places(folder: Path, data: Path) -> None:
    book, _ = kept_from(folder, data)
    again = read(folder, data)
    assert again is not None
    found = CueDetector(book).findings(fold_text(SAID, spelling=book.spelling))
    kept_book, chosen = again
    detector = CueDetector(kept_book, chosen=chosen)
    assert detector.findings(fold_text(SAID, spelling=kept_book.spelling)) == found
    assert len(found) == 2


def test_nothing_kept_is_nothing(folder: Path, data: Path) -> None:
    assert read(folder, data) is None


def test_other_rules_are_read_anew(folder: Path, data: Path) -> None:
    kept_from(folder, data)
    path = folder / "lures" / "any" / "sample.toml"
    path.write_text(CUE.replace("đừng kể", "chớ kể"), "utf-8")
    assert read(folder, data) is None


def test_rules_with_a_mistake_are_not_kept(folder: Path, data: Path) -> None:
    (folder / "lures" / "any" / "half.toml").write_text('id = "any.half', "utf-8")
    kept_from(folder, data)
    assert list(data.iterdir()) == []


def test_a_folder_that_cannot_be_written_takes_nothing_down(folder: Path, data: Path) -> None:
    kept_from(folder, data / "missing")
    assert read(folder, data / "missing") is None


def test_the_service_keeps_its_rules_for_its_user_alone_and_uses_them(home: Home) -> None:
    path = home.data / KEPT_RULES
    answers, files = [], []
    for start in ("first", "again", "damaged"):
        if start == "damaged":
            path.write_bytes(path.read_bytes()[:-1])
        service = RunningService(home).start()
        asked = [{"id": "1", "text": "Vụ án này bảo mật, em không được kể với bố mẹ"}]
        answers.append(pair(service).check(messages=asked))
        service.stop()
        files.append((path.stat().st_ino, path.stat().st_mtime_ns))
    assert answers[0] == answers[1] == answers[2]
    assert files[0] == files[1] != files[2]  # written anew only where it had to be
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [path.name for path in home.data.glob("rules*")] == [KEPT_RULES]


def test_home_where_tests_say_it_was_started_before_keeps_what_a_start_needs(home: Home) -> None:
    started_before(home)
    files = [home.data / name for name in (KEPT_LINKS, KEPT_RULES)]
    before = [(path.stat().st_ino, path.stat().st_mtime_ns) for path in files]
    service = RunningService(home).start()
    pair(service).check(messages=[{"id": "1", "text": SAID}])
    service.stop()
    assert [(path.stat().st_ino, path.stat().st_mtime_ns) for path in files] == before
