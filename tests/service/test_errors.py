"""Errors say where and how to mend it."""

from pathlib import Path

from notalone.errors import RequestError, RuleError, RuleLocation


def test_a_rule_error_says_file_line_column_problem_and_fix() -> None:
    at = RuleLocation(Path("rules/lures/any/x.toml"), 4, 7)
    assert str(RuleError("no_match is empty", fix="add one", at=at)) == (
        "rules/lures/any/x.toml:4:7: no_match is empty; add one"
    )


def test_an_unknown_place_is_left_out() -> None:
    assert str(RuleLocation(Path("rules/x.toml"))) == "rules/x.toml"


def test_a_request_error_carries_its_status() -> None:
    assert RequestError("too_large", status=413).status == 413
