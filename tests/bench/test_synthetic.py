"""The invented rules and messages keep their promises, or the bench would compare nothing."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from bench import synthetic
from bench.engine import OneMatcher, Ours

BOOK = 60


@pytest.mark.parametrize("shape", synthetic.SHAPES)
def test_service_finds_what_one_matcher_finds(shape: synthetic.Shape, tmp_path: Path) -> None:
    rules = synthetic.phrases(shape)[:BOOK]
    ours = Ours(tmp_path / "rules", rules)
    other = OneMatcher(rules, ours.fold)
    messages = list(islice(synthetic.worded(rules, seed=1), 30))

    hits = [ours.rules_hit(message) for message in messages]

    assert hits == [other.rules_hit(message) for message in messages]
    # Without marks a few invented words are short forms of others: "thui" is read as "thôi".
    assert sum(map(bool, hits)) >= 0.9 * len(hits)


def test_no_rule_is_written_twice() -> None:
    sources = [rule.source for rule in synthetic.phrases()]
    assert len(set(sources)) == len(sources) == synthetic.MOST_RULES


def test_every_third_message_is_typed_without_marks() -> None:
    messages = islice(synthetic.chat(seed=1), 9)
    assert [message.isascii() for message in messages] == [True, False, False] * 3
