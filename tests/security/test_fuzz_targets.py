"""Any bytes, handed to whatever reads what strangers wrote; guided by coverage in `make soak`."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soak.targets import SEEDS, TARGETS

ANYTHING = st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode()))


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_right_is_read(name: str) -> None:
    for seed in SEEDS[name]:
        TARGETS[name](seed)


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_is_read_or_refused(name: str) -> None:
    spoilt = st.tuples(st.sampled_from(SEEDS[name]), st.integers(0, 200), ANYTHING).map(
        lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] :]
    )

    @settings(max_examples=150, database=None)
    @given(st.one_of(ANYTHING, spoilt))
    def read(data: bytes) -> None:
        TARGETS[name](data)

    read()
