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


@pytest.mark.parametrize("code", get_args(Code))
def test_a_refused_file_never_sends_anybody_to_an_address_or_the_catalogue(code: Code) -> None:
    of_a_list = FeedError(code, Bilingual("hỏng", "broken"))
    of_a_file = of_a_list.of_file()
    assert (of_a_file.code, of_a_file.problem) == (code, of_a_list.problem)
    if code in _ON_THE_WAY:
        return  # no file is ever refused for it
    for told in (of_a_file.told.vi, of_a_file.told.en):
        assert not [word for word in ("urls", "feeds.toml", "feeds pull;") if word in told]


_ON_THE_WAY = frozenset(
    ("offline", "not_https", "private_address", "redirect", "http_status", "too_slow")
)
