"""Every fault tells a person what to do, in both languages."""

from __future__ import annotations

from typing import get_args

import pytest

from notalone.feeds.fault import Code, FeedError
from notalone.model import Bilingual


@pytest.mark.parametrize("code", get_args(Code))
def test_a_fault_says_what_is_wrong_and_what_to_do(code: Code) -> None:
    error = FeedError(code, Bilingual("hỏng", "broken"))
    for told, problem in ((error.told.vi, "hỏng"), (error.told.en, "broken")):
        assert told.startswith(f"{problem}; ")
        assert len(told) > len(problem) + 10
    assert str(error) == error.told.en
