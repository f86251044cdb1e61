"""The parts of the lists that others keep stand in modules of their own; nothing stands here."""

from __future__ import annotations

from notalone import feeds


def test_importing_the_package_loads_nothing_of_it() -> None:
    assert feeds.__doc__ is not None
