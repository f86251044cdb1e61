"""A phrase is written out as its author meant it, every alternative at least once."""

from __future__ import annotations

from typing import get_args

import pytest

from notalone.folding.entities import EntityKind, find_entities
from notalone.instruments.samples import (
    SAMPLES,
    all_rows,
    covering_rows,
    rows_with,
    slots_of,
    write_out,
)
from notalone.phrase_language import parse_phrase

PHRASE = "(kể|nói nhỏ) … (với|cho)? mẹ <money>"


@pytest.mark.parametrize("source", (PHRASE, "a … b", "(a|b)? c", "một ... hai"))
def test_there_is_a_slot_for_every_part_of_the_phrase(source: str) -> None:
    assert len(slots_of(source)) == len(parse_phrase(source).parts)


def test_columns_point_at_the_alternative() -> None:
    for slot in slots_of(PHRASE):
        for text, column in zip(slot.alternatives, slot.columns, strict=True):
            assert PHRASE[column - 1 :].startswith(text)


def test_covering_rows_hold_every_alternative_and_the_left_out_one() -> None:
    slots = slots_of(PHRASE)
    texts = {write_out(slots, row)[0] for row in covering_rows(slots)}
    assert texts == {
        "kể với mẹ 500k",
        "nói nhỏ cho mẹ 500k",
        "kể mẹ 500k",
    }


def test_all_rows_are_all_or_a_fixed_choice_of_them() -> None:
    slots = slots_of(PHRASE)
    assert len(set(all_rows(slots, limit=100))) == 6
    few = list(all_rows(slots, limit=4))
    assert len(few) == 4
    assert few == list(all_rows(slots, limit=4))


def test_one_alternative_can_be_asked_for() -> None:
    slots = slots_of(PHRASE)
    texts = {write_out(slots, row)[0] for row in rows_with(slots, 0, 1, limit=100)}
    assert len(texts) == 3
    assert all(text.startswith("nói nhỏ") for text in texts)


def test_gaps_are_filled_with_words_that_no_rule_knows() -> None:
    slots = slots_of("đừng … kể")
    assert write_out(slots, (0, 0, 0), gap_words=2)[0] == "đừng blim blim kể"


@pytest.mark.parametrize("kind", get_args(EntityKind))
def test_every_entity_has_a_sample_that_is_read_as_it(kind: EntityKind) -> None:
    sample, near = SAMPLES[kind]
    assert find_entities(f"{sample} . {near}")[0].kind == kind
