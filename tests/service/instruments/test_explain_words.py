"""Everything an explanation may have to say has words, in both languages, and none is jargon."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any, get_args

import pytest

from notalone.folding.entities import ENTITY_KINDS
from notalone.instruments import explain_words as words
from notalone.instruments.explain import Fate
from notalone.instruments.threshold_lines import LineName, What
from notalone.model import LEVELS, Bilingual

TABLES: dict[str, tuple[Mapping[Any, Bilingual], set[str]]] = {
    "levels": (words.LEVELS, set(LEVELS)),
    "entities": (words.ENTITIES, set(ENTITY_KINDS)),
    "notes": (words.NOTES, {"hidden", "foreign"}),
    "fates": (words.FATES, set(get_args(Fate)) - {"counted", "lowers"}),
    "short fates": (words.SHORT_FATES, set(get_args(Fate)) - {"counted"}),
    "lines": (words.LINES, set(get_args(LineName))),
    "missing": (words.MISSING, set(get_args(What))),
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_nothing_is_left_without_words(name: str) -> None:
    table, wanted = TABLES[name]
    assert set(table) == wanted


@pytest.mark.parametrize("name", (*sorted(TABLES), "said"))
def test_both_languages_leave_the_same_places_open(name: str) -> None:
    table = words.SAID if name == "said" else TABLES[name][0]
    for key, text in table.items():
        assert text.vi, key
        assert text.en, key
        places = [
            sorted(place for _, place, _, _ in string.Formatter().parse(said) if place is not None)
            for said in (text.vi, text.en)
        ]
        assert places[0] == places[1], key


@pytest.mark.parametrize("jargon", ("regex", "token", "anchor", "match", "cue", "null", "an toàn"))
def test_vietnamese_words_hold_no_jargon(jargon: str) -> None:
    tables = [table for table, _ in TABLES.values()] + [words.SAID]
    said = " ".join(text.vi for table in tables for text in table.values()).lower()
    assert jargon not in said.split()
    assert "an toàn" not in said
