"""A phrase that does nothing is found out by trying, with its place and the way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.rule_folder import empty_rules
from notalone.instruments.phraselint import lint_phrases
from notalone.rulebook import load_rulebook

CUE = """\
id = "any.{name}"
signal = "{signal}"
status = "stable"
lang = "vi"
phrases = [
{phrases}
]
unless = [{unless}]
match = ["Đừng kể với ai hết", "dung ke voi ai het"]
no_match = ["Kể với mẹ đi"]
references = ["https://example.test/report"]
added = 2026-11-22
{more}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return empty_rules(tmp_path)


def write(
    folder: Path,
    name: str,
    *phrases: str,
    signal: str = "SECRECY",
    unless: str = "",
    more: str = "",
) -> None:
    lines = "\n".join(f'  "{phrase}",' for phrase in phrases)
    text = CUE.format(name=name, signal=signal, phrases=lines, unless=unless, more=more)
    (folder / "lures" / "any" / f"{name}.toml").write_text(text, "utf-8")


def mistakes(folder: Path) -> list[str]:
    return [str(error) for error in lint_phrases(load_rulebook(folder), root=folder)[0]]


def in_vietnamese(folder: Path) -> list[str]:
    found = lint_phrases(load_rulebook(folder), root=folder)
    return [error.told.vi for errors in found for error in errors]


@pytest.mark.parametrize(
    "phrases",
    (
        pytest.param(("đừng (kể|nói) với (ai|bố mẹ)", "giữ bí mật nha"), id="plain words"),
        pytest.param(("chuyển … <money> vào <account>",), id="entities that name themselves"),
        pytest.param(("đọc … <otp> cho (anh|chị)",), id="a code needs a word beside it"),
        pytest.param(("ko dc ke voi ai",), id="short forms are written out on both sides"),
        pytest.param(("đừng kể với công ty", "hoà giải kỹ nhé"), id="two spellings of one word"),
    ),
)
def test_a_phrase_that_works_has_nothing_to_mend(folder: Path, phrases: tuple[str, ...]) -> None:
    write(folder, "sample", *phrases)
    assert mistakes(folder) == []


def test_an_alternative_that_is_always_read_otherwise_is_dead(folder: Path) -> None:
    write(folder, "sample", "đừng kể với ai", "gửi tiền (ngay|hôm nay|100) cho anh")
    assert mistakes(folder) == [
        "rules/lures/any/sample.toml:7:19: 'hôm nay' can never match: 'hôm nay' is read as"
        " '<time>'; write it as it is read, or take it out",
        "rules/lures/any/sample.toml:7:27: '100' can never match: '100' is read as '<number>';"
        " write it as it is read, or take it out",
    ]


def test_a_phrase_of_which_nothing_is_left_is_told_once(folder: Path) -> None:
    write(folder, "sample", "đừng kể với ai", "chuyển tiền hôm nay")
    assert mistakes(folder) == [
        "rules/lures/any/sample.toml:7:4: 'chuyển tiền hôm nay' can never match: 'chuyển tiền hôm"
        " nay' is read as 'chuyển tiền <time>'; write it as it is read, or take it out"
    ]


def test_an_unless_word_that_is_always_read_otherwise_is_dead(folder: Path) -> None:
    write(folder, "sample", "đừng kể với ai", unless='"hôm nay", "phim"')
    assert [mistake[:50] for mistake in mistakes(folder)] == [
        "rules/lures/any/sample.toml:8:12: 'hôm nay' can ne"
    ]


def test_words_that_are_read_otherwise_only_together_are_shown_together(folder: Path) -> None:
    write(folder, "sample", "đừng kể với ai", "gửi (cả|hai) triệu cho anh")
    assert mistakes(folder) == [
        "rules/lures/any/sample.toml:7:12: 'hai' can never match: 'gửi hai triệu cho anh' is read"
        " as 'gửi <money> cho anh'; write it as it is read, or take it out"
    ]


@pytest.mark.parametrize(
    ("wide", "narrow"),
    (
        ("(đừng|chớ) (kể|nói) với ai", "đừng nói với ai hết"),
        ("đừng … kể với ai", "đừng bao giờ kể với ai"),
        ("đừng kể với ai", "(nhớ)? đừng kể với ai … nha"),
    ),
)
def test_a_phrase_that_says_nothing_more_is_shadowed(folder: Path, wide: str, narrow: str) -> None:
    write(folder, "sample", narrow, wide)
    assert mistakes(folder) == [
        f"rules/lures/any/sample.toml:6:4: '{narrow}' says nothing that '{wide}' does not say"
        " already (rules/lures/any/sample.toml:7:4); take it out"
    ]


