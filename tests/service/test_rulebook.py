"""The rule folder loads whole; a bad file is named and costs nothing but itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import shipped
from harness.rule_folder import empty_rules
from notalone.model import Bilingual
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
    assert [str(error) for error in shipped.rulebook().errors] == []


def test_a_wrong_phrase_is_named_and_the_others_of_the_cue_work(folder: Path) -> None:
    write(folder, CUE.format(phrase="gửi <mony> gấp"))
    book = load_rulebook(folder)
    assert [phrase.source for phrase in book.cues[0].phrases] == ["đừng kể với ai"]
    assert len(book.errors) == 1
    place = "rules/lures/any/sample.toml:7:8:"
    assert book.errors[0].told.en.startswith(f"{place} <mony> is not an entity; use one of <acc")
    assert book.errors[0].told.vi.startswith(f"{place} không có loại <mony>; dùng một trong: <acc")


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    (
        pytest.param("", "thiếu id, signal", "are missing; add a line", id="empty"),
        pytest.param(CUE[:40], "viết chưa đúng", "is not valid TOML", id="half-written"),
        pytest.param(
            CUE.replace("SECRECY", "SECRCY"),
            "không có dấu hiệu SECRCY trong signals.toml; ý bạn là SECRECY?",
            "signal SECRCY is not in signals.toml; did you mean SECRECY?",
            id="signal",
        ),
        pytest.param(
            CUE.replace("SECRECY", "XYZ"),
            "trong signals.toml; chọn một tên ở đó, hoặc thêm dấu hiệu này vào đó",
            "is not in signals.toml; take one of its names, or add the signal there",
            id="a signal like no other",
        ),
        pytest.param(
            CUE.format(phrase="<mony>").replace("đừng kể với ai", "<mony>"),
            "không cụm từ nào dùng được; sửa các cụm từ bị báo lỗi trong tệp này",
            "none of its phrases can be used; mend the phrases named beside this",
            id="phrases",
        ),
        pytest.param(
            CUE.replace("any.sample", "any.other"),
            'id = "any.sample"',
            'id = "any.sample"',
            id="id",
        ),
        pytest.param(
            CUE.replace("no_match", "nomatch"), "không dùng tên nomatch", "nomatch", id="key"
        ),
    ),
)
def test_a_wrong_file_is_named_and_the_rest_loads(
    folder: Path, text: str, vi: str, en: str
) -> None:
    write(folder, text)
    write(
        folder, CUE.format(phrase="giữ kín nhé em").replace("any.sample", "any.good"), "good.toml"
    )
    book = load_rulebook(folder)
    assert [cue.id for cue in book.cues] == ["any.good"]
    told = [error.told for error in book.errors if "sample.toml" in str(error)]
    assert any(vi in each.vi and en in each.en for each in told), told


def test_all_that_is_wrong_with_a_cue_is_named_at_once(folder: Path) -> None:
    lines = CUE.format(phrase="<mony>").splitlines()
    mine = "\n".join(lines[:2]).replace("sample", "other").replace("SECRECY", "SECRCY")
    write(folder, mine + '\nstatus = "new"\nlangue = "vi"\n' + "\n".join(lines[4:]))
    errors = load_rulebook(folder).errors
    assert sorted((error.at.line, error.problem.en) for error in errors) == [
        (1, "lang is missing"),
        (1, "the id does not follow from the file's place"),
        (2, "signal SECRCY is not in signals.toml"),
        (3, "status has a value it cannot have"),
        (4, "langue is not a key here"),
        (7, "<mony> is not an entity"),
    ]


def test_a_phrase_that_cannot_be_looked_for_is_refused(folder: Path) -> None:
    write(folder, CUE.format(phrase="<money> … <link>"))
    errors = load_rulebook(folder).errors
    assert "nothing in it is distinctive enough to look for first" in errors[0].told.en
    assert "chưa đủ chữ đặc trưng để tìm; thêm một từ" in errors[0].told.vi


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
    place = "rules/lures/any/keep_quiet.txt:"
    assert [error.told for error in load_rulebook(folder).errors] == [
        Bilingual(
            f"{place} tệp này không được đọc; đổi đuôi tệp thành .toml, hoặc bỏ tệp ra",
            f"{place} is not read; name it *.toml, or take it out",
        )
    ]


def test_a_service_reads_the_same_phrases_and_keeps_no_examples(folder: Path) -> None:
    write(folder, CUE.format(phrase="(gửi|nộp) … <money>"))
    (read,), (kept,) = (
        load_rulebook(folder, for_maintainers=wanted).cues for wanted in (True, False)
    )
    assert [phrase.parts for phrase in kept.phrases] == [phrase.parts for phrase in read.phrases]
    assert (read.match, read.phrases[0].source) == (
        ("Đừng kể với ai", "dung ke voi ai"),
        "đừng kể với ai",
    )
    assert (kept.match, kept.no_match, kept.phrases[0].source) == ((), (), "")


def test_cues_that_share_a_phrase_share_its_memory(folder: Path) -> None:
    for name in ("sample", "other"):
        text = CUE.format(phrase="(gửi|nộp) … <money>").replace("any.sample", f"any.{name}")
        write(folder, text, f"{name}.toml")
    first, second = load_rulebook(folder, for_maintainers=False).cues
    assert first.phrases[0] is second.phrases[0]
