"""`notalone score` judges as the extension would, and holds the rules to what was accepted."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from harness import shipped
from notalone.checker import Checker
from notalone.instruments import score
from notalone.instruments.corpus import Case, read_corpus
from notalone.instruments.explain_words import Language
from notalone.instruments.learnt import read_unseen
from notalone.instruments.score import cross_validated, in_disguise, judge_all, run
from notalone.model import Message

WORDS = (
    "Chào em",
    "Vụ án này bảo mật, em không được kể với bố mẹ",
    "chuyển hết tiền vào tài khoản tạm giữ",
)
TALK = "Mai mấy giờ học?\nCon ăn cơm chưa?\n"


@pytest.fixture(autouse=True)
def rules_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """But by the command in a process of its own."""
    monkeypatch.setattr(score, "build_checker", shipped.checker)
    monkeypatch.setattr(score, "load_rulebook", lambda _: shipped.rulebook())


@pytest.fixture(scope="module")
def checker() -> Checker:
    return shipped.checker()


@pytest.fixture
def lure() -> Case:
    messages = tuple(Message(str(i), text) for i, text in enumerate(WORDS))
    return Case("x", "s", messages, is_lure=True, lure="fake_authority")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    lines = "".join(f'[[messages]]\ntext = "{text}"\n' for text in WORDS)
    (tmp_path / "one.toml").write_text(f'id = "one"\nlabel = "lure"\n{lines}', "utf-8")
    return tmp_path


def test_cases_are_judged_as_the_extension_would_show_them(checker: Checker, lure: Case) -> None:
    judged = judge_all([lure], checker)
    assert (judged[0].level, judged[0].warned_at) == ("danger", 2)


def test_what_is_taken_from_the_window_is_not_counted(checker: Checker, lure: Case) -> None:
    judged = judge_all(
        [lure], checker, change=lambda _, window: [replace(seen, findings=()) for seen in window]
    )
    assert judged[0].level == "no_information"


def test_an_example_of_a_cue_proves_nothing_for_that_cue(checker: Checker) -> None:
    example = "Vụ án này đang bảo mật em nhé, đừng kể với bố mẹ, chuyển hết tiền qua đây"
    case = Case("x", "s", (Message("1", example),), is_lure=True)
    [plain] = judge_all([case], checker)
    [judged] = cross_validated([case], checker, unseen={})
    assert judged.did_without
    assert not plain.did_without


def test_a_talk_that_was_learnt_from_is_judged_as_if_it_were_new(checker: Checker) -> None:
    """Its own words lift it; a classifier that never saw it may not."""
    unseen = read_unseen(shipped.CORPUS)
    known = [
        case for case in shipped.conversations() if case.fingerprint in unseen and case.is_lure
    ]
    cases = known[::6]  # enough of them, and quick enough
    plain = judge_all(cases, checker)
    judged = cross_validated(cases, checker, unseen=unseen)
    assert all(outcome.did_without for outcome in judged)
    fallen = [a for a, b in zip(plain, judged, strict=True) if a.is_warned and not b.is_warned]
    assert any(unseen[outcome.case.fingerprint] < 1 for outcome in fallen)
    assert 0 < len(fallen) < len(cases) / 4


def test_disguises_are_the_same_on_every_run(lure: Case) -> None:
    hidden = in_disguise(lure)
    assert hidden == in_disguise(lure)
    assert [message.text for message in hidden.messages] != list(WORDS)


def test_the_command_prints_a_table(folder: Path) -> None:
    call = [sys.executable, "-m", "notalone", "score", "--data", str(folder)]
    done = subprocess.run(call, capture_output=True, text=True, check=True, timeout=60)
    assert "bộ vô hại bị nhắc nhầm nhiều nhất: talk,   0.0%" in done.stdout
    assert done.stderr == ""  # no bar where nobody watches


class Screen(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("language", "said"),
    (
        (
            "vi",
            ("Đang xét: ", "Xét lại, bỏ những gì lấy từ chính nó: ", "Xét lại, chữ biến dạng: "),
        ),
        ("en", ("Judging: ", "Without what was made from it: ", "In disguise: ")),
    ),
)
def test_a_person_at_a_terminal_sees_how_far_it_is(
    language: Language, said: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    run(data=folder, disguised=True, cross_validate=True, language=language)
    for what in said:
        assert f"{what}  0%|" in screen.getvalue()
    assert "| 0/3\r" in screen.getvalue()
    last = screen.getvalue().rpartition("\r")
    assert last[0].endswith(" ")  # wiped away at the end
    assert last[2] == ""


def test_no_bar_stands_beside_json(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    run(data=folder, as_json=True, disguised=True, cross_validate=True)
    assert screen.getvalue() == ""


def test_a_lure_that_is_found_no_more_is_status_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "accepted.json").write_text("broken", "utf-8")
    assert run(data=folder, accept=True) == 0
    quiet = (folder / "one.toml").read_text("utf-8").replace(WORDS[1], "ừ")
    (folder / "one.toml").write_text(quiet.replace(WORDS[2], "ừ"), "utf-8")
    assert run(data=folder, language="en") == 1
    said = capsys.readouterr().out
    assert "warned 1/1 → 0/1 (1 case worse)" in said
    assert "one: danger → no information" in said


def test_one_run_can_show_everything(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data=folder, as_json=True, disguised=True, cross_validate=True) == 0
    table = json.loads(capsys.readouterr().out)
    assert table["disguised"]["alarms_plain"]["of"] == 2
    assert "lures by set" in table["cross_validated"]
    assert len(read_corpus(folder)) == 3