@pytest.mark.parametrize(
    ("wide", "narrow"),
    (
        pytest.param("đừng … kể với ai", "đừng (kể|nói) với ai", id="an alternative more"),
        pytest.param("đừng kể với ai", "đừng … kể với ai", id="a gap more"),
        pytest.param("giấu nhé", "em giấu nhé mọi người", id="more words, so less doubt"),
    ),
)
def test_a_phrase_that_says_something_of_its_own_stays(
    folder: Path, wide: str, narrow: str
) -> None:
    write(folder, "sample", narrow, wide)
    assert not any(f"'{narrow}' says nothing" in mistake for mistake in mistakes(folder))


def test_of_two_that_say_the_same_one_stays(folder: Path) -> None:
    write(folder, "one", "(đừng|chớ) kể với ai")
    write(folder, "two", "(chớ|đừng) kể với ai")
    assert len(mistakes(folder)) == 1


@pytest.mark.parametrize(
    ("signal", "unless"), (("DELETE_CHAT", ""), ("SECRECY", '"phim"')), ids=("signal", "unless")
)
def test_a_cue_that_means_something_else_shadows_nothing(
    folder: Path, signal: str, unless: str
) -> None:
    write(folder, "narrow", "đừng kể với ai hết")
    write(folder, "wide", "đừng kể với ai", signal=signal, unless=unless)
    assert mistakes(folder) == []


def test_an_exact_cue_does_not_shadow_one_that_knows_words_without_marks(folder: Path) -> None:
    write(folder, "narrow", "đừng kể với ai hết")
    write(folder, "wide", "đừng kể với ai", more="exact = true")
    assert mistakes(folder) == []


def test_a_draft_shadows_nothing_that_is_relied_on(folder: Path) -> None:
    write(folder, "narrow", "đừng kể với ai hết")
    write(folder, "wide", "đừng kể với ai")
    wide = folder / "lures" / "any" / "wide.toml"
    wide.write_text(wide.read_text("utf-8").replace('"stable"', '"draft"'), "utf-8")
    assert mistakes(folder) == []


def test_what_does_nothing_is_told_in_vietnamese_too(folder: Path) -> None:
    write(folder, "one", "đừng kể với ai", "gửi tiền (ngay|hôm nay) cho anh")
    write(folder, "two", "đừng kể với ai hết")
    place = "rules/lures/any"
    assert in_vietnamese(folder) == [
        f"{place}/one.toml:7:19: 'hôm nay' không bao giờ khớp: 'hôm nay' được đọc là '<time>'; viết"
        " đúng như nó được đọc, hoặc bỏ đi",
        f"{place}/two.toml:6:4: 'đừng kể với ai hết' không tìm thêm được gì ngoài 'đừng kể với ai'"
        f" ({place}/one.toml:6:4); bỏ đi",
        "rules/lures: 1 trong 3 cụm từ chưa có câu ví dụ nào khớp, nhiều nhất ở any.one (1); thêm"
        " câu ví dụ, hoặc bỏ cụm từ",
    ]


def test_of_one_file_is_told_what_is_told_of_it_among_all(folder: Path) -> None:
    write(folder, "mine", "đừng kể với ai hết", "giấu ai việc này", "gửi (ngay|hôm nay) cho anh")
    write(folder, "wide", "đừng kể với ai")
    write(folder, "narrow", "giấu ai việc này nhé")
    write(folder, "others", "chuyện này giữ kín", "chuyện này giữ kín nha", "xóa hôm nay")
    write(folder, "else", "đừng kể với ai hết nhé", signal="DELETE_CHAT")
    every = mistakes(folder)
    mine = frozenset({Path("rules/lures/any/mine.toml")})
    found, notes = lint_phrases(load_rulebook(folder), root=folder, only=mine)
    assert [str(error) for error in found] == [each for each in every if "any/mine.toml" in each]
    assert len(found) == 3
    assert len(every) == 5
    assert [note.told.en for note in notes] == [
        "rules/lures/any/mine.toml: 2/3 phrases are hit by no example: 'giấu ai việc này', 'gửi"
        " (ngay|hôm nay) cho anh'; give them examples, or take them out"
    ]


def test_phrases_that_no_example_hits_are_counted_in_one_line(folder: Path) -> None:
    write(folder, "sample", "đừng kể với ai", "giữ bí mật nha", "xóa tin nhắn này đi")
    notes = [str(note) for note in lint_phrases(load_rulebook(folder), root=folder)[1]]
    assert notes == [
        "rules/lures: 2 of 3 phrases are hit by no example of their cue, most in any.sample (2);"
        " give them examples, or take them out"
    ]
