"""A disguised message is another string that a person reads as the same words."""

from __future__ import annotations

import random
import unicodedata

import pytest

from notalone.instruments.disguise import ALL, disguise

ASK = "Vụ án này bảo mật, hoà nhé, em không được kể với bố mẹ. Chuyển tiền vào tài khoản qua Zalo"
LEFT_ALONE = ("0900000123", "5.000.000đ", "lan@mail.example", "@thu_ngan", "21h30", "2 triệu")
LINK = "https://tra-qua.example/vao?ma=1"


def worn(kind: str, text: str = ASK, *, seed: int = 1) -> str:
    return disguise(text, count=1, rng=random.Random(seed), kinds=[kind])


@pytest.mark.parametrize("kind", sorted(set(ALL) - {"links"}))
def test_every_disguise_changes_some_words_and_leaves_others(kind: str) -> None:
    worn_words = worn(kind).split()
    assert worn(kind) != ASK
    habits_of_the_whole_message = {"marks_dropped", "decomposed"}
    assert kind in habits_of_the_whole_message or set(worn_words) & set(ASK.split())


@pytest.mark.parametrize("seed", range(40))
def test_numbers_links_and_addresses_are_left_alone(seed: int) -> None:
    kinds = [kind for kind in ALL if kind not in ("links", "marks_dropped", "decomposed")]
    text = " nhé ".join(("Gọi", *LEFT_ALONE, LINK))
    dressed = disguise(text, count=4, rng=random.Random(seed), kinds=kinds)
    assert dressed != text
    assert all(kept in dressed for kept in (*LEFT_ALONE, LINK))


@pytest.mark.parametrize("seed", range(10))
def test_the_disguise_of_links_touches_nothing_else(seed: int) -> None:
    dressed = worn("links", f"Chuyển tiền qua {LINK} nhé", seed=seed)
    assert LINK not in dressed
    assert dressed.startswith("Chuyển tiền qua h")
    assert dressed.endswith("/vao?ma=1 nhé")


def test_short_forms_are_those_of_the_rules() -> None:
    assert worn("abbreviation", "chuyển khoản vào đây") == "ck vào đây"


@pytest.mark.parametrize("seed", range(30))
def test_hidden_signs_are_all_that_separates_the_message_from_itself(seed: int) -> None:
    hidden = ("zero_width", "soft_hyphen", "tags", "bidi", "decomposed")
    dressed = unicodedata.normalize(
        "NFC", disguise(ASK, count=3, rng=random.Random(seed), kinds=hidden)
    )
    seen = [sign for sign in dressed if unicodedata.category(sign) != "Cf" and sign != "\u034f"]
    assert unicodedata.normalize("NFC", "".join(seen)) == ASK


@pytest.mark.parametrize("seed", range(40))
def test_nobody_types_telex_and_vni_in_one_message(seed: int) -> None:
    dressed = disguise(ASK, count=2, rng=random.Random(seed), kinds=("telex", "vni"))
    changed = set(dressed.split()) - set(ASK.split())
    with_digits = {word for word in changed if not word.strip(".,").isalpha()}
    assert changed
    assert with_digits in (set(), changed)


def test_the_same_seed_gives_the_same_disguise() -> None:
    assert worn("leet", seed=7) == worn("leet", seed=7)
    assert len({worn("leet", seed=seed) for seed in range(9)}) > 1


@pytest.mark.parametrize("text", ("", "🙂", "123", "0900 000 123", "   "))
def test_what_cannot_be_disguised_stays(text: str) -> None:
    assert disguise(text, count=4, rng=random.Random(1)) == text
