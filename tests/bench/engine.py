"""The message engine against one spaCy Matcher that holds every rule, and against fewer rules."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from bench import synthetic
from bench.table import Result, Row, times_cheaper, times_slower
from notalone.detectors.cues import CueDetector
from notalone.detectors.matching import read_for_phrases
from notalone.folding.words import FoldedText, fold_text
from notalone.patterns import token_patterns
from notalone.phrases import Phrase, lexicon_of
from notalone.rulebook import load_rulebook

ROUNDS = 9
MESSAGES_A_ROUND = 100
OF_THEM_FOR_THE_MATCHER = 3  # it takes a thousand times as long
SEEN_BEFORE = 2000  # messages of the same kind, so that both sides are warm
RULES, FEW_RULES = 1000, 100
CLEAN_GOAL, HIT_GOAL, GROWTH_GOAL = 200, 50, 1.25

_Item = TypeVar("_Item", str, Doc)


class Ours:
    """fold_text and CueDetector, with the rules read from files as the service reads them."""

    def __init__(self, folder: Path, rules: list[Phrase]) -> None:
        book = load_rulebook(synthetic.write_rules(folder, rules))
        assert not book.errors, book.errors[:3]
        assert len(book.cues) == len(rules)
        self._detector = CueDetector(book)
        self._spelling = book.spelling

    def fold(self, message: str) -> FoldedText:
        return fold_text(message, spelling=self._spelling)

    def check(self, message: str) -> object:
        return self._detector.findings(self.fold(message))

    def rules_tried(self, message: str) -> int:
        """How many rules have their anchors in *message*, so that spaCy may be asked."""
        return len(self._detector.tried(self.fold(message)))

    def is_clean(self, message: str) -> bool:
        return not self.rules_tried(message)

    def rules_hit(self, message: str) -> set[str]:
        """Ids of every rule that matches, also where a negation takes it back."""
        return {sighting.cue.id for sighting in self._detector.sightings(self.fold(message))}


class OneMatcher:
    """The same rules without a pass for anchors: all in one Matcher, on the same Doc."""

    def __init__(self, rules: list[Phrase], fold: Callable[[str], FoldedText]) -> None:
        self._lexicon = lexicon_of(rules)
        self._fold = fold
        self._vocab = spacy.blank("xx").vocab
        self._matcher = Matcher(self._vocab, validate=False)  # the loader has looked at them
        for number, rule in enumerate(rules):
            self._matcher.add(f"any.r{number:04}", token_patterns(rule))

    def doc(self, message: str) -> Doc:
        words = read_for_phrases(self._fold(message), lexicon=self._lexicon)
        return Doc(self._vocab, words=words)

    def check(self, message: str) -> object:
        return self._matcher(self.doc(message))

    def match(self, doc: Doc) -> object:
        return self._matcher(doc)

    def rules_hit(self, message: str) -> set[str]:
        return {self._vocab.strings[key] for key, _, _ in self._matcher(self.doc(message))}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message: *rounds* of them, no message twice."""

    name: str
    rounds: list[list[str]]
    matcher_goal: float | None = None
    growth_goal: float | None = None

    @property
    def messages(self) -> list[str]:
        return [message for messages in self.rounds for message in messages]


def costs(folder: Path) -> Result:
    """Two shapes of rules: each against one Matcher, and the largest book against the smallest."""
    rows: list[Row] = []
    asked = ""
    for shape in synthetic.SHAPES:
        rules = synthetic.phrases(shape)
        few, ours, most = (
            Ours(folder / f"{shape}-{count}", rules[:count])
            for count in (FEW_RULES, RULES, synthetic.MOST_RULES)
        )
        kinds = _kinds(rules, few, ours, most)
        rows += _against_one_matcher(kinds, ours, rules[:RULES], shape=shape)
        rows += _against_fewer(kinds, most, few, shape=shape)
        asked = asked or ", ".join(
            f"{statistics.mean(map(ours.rules_tried, kind.messages)):.1f} in a {kind.name}"
            for kind in kinds
        )
    return Result(tuple(rows), _notes(asked))


