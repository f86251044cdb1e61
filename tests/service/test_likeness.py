"""Names that are drawn or typed alike."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.brands import Brand, LinkWords
from notalone.likeness import build_index, is_one_letter_off, shapes, skeleton, slips

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
    brands = (_brand("hdbank"), replace(_brand("goodshop"), is_word=True), _brand("sacombank"))
    index = build_index(brands, platforms={}, words=LinkWords(), homoglyphs={})
    assert {alias for pairs in index.typos.values() for alias, _ in pairs} == {"sacombank"}


@pytest.mark.parametrize(
    ("name", "bounded"),
    (
        pytest.param("login", {"login"}, id="alone"),
        pytest.param("my-login2", {"login"}, id="between signs and digits"),
        pytest.param("paypallogin", {"paypal", "login"}, id="two known words glued"),
        pytest.param("loginpaypal", {"paypal", "login"}, id="the other way round"),
        pytest.param("dang-nhap", {"dangnhap"}, id="syllables apart"),
        pytest.param("facebookcom-1", {"facebook", "com"}, id="an ending behind a name"),
        pytest.param("loginov", set(), id="inside another word"),
    ),
)
def test_words_end_where_no_letter_or_another_word_follows(name: str, bounded: set[str]) -> None:
    words = LinkWords(act=frozenset({"login", "dangnhap"}), web=frozenset({"com"}))
    brands = (_brand("paypal"), _brand("facebook"))
    index = build_index(brands, platforms={}, words=words, homoglyphs={})
    assert {one.text for one in index.written_in(name) if one.is_bounded} == bounded


@pytest.mark.parametrize(
    ("name", "count"),
    (("pancakeswap", 0), ("pancaksewap", 1), ("pamcakeswp", 2), ("pacakeswapp", 2), ("swap", 7)),
)
def test_slips_are_counted(name: str, count: int) -> None:
    assert slips(name, "pancakeswap") == slips("pancakeswap", name) == count


def _brand(alias: str) -> Brand:
    return Brand(
        id=alias,
        name=alias,
        category="bank",
        country="vn",
        domains=(f"{alias}.example",),
        aliases=(alias,),
        sources=("own site",),
        checked=datetime.date(2026, 11, 22),
    )
