"""`notalone rules new`: each answer is tried at once, and nothing is written that does not hold."""

from __future__ import annotations

import dataclasses
import datetime
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.rule_folder import write_rules
from notalone.instruments.new_cue import Given, new_cue
from notalone.rulebook import load_rulebook

PHRASE = "(việc|bí mật) này … giữ kín (giúp|cho)"
GIVEN = Given(
    lure="any",
    signal="SECRECY",
    name="keep_this",
    phrases=(PHRASE,),
    match=("Việc này em giữ kín giúp anh nha", "viec nay giu kin giup a"),
    no_match=("Mẹ giữ kín cửa giúp con nhé",),
    references=("https://example.test/report",),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_rules(tmp_path)


class Terminal:
    """Answers questions from a list, and keeps what was asked and said."""

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = iter(answers)
        self.asked: list[str] = []
        self.said: list[str] = []

    def ask(self, question: str) -> str:
        self.asked.append(question)
        try:
            return next(self._answers)
        except StopIteration:
            raise EOFError from None

    @property
    def text(self) -> str:
        return "\n".join(self.said)


def run(given: Given, root: Path, terminal: Terminal, *, in_pipe: bool = False) -> int:
    return new_cue(
        given,
        root=root,
        ask=None if in_pipe else terminal.ask,
        tell=terminal.said.append,
        today=lambda: datetime.date(2026, 11, 22),
    )


def written(root: Path, name: str = "any/keep_this") -> dict[str, object]:
    return tomllib.loads((root / "lures" / f"{name}.toml").read_text("utf-8"))


# --- in a pipe --------------------------------------------------------------------------------


def test_a_whole_command_line_writes_a_draft_that_holds(root: Path) -> None:
    terminal = Terminal()
    assert run(GIVEN, root, terminal, in_pipe=True) == 0
    assert written(root)["status"] == "draft"
    assert written(root)["lang"] == "vi"
    assert "rules/lures/any/keep_this.toml" in terminal.text
    assert "3 examples, 0 to mend" in terminal.text
    assert "notalone rules lint any.keep_this && notalone score" in terminal.text
    assert [cue.id for cue in load_rulebook(root).cues if cue.id == "any.keep_this"]


def test_mistakes_of_a_namesake_in_another_folder_are_not_told(root: Path) -> None:
    other = root / "lures" / "fake_authority" / "keep_this.toml"
    other.parent.mkdir(exist_ok=True)
    other.write_text("id = 5", "utf-8")
    terminal = Terminal()
    assert run(GIVEN, root, terminal, in_pipe=True) == 0
    assert "fake_authority" not in terminal.text


def test_everything_that_is_missing_is_named_at_once(root: Path) -> None:
    terminal = Terminal()
    assert run(Given(), root, terminal, in_pipe=True) == 2
    for option in ("--lure", "--signal", "--phrase", "--match", "--no-match", "--reference"):
        assert f"missing: {option}" in terminal.text
    assert "--unless" not in terminal.text


@pytest.mark.parametrize(
    ("answers", "said"),
    (
        ({"lure": "anny"}, "--lure: không có 'anny' / is not there; ý bạn là / did you mean any?"),
        ({"signal": "SECRET"}, "did you mean SECRECY?"),
        ({"phrases": ("giữ (kín",)}, "cột / column 4: không đọc được ' (kín'; nhóm viết (a|b)"),
        ({"phrases": ("ở đó",)}, "nothing in it is distinctive enough"),
        ({"phrases": ("gửi <mony>",)}, "column 5: không có loại <mony>; dùng một trong"),
        ({"match": ("Việc khác", "viec nay giu kin giup a")}, "«Việc khác» không khớp"),
        ({"match": (GIVEN.match[0],) * 2}, "one of them must be typed without marks"),
        ({"match": (GIVEN.match[0],)}, "missing: --match (2 lần / 2 times)"),
        ({"match": ("không phải việc này em giữ kín giúp", GIVEN.match[1])}, "is negated"),
        ({"no_match": ("Việc này em giữ kín giúp",)}, "is matched: a phrase is too wide"),
        ({"references": ("bao thanh nien",)}, "must be an address"),
        ({"name": "Giữ kín"}, "only a-z, digits and _: giu_kin"),
        ({"name": "secrecy"}, "any/secrecy.toml đã có / is there already"),
        ({"name": "lure"}, "only a-z"),
    ),
)
def test_a_wrong_answer_is_named_and_nothing_is_written(
    answers: dict[str, str], said: str, root: Path
) -> None:
    before = sorted(root.rglob("*.toml"))
    terminal = Terminal()
    given = dataclasses.replace(GIVEN, **answers)  # type: ignore[arg-type]
    assert run(given, root, terminal, in_pipe=True) in (1, 2)
    assert said in terminal.text
    assert sorted(root.rglob("*.toml")) == before


def test_the_mark_stands_under_the_mistake(root: Path) -> None:
    terminal = Terminal()
    given = dataclasses.replace(GIVEN, phrases=("giữ kín <mony> giúp",))
    run(given, root, terminal, in_pipe=True)
    lines = terminal.text.splitlines()
    place = next(n for n, line in enumerate(lines) if line.strip() == "^")
    assert lines[place - 1][lines[place].index("^") :].startswith("<mony>")


def test_phrases_are_kept_in_lower_case(root: Path) -> None:
    given = dataclasses.replace(GIVEN, phrases=(PHRASE.upper(),))
    assert run(given, root, Terminal(), in_pipe=True) == 0
    assert written(root)["phrases"] == [PHRASE]


def test_english_phrases_need_no_unmarked_example(root: Path) -> None:
    given = dataclasses.replace(
        GIVEN,
        lang="en",
        phrases=("keep this (a secret|quiet)",),
        match=("Keep this a secret", "keep this quiet ok"),
        no_match=("Keep this door shut",),
    )
    assert run(given, root, Terminal(), in_pipe=True) == 0
    assert written(root)["lang"] == "en"


def test_without_marks_somebody_has_to_say_which_language(root: Path) -> None:
    terminal = Terminal()
    given = dataclasses.replace(GIVEN, phrases=("cho em acc",))
    assert run(given, root, terminal, in_pipe=True) in (1, 2)
    assert "missing: --cue-lang" in terminal.text


# --- on a terminal ----------------------------------------------------------------------------


def test_every_answer_can_be_asked_for(root: Path) -> None:
    terminal = Terminal(
        "any", "secrecy", PHRASE, "",
        "Việc này em giữ kín giúp anh nha", "", "",
        "Mẹ giữ kín cửa giúp con nhé", "",
        "sinh nhật", "",
        "https://example.test/report", "",
        "keep_this",
    )  # fmt: skip
    assert run(Given(), root, terminal) == 0
    cue = written(root)
    assert cue["unless"] == ["sinh nhật"]
    assert cue["match"] == [
        "Việc này em giữ kín giúp anh nha",
        "viec nay em giu kin giup anh nha",  # proposed, and taken with Enter
    ]


def test_lists_are_shown_with_words_and_taken_by_number(root: Path) -> None:
    terminal = Terminal("2")
    given = dataclasses.replace(GIVEN, lure=None, name=None)
    run(given, root, terminal)
    assert "Tin này có thể giả công an" in terminal.text
    assert any(
        line.lstrip().startswith("2  ") and "fake_authority" in line for line in terminal.said
    )


def test_a_wrong_answer_is_asked_for_again(root: Path) -> None:
    terminal = Terminal("chua co", "fake_authority", "", "keep_this")
    given = dataclasses.replace(GIVEN, lure=None, name=None)
    assert run(given, root, terminal) == 0
    assert "không có 'chua co'" in terminal.text
    assert written(root, "fake_authority/keep_this")["id"] == "fake_authority.keep_this"


def test_a_proposed_name_is_taken_with_enter(root: Path) -> None:
    assert run(dataclasses.replace(GIVEN, name=None), root, Terminal("")) == 0
    assert written(root, "any/viec_bi_mat_nay")["signal"] == "SECRECY"


def test_signals_of_the_lure_come_first(root: Path) -> None:
    terminal = Terminal()
    run(dataclasses.replace(GIVEN, lure="fake_authority", signal=None), root, terminal)
    names = [line.split()[-1] for line in terminal.said if line[:3].strip().isdecimal()]
    assert set(names[:4]) == {"AUTH_CLAIM", "SECRECY", "MONEY_REQUEST", "CRED_REQUEST"}
    assert names[-2:] == ["WARN_FRAME", "TOLD_THREAT"]


def test_one_can_go_back_and_mend_an_answer(root: Path) -> None:
    terminal = Terminal(
        "any", "AUTH_CLAIM", "<", "SECRECY", "chuyện khác hẳn", "<", PHRASE, "",
        "Việc này em giữ kín giúp anh nha", "", "",
        "<", "",
        "<", "<", "Bí mật này giữ kín cho chị", "", "",
        "Mẹ giữ kín cửa giúp con nhé", "",
        "",
        "https://example.test/report", "",
        "keep_this",
    )  # fmt: skip
    assert run(Given(), root, terminal) == 0
    cue = written(root)
    assert cue["signal"] == "SECRECY"
    assert cue["phrases"] == [PHRASE]
    assert cue["match"] == ["Bí mật này giữ kín cho chị", "bi mat nay giu kin cho chi"]
    assert "Đã bỏ / taken back: chuyện khác hẳn" in terminal.text


def test_what_does_not_hold_is_told_in_both_languages(root: Path) -> None:
    terminal = Terminal()
    given = dataclasses.replace(GIVEN, phrases=(PHRASE, PHRASE))
    assert run(given, root, terminal, in_pipe=True) == 1
    assert f"{PHRASE!r} có hai lần / {PHRASE!r} stands twice" in terminal.text
    assert "→ giữ một / keep one" in terminal.text
    assert "3 câu ví dụ, 1 chỗ cần sửa / 3 examples, 1 to mend" in terminal.text


def test_leaving_in_the_middle_writes_nothing(root: Path) -> None:
    terminal = Terminal("any", "SECRECY")
    before = sorted(root.rglob("*.toml"))
    assert run(Given(), root, terminal) == 1
    assert "Nothing was written" in terminal.text
    assert sorted(root.rglob("*.toml")) == before
