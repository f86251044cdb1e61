"""The score counts what a family would notice: warned, in time, high enough, disturbed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from notalone.corpus import Case
from notalone.model import Level, Message
from notalone.score import Outcome, Share, judge_all, summary, table

MESSAGES = tuple(Message(str(number), "…") for number in range(1, 4))


def outcome(
    *, is_lure: bool = True, level: Level = "caution", warned_at: int | None = 1, by: str = "2"
) -> Outcome:
    case = Case("x", "a set", MESSAGES, is_lure, "grooming", "none", "danger", by)
    return Outcome(case, level, "grooming", warned_at)


@pytest.mark.parametrize(
    ("warned_at", "in_time"), ((0, True), (1, True), (2, False), (None, False))
)
def test_in_time_is_no_later_than_an_adult(warned_at: int | None, in_time: bool) -> None:
    assert outcome(warned_at=warned_at).is_in_time is in_time


def test_high_enough_is_the_level_that_was_wanted() -> None:
    assert not outcome(level="caution").is_high_enough
    assert outcome(level="danger").is_high_enough


def test_an_interval_is_honest_about_few_cases() -> None:
    low, high = Share(10, 10).interval
    assert low == pytest.approx(0.722, abs=0.001)
    assert high == 1.0
    assert Share(0, 0).interval == (0.0, 1.0)


def test_the_worst_harmless_set_is_named() -> None:
    lines = table([outcome(), outcome(is_lure=False, level="no_information", warned_at=None)])
    assert lines[-1].startswith("worst harmless set: a set, ")


def test_programs_get_the_same_numbers() -> None:
    shares = summary([outcome(), outcome(level="no_information", warned_at=None)])["a set"]
    assert (shares["cases"], shares["warned"], shares["danger"]) == (2, 0.5, 0.0)


def test_the_command_prints_a_table_and_json(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Mai mấy giờ học?\nCon ăn cơm chưa?\n", "utf-8")
    call = [sys.executable, "-m", "notalone", "score", "--data", str(tmp_path)]
    said = subprocess.run(call, capture_output=True, text=True, check=True, timeout=60).stdout
    assert "worst harmless set: talk,   0.0%" in said
    done = subprocess.run([*call, "--json"], capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout)["talk"]["cases"] == 2


def test_cases_are_judged_as_the_extension_would_show_them() -> None:
    from notalone.checker import build_checker

    words = ("Chào em", "Vụ án này bảo mật, em không được kể với bố mẹ", "chuyển hết tiền vào"
             " tài khoản tạm giữ")  # fmt: skip
    messages = tuple(Message(str(i), text) for i, text in enumerate(words))
    judged = judge_all([Case("x", "s", messages, True, "fake_authority")], build_checker())
    assert (judged[0].level, judged[0].warned_at) == ("danger", 2)
