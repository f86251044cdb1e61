"""What the engine did with each message, as values: `rules explain` puts them into words.

Nothing is decided here. What is seen comes from the detectors, what it adds up to from the judge;
this only keeps what they usually throw away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from notalone.checker import CONVERSATION, Checker
from notalone.detectors import evasion, load_link_rules
from notalone.engine import Engine, engine_of
from notalone.folding.entities import EntityKind
from notalone.folding.words import FoldedText, fold_text
from notalone.glossary import Signal
from notalone.instruments.reading import Reading, read, readable_words
from notalone.instruments.threshold_lines import Line, lines_of
from notalone.judge import Seen, Weighed, judge_conversation, weigh
from notalone.levels import LINK_LEVELS
from notalone.model import Bilingual, ConversationVerdict, Finding, Level, LinkFinding, Message
from notalone.reasons import LINK_SIGNAL
from notalone.rulebook import Cue, RuleBook, load_rulebook

if TYPE_CHECKING:  # spaCy is imported only when something is explained
    from notalone.detectors.cues import CueDetector, Sighting

# What became of a sign: it counts, or why it does not.
Fate = Literal[
    "counted",
    "again",  # the same signal counts once, and is stronger elsewhere
    "same_words",  # these words count already, for a heavier signal
    "other_message",  # another message is worth the warning by itself
    "own",  # the child's own words, which go along with what others ask
    "help",  # the child tells what is done to them
    "lowers",
    "negation",
    "report",
    "draft",
    "other_lure",
    "only_theirs",  # not looked for in what the child writes
    "only_mine",  # looked for only there
]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What lowers a sign: `unless`, `few_words` or a reducing signal; the words, and how much."""

    kind: str
    quote: str
    by: int
    why: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """One cue that hit, one address that is known, or what the writing itself shows.

    *start*/*end* are code points.
    """

    start: int
    end: int
    quote: str
    signal: Signal
    why: Bilingual
    rule: str
    path: Path | None  # None where no cue was written for it
    fate: Fate
    weight: int  # by itself
    counted: int  # in this window
    doubts: tuple[Doubt, ...] = ()
    because: str = ""  # the words that take it back
    link_level: Level | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """One message: how it was read, what was seen in it, and the sum up to here."""

    message: Message
    reading: Reading
    entities: tuple[tuple[str, EntityKind], ...]
    signs: tuple[Sign, ...]
    missed: tuple[Cue, ...]  # asked about, because their words stand here, and not there
    so_far: Weighed


@dataclass(frozen=True, slots=True)
class Explanation:
    """A whole conversation."""

    messages: tuple[Explained, ...]
    verdict: ConversationVerdict
    weighed: Weighed
    lines: tuple[Line, ...]


