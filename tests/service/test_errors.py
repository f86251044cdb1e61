"""Errors say where and how to mend it."""

from pathlib import Path

from notalone.errors import RequestError, RuleError, RuleLocation
from notalone.model import Bilingual


def test_a_rule_error_says_file_line_column_problem_and_fix() -> None:
    at = RuleLocation(Path("rules/lures/any/x.toml"), 4, 7)
    problem = Bilingual("no_match còn trống", "no_match is empty")
    error = RuleError(problem, fix=Bilingual("thêm một câu", "add one"), at=at)
    assert error.told == Bilingual(
        "rules/lures/any/x.toml:4:7: no_match còn trống; thêm một câu",
        "rules/lures/any/x.toml:4:7: no_match is empty; add one",
    )
    assert str(error) == error.told.en


def test_an_unknown_place_is_left_out() -> None:
    assert str(RuleLocation(Path("rules/x.toml"))) == "rules/x.toml"


def test_a_request_error_carries_its_status() -> None:
    assert RequestError("too_large", status=413).status == 413
