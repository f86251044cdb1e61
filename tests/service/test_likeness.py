"""Names that are drawn or typed alike."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.brands import Brand, LinkWords
from notalone.likeness import build_index, is_one_letter_off, shapes, skeleton

NAMES = st.text(alphabet="abc", max_size=6)


@pytest.mark.parametrize(
    "drawn", ("v1etc0mbank", "vletcombank", "vi3tcombank", "vietcornbank", "VIETCOMBANK".lower())
)
def test_letters_drawn_alike_make_one_skeleton(drawn: str) -> None:
    assert skeleton(drawn) == skeleton("vietcombank")


def test_another_name_keeps_another_skeleton() -> None:
    assert skeleton("vietinbank") != skeleton("vietcombank")


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("garena", False),
        ("garenna", True),
        ("garna", True),
        ("garema", True),
        ("agrena", True),
        ("arenag", False),
        ("garenn", True),
        ("garennaa", False),
        ("graena", True),
        ("grarean", False),
    ),
)
def test_one_letter_off_means_one_slip_of_the_finger(name: str, expected: bool) -> None:
    assert is_one_letter_off(name, "garena") is expected


@given(NAMES, NAMES)
def test_one_letter_off_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert is_one_letter_off(one, other) == is_one_letter_off(other, one)


@given(NAMES, NAMES)
def test_names_one_letter_off_always_share_a_shape(one: str, other: str) -> None:
    """The quick look may let too much through, but never too little."""
    if is_one_letter_off(one, other):
        assert shapes(one) & shapes(other)


def test_short_bank_names_and_words_have_too_many_neighbours_for_typos() -> None:
    def brand(alias: str, *, is_word: bool = False) -> Brand:
        return Brand(
            id=alias,
            name=alias,
            category="bank",
            country="vn",
            domains=(f"{alias}.example",),
            aliases=(alias,),
            sources=("own site",),
            checked=datetime.date(2026, 11, 22),
            is_word=is_word,
        )

    brands = (brand("hdbank"), brand("goodshop", is_word=True), brand("sacombank"))
    index = build_index(brands, platforms={}, words=LinkWords(), homoglyphs={})
    assert {alias for pairs in index.typos.values() for alias, _ in pairs} == {"sacombank"}
