"""What a maintainer is told before a rule goes out."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from harness.rule_folder import empty_rules, write_rules
from notalone.detectors.cues import CueDetector
from notalone.folding.words import fold_text
from notalone.instruments.rulelint import lint, run_examples
from notalone.model import Bilingual
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


def told(folder: Path) -> list[Bilingual]:
    return [problem.told for problem in lint(load_rulebook(folder), root=folder)]


def test_a_good_cue_has_nothing_to_mend(folder: Path) -> None:
    assert problems(folder, GOOD) == []


def test_the_sample_cue_that_newcomers_copy_has_nothing_to_mend(folder: Path) -> None:
    text = (Path(__file__).resolve().parents[3] / "CONTRIBUTING.md").read_text("utf-8")
    sample = re.search(r"`rules/lures/any/(\w+)\.toml`:\n\n +```toml\n(.+?) +```", text, re.DOTALL)
    assert sample is not None
    name, cue = sample[1], textwrap.dedent(sample[2])
    (folder / "lures" / "any" / f"{name}.toml").write_text(cue, "utf-8")
    book = load_rulebook(folder)
    assert [str(problem) for problem in lint(book, root=folder)] == []
    tried, failed = run_examples(book, CueDetector(book, with_drafts=True), root=folder)
    assert (tried, [str(problem) for problem in failed]) == (3, [])


@pytest.mark.parametrize(
    ("old", "new", "vi", "en"),
    (
        (
            'no_match = ["Kể với mẹ đi"]',
            "no_match = []",
            "7:1: no_match còn trống; thêm một câu vô hại mà người thật vẫn viết",
            "7:1: no_match is empty; add one harmless sentence a real person would write",
        ),
        (
            '["Đừng kể với ai", "dung ke voi ai"]',
            '["dung ke voi ai"]',
            "6:1: match mới có 1 câu; viết ít nhất 2 câu phải nhận ra",
            "6:1: 1 example that must match; give at least 2",
        ),
        (
            '"dung ke voi ai"]',
            '"Đừng kể với ai nha"]',
            "6:1: match chưa có câu nào gõ không dấu; thêm một câu như khi gõ vội: khong duoc ke",
            "6:1: no example without marks; add one as people type it in a hurry: khong duoc ke",
        ),
        (
            '["https://example.test/report"]',
            "[]",
            "8:1: references chưa có địa chỉ nào; ghi nguồn, bài báo hoặc vụ việc: https://…",
            "8:1: no reference with an address; cite the report or case: https://…",
        ),
        (
            '["đừng kể với ai"]',
            '["đừng kể với ai", "đừng kể với ai"]',
            "5:1: 'đừng kể với ai' có hai lần; giữ một",
            "5:1: 'đừng kể với ai' stands twice; keep one",
        ),
    ),
)
def test_what_is_missing_is_named_with_its_place(
    folder: Path, old: str, new: str, vi: str, en: str
) -> None:
    place = "rules/lures/any/sample.toml:"
    problems(folder, GOOD.replace(old, new))
    assert told(folder) == [Bilingual(place + vi, place + en)]


@pytest.mark.parametrize(
    ("name", "old", "new", "vi", "en"),
    (
        (
            "signals.toml",
            "[SECRECY]",
            '[X]\nstage = "trust"\nwhy = { vi = "a", en = "b" }\n[SECRECY]',
            "X không có điểm nào; thêm weight hoặc reduces",
            "X weighs nothing; give it weight or reduces",
        ),
        (
            "lures/fake_authority/lure.toml",
            "Gọi cho bố mẹ.",
            "a" * 91,
            "6:1: first_action (vi) dài 91 ký tự; rút còn 90 cho vừa thẻ",
            "6:1: first_action (vi) has 91 characters; a card can show 90",
        ),
        (
            "lures/fake_authority/lure.toml",
            '"AUTH_CLAIM"',
            '"AUTH"',
            "8:1: không có dấu hiệu AUTH trong signals.toml; chọn một tên ở đó",
            "8:1: signal AUTH is not in signals.toml; take one of its names",
        ),
    ),
)
def test_a_mistake_in_signals_and_lures_is_named(
    tmp_path: Path, name: str, old: str, new: str, vi: str, en: str
) -> None:
    root = write_rules(tmp_path, {})
    written = (root / name).read_text("utf-8")
    (root / name).write_text(written.replace(old, new, 1), "utf-8")
    [only] = told(root)
    assert vi in only.vi
    assert en in only.en


def test_a_folder_of_cues_without_its_lure_is_named(folder: Path) -> None:
    (folder / "lures" / "new").mkdir()
    cue = GOOD.replace("any.sample", "new.sample")
    (folder / "lures" / "new" / "sample.toml").write_text(cue, "utf-8")
    assert told(folder) == [
        Bilingual(
            "rules/lures/new: có mẫu câu mà thiếu lure.toml; thêm tệp ấy, như các thư mục bên cạnh",
            "rules/lures/new: there are cues but no lure.toml; add one, like those beside it",
        )
    ]


def test_ids_that_differ_only_in_capitals_are_one(folder: Path) -> None:
    (folder / "lures" / "any" / "Sample.toml").write_text(GOOD.replace("any.s", "any.S"), "utf-8")
    problems(folder, GOOD)
    place, other = "rules/lures/any/sample.toml:1:1:", "(rules/lures/any/Sample.toml)"
    assert told(folder) == [
        Bilingual(
            f"{place} any.sample và any.Sample {other} trùng id; đổi tên tệp này và id của nó; id"
            " đã dùng thì không dùng lại",
            f"{place} any.sample and any.Sample {other} are one id; give this file and its id"
            " another name; an id is never used again",
        )
    ]


def test_a_cue_that_is_refused_is_looked_at_all_the_same(folder: Path) -> None:
    wrong = GOOD.replace("any.sample", "any.other").replace("SECRECY", "SECRET")
    found = problems(folder, wrong.replace("https://example.test/report", "…"))
    assert [problem.split(": ")[0] for problem in found] == [
        "rules/lures/any/sample.toml:1:1",
        "rules/lures/any/sample.toml:2:1",
        "rules/lures/any/sample.toml:8:1",
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
    place = "rules/lures/any/sample.toml:"
    assert [error.told for error in failed] == [
        Bilingual(
            f"{place}6:11: any.sample không nhận ra 'Hãy kể với ai'; nới một cụm từ",
            f"{place}6:11: 'Hãy kể với ai' is not matched by any.sample; widen a phrase",
        ),
        Bilingual(
            f"{place}7:14: any.sample nhận nhầm 'đừng kể với ai nhé'; thu hẹp cụm từ đã khớp với"
            " câu này",
            f"{place}7:14: 'đừng kể với ai nhé' is matched by any.sample; narrow the phrase that"
            " hits it",
        ),
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
