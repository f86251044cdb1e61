"""A clean text in words, sentence ends and entities."""

from __future__ import annotations

import pytest

from notalone.folding.entities import find_entities
from notalone.folding.tokens import MASKED, find_tokens, mask


def read(text: str) -> list[str]:
    masked = mask(text, find_entities(text))
    return [MASKED[word[0]].scan if word[0] in MASKED else word for word, _ in find_tokens(masked)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    (
        ("đi. về nhà.", "đi . về nhà ."),
        ("hả?! rồi…", "hả ? ! rồi …"),
        ("a.b c-d don't", "a b c d don't"),
        ("chuyển 500k, 200k nhé", "chuyển <money> <money> nhé"),
        ("", ""),
    ),
)
def test_tokens(text: str, tokens: str) -> None:
    assert " ".join(read(text)) == tokens


def test_a_mask_is_as_long_as_what_it_hides() -> None:
    text = "gửi 500k cho 0900 000 123 hôm nay"
    assert len(mask(text, find_entities(text))) == len(text)


def test_two_entities_side_by_side_stay_two() -> None:
    text = "500k 200k"
    assert len(find_tokens(mask(text, find_entities(text)).replace(" ", ""))) == 2
