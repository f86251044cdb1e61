"""The rules we ship find at least what was accepted, and disturb no more families."""

from __future__ import annotations

import pytest

from harness.service_process import REPOSITORY
from notalone.instruments import score


def test_no_group_fell_below_what_was_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    status = score.run(data=REPOSITORY / "tests" / "corpus")
    said = capsys.readouterr().out
    assert (REPOSITORY / "tests" / "corpus" / "accepted.json").is_file()
    assert status == 0, said
