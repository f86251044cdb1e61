"""Names by their consonants."""

from __future__ import annotations

import datetime

import pytest

from notalone.brands import Brand
from notalone.misspelling import compile_names, consonants


def brand(alias: str, category: str) -> Brand:
    return Brand(
        id=alias,
        name=alias,
        category=category,
        country="world",
        domains=(f"{alias}.example",),
        aliases=(alias,),
        sources=("own site",),
        checked=datetime.date(2026, 11, 23),
    )


NAMES = compile_names(
    [
        brand("metamask", "crypto"),
        brand("kucoin", "crypto"),
        brand("mbbank", "bank"),
        brand("casino", "shop"),
        brand("netflix", "account"),
    ]
)


@pytest.mark.parametrize("typed", ("meetumaskuul", "mettamask-l", "me-ta-mask-l", "metamask00l"))
def test_changed_vowels_and_repetitions_leave_the_consonants(typed: str) -> None:
    assert consonants(typed) == consonants("metamaskl")


@pytest.mark.parametrize(
    ("typed", "is_like"),
    (
        pytest.param("meetumaskuluggin", True, id="name and log-in"),
        pytest.param("loginn-metumsk", True, id="log-in first"),
        pytest.param("meetumaskuu-exteensn", True, id="its extension"),
        pytest.param("staart-meetumaskuu", True, id="a wallet's start"),
        pytest.param("start-nettfliix", False, id="any other brand's start"),
        pytest.param("meetumaskuu", False, id="name alone"),
        pytest.param("metuamaskorluggin", True, id="one consonant too many"),
        pytest.param("meatmavsekelogin", True, id="one too many, vowels changed"),
        pytest.param("netumaskuluggin", False, id="another first consonant"),
        pytest.param("metrumaskabcdbcdfbcdluggin", False, id="not quite the name, and far off"),
        pytest.param("nettfrliix-login", False, id="not quite the name of anybody else"),
        pytest.param("kuucooinnluginis", True, id="short name right beside it"),
        pytest.param("kuucooin-abc-luginis", False, id="short name farther off"),
        pytest.param("abcukucoinlogin", False, id="short name inside a longer one"),
        pytest.param("maybanklogin", False, id="bank beside a bank"),
        pytest.param("csn-login", False, id="three consonants of anything else"),
    ),
)
def test_names_are_known_beside_a_log_in_only(typed: str, is_like: bool) -> None:
    assert (NAMES.brand_in(typed) is not None) is is_like


def test_no_names_match_nothing() -> None:
    assert compile_names([]).brand_in("metamask-login") is None
