"""One word of a rule, and the ways it gets typed."""

from __future__ import annotations

import pytest

from notalone.folding.text import spell, strip_marks
from notalone.folding.variants import clipped_variants, key_variants, spelt_variants, teen_variants


@pytest.mark.parametrize(
    ("word", "typed"),
    (
        pytest.param("hoà", "hòa", id="old and new place of the tone"),
        pytest.param("kỉ", "kỷ", id="i and y"),
        pytest.param("kỉ", "kỹ", id="y and another tone"),
        pytest.param("củng", "cũng", id="hỏi and ngã"),
        pytest.param("tuyết", "túyêt", id="the tone on another vowel"),
    ),
)
def test_spellings(word: str, typed: str) -> None:
    assert typed in set(spelt_variants(word))


@pytest.mark.parametrize("word", ("mả", "quí", "đường", "nghỉ", "khoẻ", "gì"))
def test_every_correct_spelling_is_spelt_back_to_the_word(word: str) -> None:
    spelt = spell(word)
    assert {spell(typed) for typed in spelt_variants(spelt) if spell(typed) == spelt} == {spelt}


@pytest.mark.parametrize(
    ("word", "typed"),
    (("phải", "fải"), ("con", "kon"), ("thích", "thík"), ("mình", "mìnk"), ("bạn", "pạn"),
     ("với", "zới"), ("không", "khôg"), ("biết", "bjết"), ("quá", "wá")),
)  # fmt: skip
def test_letters_of_teenagers(word: str, typed: str) -> None:
    assert typed in {*teen_variants(word), *clipped_variants(word)}


def test_a_word_stays_itself() -> None:
    assert "con" not in set(teen_variants("con"))


@pytest.mark.parametrize(
    ("word", "keys"),
    (
        ("tiền", "tieenf tieefn tienef tie62n tien62 tie6n2 tieền"),
        ("chuyển", "chuyeenr chuyeern chuye63n chuye6n3"),
        ("được", "dduwowcj dduowcj d9uo75c d9u7o75c"),
        ("gửi", "guwri guwir gu73i"),
        ("khoản", "khoanr khoarn khoa3n"),
        ("đi", "ddi d9i"),
        ("đừng", "dduwngf ddừng"),
        ("mả", "max mar"),
    ),
)
def test_keys_that_no_input_method_took_up(word: str, keys: str) -> None:
    assert set(keys.split()) <= dict(key_variants(word)).keys()


@pytest.mark.parametrize(
    ("word", "keys", "is_sure"),
    (("tiền", "tieenf", True), ("khoản", "khoanr", False), ("má", "mas", False),
     ("tê", "tee", False), ("được", "d9uo75c", True)),
)  # fmt: skip
def test_keys_that_may_be_english_are_doubtful(word: str, keys: str, *, is_sure: bool) -> None:
    assert dict(key_variants(word))[keys] is is_sure


def test_a_word_without_marks_needs_no_keys() -> None:
    assert list(key_variants("cho")) == []


def test_no_variant_is_empty_or_spaced() -> None:
    for word in ("a", "ô", "đ", "nghiêng", "ngoằn", "2", "otp", strip_marks("đường")):
        typed = [*spelt_variants(word), *teen_variants(word), *dict(key_variants(word))]
        assert all(variant and not variant.isspace() for variant in typed)
