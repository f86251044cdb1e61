"""One word under one disguise is written as people write it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from notalone.folding.text import strip_marks
from notalone.instruments import disguised_word as word
from notalone.instruments.disguised_word import Change

WORDS = "vụ án này bảo mật em không được kể với phải chuyển khoản tiền giữ gìn quen thích nhanh"


def every_result(change: Change, written: str) -> set[str]:
    return {change(written, random.Random(seed)) for seed in range(60)}


@pytest.mark.parametrize(
    ("change", "written", "spellings"),
    (
        (word.telex, "chuyển", {"chuyeenr", "chuyeern"}),
        (word.telex, "mật", {"maatj", "maajt"}),
        (word.telex, "Được", {"Dduwowcj", "Dduwowjc", "Dduowcj", "Dduowjc"}),
        (word.vni, "tiền", {"tie62n", "tie6n2"}),
        (word.vni, "được", {"d9u7o7c5", "d9u7o75c", "d9uo7c5", "d9uo75c"}),
        (word.tone_place, "hoà", {"hòa"}),
        (word.tone_place, "thúy", {"thuý"}),
        (word.tone_place, "quý", {"quý"}),
        (word.dotted, "tiền", {"t.i.ề.n"}),
        (word.small_capitals, "gửi", {"ɢửɪ"}),
        (word.marks_dropped, "Đừng", {"Dung"}),
        (word.alias, "Telegram", {"tê lê", "te.le", "tele", "te le", "te.le.gram"}),
        (word.alias, "mẹ", {"mẹ"}),
        (word.alphabet(word.FULL_WIDTH), "Kể", {"ｋể"}),
        (word.drawn_out, "đi", {"đi" + "i" * more for more in range(2, 6)}),
    ),
)
def test_a_word_is_disguised_as_people_do_it(
    change: Change, written: str, spellings: set[str]
) -> None:
    assert every_result(change, written) == spellings


@pytest.mark.parametrize("written", ("mother", "straight", "OTP", "xyz"))
def test_teencode_leaves_words_of_other_languages(written: str) -> None:
    assert every_result(word.teencode, written) == {written}


@pytest.mark.parametrize("written", WORDS.split())
def test_teencode_keeps_the_marks_of_the_letters_it_keeps(written: str) -> None:
    short_forms = set(word.short_forms().get((written,), ()))
    for typed in every_result(word.teencode, written) - short_forms:
        assert {letter for letter in typed if letter != strip_marks(letter)} <= set(written)


@pytest.mark.parametrize("change", (word.leet, word.look_alike), ids=("leet", "look_alike"))
def test_at_least_half_of_a_word_stays_readable(change: Callable[..., str]) -> None:
    for written in WORDS.split():
        for typed in every_result(change, written):
            kept = sum(new == old for new, old in zip(typed, written, strict=True))
            assert 2 * kept >= len(written) - 1


def test_short_forms_are_those_of_the_rules() -> None:
    assert "ck" in word.short_forms()["chuyển", "khoản"]
    assert "ko" in word.short_forms()[("không",)]


@pytest.mark.parametrize("seed", range(20))
def test_the_disguise_of_a_link_leaves_its_path(seed: int) -> None:
    link = "https://tra-qua.example/vao.php?ma=1"
    typed = word.link_disguised(link, random.Random(seed))
    assert typed != link
    assert typed.endswith("/vao.php?ma=1")
