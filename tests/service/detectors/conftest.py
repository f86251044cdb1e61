"""What the detectors of likeness are tried with: the brands, words and platforms that we ship."""

from __future__ import annotations

import pytest

from harness.service_process import REPOSITORY
from notalone.brands import load_brands, load_link_words, load_platforms
from notalone.folding.spelling import load_spelling
from notalone.likeness import BrandIndex, build_index

RULES = REPOSITORY / "rules"


@pytest.fixture(scope="session")
def index() -> BrandIndex:
    brands, _ = load_brands(RULES)
    platforms, _ = load_platforms(RULES)
    words, _ = load_link_words(RULES)
    spelling, _ = load_spelling(RULES / "text")
    return build_index(brands, platforms=platforms, words=words, homoglyphs=spelling.homoglyphs)
