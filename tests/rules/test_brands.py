"""The shipped brands: complete, and they accuse hardly anybody."""

from __future__ import annotations

import datetime

import pytest

from harness import shipped
from harness.service_process import REPOSITORY
from notalone.brands import load_brands, load_link_words
from notalone.detectors import LinkRules, load_link_rules
from notalone.detectors.speaks_as import CALLED_AS_TYPED, why_not, why_unseen
from notalone.folding.text import strip_marks
from notalone.speaking import load_speaking

RULES = REPOSITORY / "rules"
TODAY = datetime.date(2026, 11, 23)
CARD_LINE = 90  # characters
FIRST_CHECK = datetime.date(2026, 11, 22)
UNNAMED = "public code search"  # many files found by one query, too many to name
CATEGORIES = frozenset(
    {
        "account",
        "airline",
        "bank",
        "card",
        "chat",
        "company",
        "crypto",
        "game",
        "loan",
        "media",
        "post",
        "ride",
        "school",
        "shop",
        "social",
        "state",
        "telecom",
        "travel",
        "utility",
        "wallet",
    }
)


@pytest.fixture(scope="module")
def rules() -> LinkRules:
    return load_link_rules(RULES, lures={path.name for path in (RULES / "lures").iterdir()})


def test_every_brand_loads() -> None:
    brands, errors = load_brands(RULES)
    assert errors == []
    assert len(brands) >= 150


def test_every_brand_was_compared_with_two_sources() -> None:
    brands, _ = load_brands(RULES)
    assert [brand.id for brand in brands if len(set(brand.sources)) < 2] == []


def test_sources_can_be_looked_up() -> None:
    brands, _ = load_brands(RULES)
    sources = {source for brand in brands for source in brand.sources} - {UNNAMED}
    assert [source for source in sources if not source.startswith("https://")] == []


def test_the_source_on_the_card_is_a_place_that_people_can_open() -> None:
    brands, _ = load_brands(RULES)
    assert [brand.id for brand in brands if brand.sources[0] == UNNAMED] == []


def test_every_brand_was_compared_lately_and_not_tomorrow() -> None:
    brands, _ = load_brands(RULES)
    assert [brand.id for brand in brands if not FIRST_CHECK <= brand.checked <= TODAY] == []


def test_no_domain_stands_twice() -> None:
    brands, _ = load_brands(RULES)
    domains = [domain for brand in brands for domain in brand.domains]
    assert sorted({domain for domain in domains if domains.count(domain) > 1}) == []


def test_every_category_is_known() -> None:
    """One misspelt would speak of the wrong trap, or of none."""
    brands, _ = load_brands(RULES)
    assert sorted({brand.category for brand in brands} - CATEGORIES) == []


def test_every_name_in_messages_can_be_read(rules: LinkRules) -> None:
    book = shipped.rulebook()
    _, errors = load_speaking(RULES, brands=rules.brands.brands, spelling=book.spelling)
    assert errors == []


def test_no_alias_speaks_for_two_brands() -> None:
    brands, _ = load_brands(RULES)
    aliases = [alias for brand in brands for alias in brand.aliases]
    assert len(aliases) == len(set(aliases))


def test_no_name_speaks_for_two_brands() -> None:
    brands, _ = load_brands(RULES)
    names = [strip_marks(name.casefold()) for brand in brands for name in brand.called]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_reason_for_every_name_fits_the_card() -> None:
    brands, _ = load_brands(RULES)
    whys = [
        why
        for brand in brands
        for name in (brand.called if brand.category in CALLED_AS_TYPED else (brand.name,))
        if brand.called
        for why in (why_not(name, brand.domains[0]), why_unseen(name))
    ]
    assert [why for why in whys if max(len(why.vi), len(why.en)) > CARD_LINE] == []


def test_link_words_load_and_none_is_of_both_kinds() -> None:
    words, errors = load_link_words(RULES)
    assert errors == []
    assert words.act.isdisjoint(words.lure)
