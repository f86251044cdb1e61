"""Wait for a thing to become true, with an end: never a sleep that hopes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

POLL_S = 0.02


def wait_for(
    look: Callable[[], T | None], *, what: str, within_s: float = 30.0, poll_s: float = POLL_S
) -> T:
    """Call *look* until it gives something true, and return that.

    Raises: AssertionError, naming *what* was waited for and what was seen last.
    """
    end = time.monotonic() + within_s
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > end:
            raise AssertionError(f"waited {within_s} s in vain for {what}; last seen: {seen!r}")
        time.sleep(poll_s)


def stays(look: Callable[[], bool], *, what: str, for_s: float = 1.0) -> None:
    """Hold that *look* stays true for a while; for things that must not happen."""
    end = time.monotonic() + for_s
    while time.monotonic() < end:
        assert look(), f"no longer so: {what}"
        time.sleep(POLL_S * 5)