def _kinds(rules: list[Phrase], few: Ours, ours: Ours, most: Ours) -> tuple[Kind, ...]:
    kinds = (
        Kind(
            "clean message",
            _rounds(filter(most.is_clean, synthetic.chat(seed=1))),
            CLEAN_GOAL,
            GROWTH_GOAL,
        ),
        Kind(
            "message with a hit",
            _rounds(filter(ours.rules_hit, synthetic.worded(rules[:FEW_RULES], seed=2))),
            HIT_GOAL,
        ),
        Kind("message as it comes", _rounds(synthetic.chat(seed=3))),
    )
    for message in (
        *islice(synthetic.chat(seed=4), SEEN_BEFORE),
        *islice(synthetic.worded(rules[:FEW_RULES], seed=5), SEEN_BEFORE),
    ):
        for book in (few, ours, most):
            book.check(message)
    return kinds


def _rounds(messages: Iterator[str]) -> list[list[str]]:
    return [list(islice(messages, MESSAGES_A_ROUND)) for _ in range(ROUNDS)]


def _against_one_matcher(
    kinds: Sequence[Kind], ours: Ours, rules: list[Phrase], *, shape: synthetic.Shape
) -> Iterator[Row]:
    other = OneMatcher(rules, ours.fold)
    for kind in kinds:
        seen: list[tuple[float, float, float]] = []
        for messages in kind.rounds:
            few = messages[:OF_THEM_FOR_THE_MATCHER]
            docs = [other.doc(message) for message in few]
            seen.append(
                (_cost(ours.check, messages), _cost(other.check, few), _cost(other.match, docs))
            )
            for message in few:  # a quick engine that finds something else would prove nothing
                assert ours.rules_hit(message) == other.rules_hit(message), message
        ours_s, other_s, alone_s = (statistics.median(side) for side in zip(*seen, strict=True))
        what = f"{kind.name}, {RULES} {shape} rules, against"
        yield times_cheaper(f"{what} fold + Doc + one Matcher", ours_s, other_s, kind.matcher_goal)
        yield times_cheaper(f"{what} that Matcher(doc) alone", ours_s, alone_s)


def _against_fewer(
    kinds: Sequence[Kind], most: Ours, few: Ours, *, shape: synthetic.Shape
) -> Iterator[Row]:
    for kind in kinds:
        seen = [
            (_cost(most.check, messages), _cost(few.check, messages)) for messages in kind.rounds
        ]
        most_s, few_s = (statistics.median(side) for side in zip(*seen, strict=True))
        what = f"{kind.name}, {synthetic.MOST_RULES} {shape} rules, against {FEW_RULES}"
        yield times_slower(what, most_s, few_s, kind.growth_goal)


def _cost(check: Callable[[_Item], object], items: Sequence[_Item]) -> float:
    """Processor seconds that *check* takes for one of *items*."""
    # Without the collector, and without a collection just before: a walk over every rule empties
    # the processor's caches, which happens to no service between two messages.
    gc.disable()
    began = time.process_time_ns()
    for item in items:
        check(item)
    spent = time.process_time_ns() - began
    gc.enable()
    return spent / 1e9 / len(items)


def _notes(asked: str) -> str:
    return f"""Both sides in one process and in turn; process time; medians of {ROUNDS} rounds of
{MESSAGES_A_ROUND} messages for our side, {OF_THEM_FOR_THE_MATCHER} of them for the Matcher; no
message twice, {2 * SEEN_BEFORE} others before them. Messages have about 116 characters, a third
of them no marks. The rules are invented (`tests/bench/synthetic.py`), one phrase each, and read
from files by the service's own loader, beside our own short forms, look-alike letters and scope
words. *Shaped*: gaps, alternatives and entities as often as in our 1,659 phrases, about 16 spaCy
patterns a phrase. *Plain*: three to five words in a row, the easiest for a Matcher. Both sides
find the same rules in every message that both saw; ours also looks for negations, reports and
doubts, and makes findings.

*Clean*: shares words with the rules, but not enough that spaCy would be asked about one of 2,000.
*With a hit*: holds the wording of a rule. *As it comes*: the same chat unselected. Shaped rules
that spaCy may be asked about: {asked}. For comparison, our own rules on real harmless messages,
2026-11-22: 2.1 phrases in one of 90 to 150 characters, 0.2 in one of 20 to 50."""
