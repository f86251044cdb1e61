"""What is remembered between requests: keys nobody can compute, a bounded number of findings."""

from __future__ import annotations

from notalone.model import Wording
from notalone.remembered import Memory, Remembered, keyed


def test_what_is_kept_is_known_and_nothing_else() -> None:
    remembered: Remembered[str] = Remembered(10)
    remembered.keep({b"a": "found"})
    assert remembered.known([b"a", b"b"]) == {b"a": "found"}
    remembered.clear()
    assert remembered.known([b"a"]) == {}


def test_the_least_asked_for_is_forgotten_first() -> None:
    remembered: Remembered[int] = Remembered(2)
    remembered.keep({b"a": 1, b"b": 2})
    remembered.known([b"a"])
    remembered.keep({b"c": 3})
    assert remembered.known([b"a", b"b", b"c"]) == {b"a": 1, b"c": 3}


def test_nothing_grows_without_end() -> None:
    keys = [number.to_bytes(16) for number in range(30_000)]
    memory = Memory()
    memory.links.keep(dict.fromkeys(keys))
    memory.pairs.keep(dict.fromkeys(keys))
    memory.findings.keep(dict.fromkeys(keys, ()))
    memory.wordings.keep(dict.fromkeys(keys, Wording(0.0)))
    kept = (memory.links, memory.pairs, memory.findings, memory.wordings)
    assert [len(one) for one in kept] == [20_000, 5_000, 5_000, 5_000]


def test_a_key_tells_who_speaks_and_which_list_was_asked_and_nothing_of_the_text() -> None:
    text = "đừng kể với bố mẹ"
    keys = {
        keyed(b"me")(text),
        keyed(b"others")(text),
        keyed(b"me", "0a" * 32)(text),
        keyed(b"me", "0b" * 32)(text),
        keyed(b"me")(text + "."),
    }
    assert len(keys) == 5
    assert {len(key) for key in keys} == {16}
    assert keyed(b"me")(text) in keys  # the same as before


def test_half_a_letter_has_a_key_too() -> None:
    assert keyed(b"me")("\ud800") != keyed(b"me")("\ud801")
