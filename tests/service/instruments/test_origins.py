"""A cue proves nothing on the conversation it was written from, and that is found out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from notalone.folding.spelling import Spelling
from notalone.instruments.corpus import Case
from notalone.instruments.origins import MadeFrom, Origins
from notalone.model import Message
from notalone.phrase_language import parse_phrase
from notalone.rulebook import Cue

SPELLING = Spelling(homoglyphs={}, always={"k": ("không",)}, near={})
CUE = Cue(
    id="any.sample",
    lure=None,
    signal="SECRECY",
    status="stable",
    lang="vi",
    phrases=(parse_phrase("đừng kể"),),
    unless=(),
    match=("Chuyện này đừng kể với ai hết nha",),
    no_match=(),
    references=(),
    added="2026-11-22",
    exact=False,
    why=None,
    path=Path("rules/lures/any/sample.toml"),
)


def origins(cue: Cue, *texts: str) -> frozenset[str]:
    case = Case("talk/one", "a set", tuple(Message("1", text) for text in texts), is_lure=True)
    return Origins([cue], spelling=SPELLING).of(case).cues


@pytest.mark.parametrize(
    ("text", "is_origin"),
    (
        ("nè, chuyen nay dung ke voi ai. mai gặp", True),
        ("Chuyện. Này đừng kể với ai", True),
        ("em đừng kể với ai nha", False),
        ("Chuyện này đừng kể", False),
    ),
    ids=("five words without marks", "a stop between", "only four words", "a shorter message"),
)
def test_five_words_in_a_row_are_a_trace(text: str, is_origin: bool) -> None:
    assert origins(CUE, "chào em", text) == (frozenset({CUE.id}) if is_origin else frozenset())


def test_words_are_not_joined_across_messages() -> None:
    assert origins(CUE, "chuyện này đừng", "kể với ai hết") == frozenset()


def test_words_that_a_phrase_needs_in_a_row_are_a_trace_too() -> None:
    cue = replace(CUE, phrases=(parse_phrase("mình (nói|kể) nhỏ cho nghe … nha"),))
    assert origins(cue, "để mình nói nhỏ cho nghe cái này nha") == {cue.id}


def test_a_cue_may_say_itself_where_it_comes_from() -> None:
    class SayingCue:
        written_from = ("talk/one",)

        def __getattr__(self, name: str) -> Any:
            return getattr(CUE, name)

    cue: Any = SayingCue()
    assert origins(cue, "chào em") == {CUE.id}


def test_what_was_learnt_from_a_talk_is_taken_away_with_its_cues() -> None:
    case = Case("talk/one", "a set", (Message("1", "chào em"),), is_lure=True)
    origins = Origins([], spelling=SPELLING, unseen={case.fingerprint: 0.5})
    assert origins.of(case) == MadeFrom(resemblance=0.5)
    other = replace(case, messages=(Message("1", "chào anh"),))
    assert not origins.of(other)
