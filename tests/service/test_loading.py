"""What is loaded is neither looked through while it is, nor afterwards."""

from __future__ import annotations

import gc

import pytest

from notalone.loading import without_garbage_collection


def test_what_is_made_inside_is_out_of_the_collectors_sight() -> None:
    with without_garbage_collection():
        assert not gc.isenabled()
        made = [[number] for number in range(1000)]
    assert gc.isenabled()
    seen = {id(thing) for thing in gc.get_objects()}
    assert not any(id(thing) in seen for thing in made)


def test_a_failure_leaves_the_collector_on() -> None:
    with pytest.raises(ValueError, match="half-way"), without_garbage_collection():
        raise ValueError("half-way")
    assert gc.isenabled()