class Explainer:
    """Holds the rules, so that many conversations can be explained."""

    def __init__(self, folder: Path) -> None:
        from notalone.detectors.cues import CueDetector  # imports spaCy

        self._book: RuleBook = load_rulebook(folder)
        self._detector: CueDetector = CueDetector(self._book)
        self._with_drafts: CueDetector = (
            CueDetector(self._book, with_drafts=True)
            if any(cue.status == "draft" for cue in self._book.cues)
            else self._detector
        )
        engine: Future[Engine] = Future()
        links = load_link_rules(folder, lures=self._book.lures)
        engine.set_result(engine_of(self._detector, folder, links))
        self.checker = Checker(self._book.glossary, links, engine)
        self._readable = readable_words(_written(self._book))

    def explain(self, messages: Sequence[Message]) -> Explanation:
        """What the extension would be told about *messages*, and how it came about."""
        window = self.checker.see(messages)
        rules = self.checker.rules
        weighed = weigh(window, rules=rules)
        explained = tuple(
            self._message(seen, weighed, weigh(window[:count], rules=rules))
            for count, seen in enumerate(window, 1)
        )
        severity = weighed.lure.severity if weighed.lure else 0
        return Explanation(
            messages=tuple(_counted_once(explained, weighed)),
            verdict=judge_conversation(CONVERSATION, window, rules=rules),
            weighed=weighed,
            lines=lines_of(
                weighed.pattern,
                severity=severity,
                worded=weighed.worded,
            ),
        )

    def _message(self, seen: Seen, weighed: Weighed, so_far: Weighed) -> Explained:
        folded = fold_text(seen.message.text, spelling=self._book.spelling)
        sightings = self._with_drafts.sightings(folded)
        hit = {sighting.cue.id for sighting in sightings}
        signs = [
            self._sign(sighting, folded, seen, weighed)
            for sighting in sightings
            if not (sighting.dropped and self._book.signals[sighting.cue.signal].reduces)
        ]
        signs += [
            self._evasion_sign(finding, seen.message, weighed)
            for finding in seen.findings
            if finding.rule == evasion.RULE
        ]
        signs += [self._link_sign(link, seen.message) for link in seen.links]
        return Explained(
            message=seen.message,
            reading=read(folded, readable=self._readable),
            entities=tuple(
                (folded.original[slice(*folded.clean.span(entity.start, entity.end))], entity.kind)
                for entity in folded.entities
            ),
            signs=tuple(sorted(signs, key=lambda sign: (sign.start, sign.end))),
            missed=tuple(cue for cue in self._with_drafts.tried(folded) if cue.id not in hit),
            so_far=so_far,
        )

    def _sign(self, sighting: Sighting, folded: FoldedText, seen: Seen, weighed: Weighed) -> Sign:
        cue, signal = sighting.cue, self._book.signals[sighting.cue.signal]
        start, end = folded.place(sighting.start, sighting.end)
        weights = dict(weighed.weights)
        finding = next(
            (f for f in seen.findings if (f.rule, f.start, f.end) == (cue.id, start, end)), None
        )
        fate: Fate = "counted"
        if sighting.dropped is not None:
            fate = sighting.dropped
        elif not cue.is_active:
            fate = "draft"
        elif signal.reduces:
            fate = "lowers"
        elif finding is None:
            fate = "only_theirs" if signal.said_by is None else "only_mine"
        elif signal.opens_help:
            fate = "help"
        else:
            fate = _fate_in(weights, finding, is_own=signal.said_by is not None)
        return Sign(
            start=start,
            end=end,
            quote=folded.original[start:end],
            signal=signal,
            why=cue.why or signal.why,
            rule=cue.id,
            path=cue.path,
            fate=fate,
            weight=signal.weight,
            counted=weights.get(finding, 0) if finding is not None else 0,
            doubts=tuple(self._doubts(sighting, folded)),
            because=_quote(folded, sighting.dropped_at),
        )

    def _doubts(self, sighting: Sighting, folded: FoldedText) -> Iterator[Doubt]:
        from notalone.detectors.cues import FEW_WORDS, UNLESS, UNLESS_REDUCES

        for kind, place in zip(sighting.doubts, sighting.doubts_at, strict=True):
            signal = self._book.signals.get(kind)
            yield Doubt(
                kind=kind,
                quote=_quote(folded, place),
                by={UNLESS: UNLESS_REDUCES, FEW_WORDS: 1}.get(
                    kind, signal.reduces if signal else 0
                ),
                why=signal.why if signal else None,
            )

    def _evasion_sign(self, finding: Finding, message: Message, weighed: Weighed) -> Sign:
        weights = dict(weighed.weights)
        return Sign(
            start=finding.start,
            end=finding.end,
            quote=message.text[finding.start : finding.end],
            signal=self._book.signals[finding.signal],
            why=finding.why,
            rule=finding.rule,
            path=None,
            fate=_fate_in(weights, finding, is_own=False),
            weight=finding.weight,
            counted=weights.get(finding, 0),
        )

    def _link_sign(self, link: LinkFinding, message: Message) -> Sign:
        signal = self._book.signals.get(LINK_SIGNAL) or Signal(name=LINK_SIGNAL, why=link.why)
        return Sign(
            start=link.start,
            end=link.end,
            quote=message.text[link.start : link.end],
            signal=signal,
            why=link.why,
            rule=link.rule,
            path=None,
            fate="counted",
            weight=signal.weight,
            counted=signal.weight,
            link_level=LINK_LEVELS[link.strength],
        )


def _fate_in(weights: Mapping[Finding, int], finding: Finding, *, is_own: bool) -> Fate:
    """What became of *finding* in the sum, of which *weights* are."""
    if finding not in weights:
        return "other_message"
    if is_own:
        return "own"
    return "same_words" if finding.reduced_weight and not weights[finding] else "counted"


def _counted_once(messages: Iterable[Explained], weighed: Weighed) -> Iterator[Explained]:
    """Each signal counts in one place only: where it is strongest in this lure, the first time."""
    left = dict(weighed.pattern.weights)
    for one in messages:
        signs: list[Sign] = []
        for sign in one.signs:
            name = sign.signal.name
            fate = sign.fate
            if fate == "counted" and sign.counted:
                if sign.counted > weighed.pattern.weights.get(name, 0):
                    fate = "other_lure"
                elif left.get(name) == sign.counted:
                    del left[name]
                else:
                    fate = "again"
            signs.append(replace(sign, fate=fate))
        yield replace(one, signs=tuple(signs))


def _written(book: RuleBook) -> Iterator[str]:
    """The rules' own words, as their authors write them."""
    for cue in book.cues:
        yield from (phrase.source for phrase in (*cue.phrases, *cue.unless))


def _quote(folded: FoldedText, span: tuple[int, int] | None) -> str:
    return "" if span is None else folded.original[slice(*folded.place(*span))]
