"""Cues: which rules hit which words of one message, and how much each is worth there."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from notalone.detectors.matching import (
    Anchors,
    Chosen,
    PhraseFinder,
    SeenWords,
    Span,
    choose_anchors,
    longest_apart,
)
from notalone.detectors.scope import Dropped, Frames, dropped_by
from notalone.errors import RuleError
from notalone.folding.spelling import Spelling
from notalone.folding.words import FoldedText
from notalone.glossary import Signal
from notalone.model import Finding
from notalone.phrases import Phrase, spellings_of
from notalone.rulebook import Cue, RuleBook, Scope

MAX_SIGHTINGS = 8  # of one cue in one message: more of the same say no more
UNLESS_REDUCES = 2  # an `unless` word is a doubt, not a pardon
SHORT_PLAIN_WORDS = 4  # fewer words typed without marks collide with others: lures.md 5
UNLESS, FEW_WORDS = "unless", "few_words"


class Sighting(NamedTuple):
    """A cue that hit: *start*/*end* count words. `rules explain` shows the dropped ones too.

    *doubts* say what lowers the weight: UNLESS, FEW_WORDS, or the name of a reducing signal.
    *dropped_at* and, in step with the doubts, *doubts_at* are the words that do it.
    """

    cue: Cue
    start: int
    end: int
    weight: int = 0
    reduced_weight: int = 0
    dropped: Dropped | None = None
    doubts: tuple[str, ...] = ()
    dropped_at: Span | None = None
    doubts_at: tuple[Span, ...] = ()


class Prefilters(NamedTuple):
    """What a message is looked through for, for phrases of cues and for those of frames."""

    cues: Chosen
    frames: Chosen


def choose_prefilters(rulebook: RuleBook, *, with_drafts: bool = False) -> Prefilters:
    """What `CueDetector` looks for: it takes a while, and is the same for the same rules."""
    phrases = [phrase for cue in _cues_of(rulebook, with_drafts) for phrase in cue.phrases]
    longer = [phrase for _, phrase in _longer_frames(rulebook.scope)]
    return Prefilters(choose_anchors(phrases), choose_anchors(longer))


def _cues_of(rulebook: RuleBook, with_drafts: bool) -> list[Cue]:
    return [cue for cue in rulebook.cues if cue.is_active or (with_drafts and cue.is_tried)]


class CueDetector:
    """Finds cues. Safe to share between threads: spaCy is used under a lock."""

    def __init__(
        self, rulebook: RuleBook, *, with_drafts: bool = False, chosen: Prefilters | None = None
    ) -> None:
        self._rulebook = rulebook
        self._signals = rulebook.signals
        cues = _cues_of(rulebook, with_drafts)
        # By number, side by side: pairs of them would take a third of a megabyte.
        self._phrases = [phrase for cue in cues for phrase in cue.phrases]
        self._cues = [cue for cue in cues for _ in cue.phrases]
        chosen = chosen or choose_prefilters(rulebook, with_drafts=with_drafts)
        self._anchors = Anchors(self._phrases, chosen.cues)
        self._frames = _FrameIndex(rulebook.scope, chosen.frames)
        unless = chain.from_iterable(cue.unless for cue in cues)
        self._finder = PhraseFinder([*self._phrases, *unless, *rulebook.scope.phrases])
        self._lock = threading.Lock()

    @property
    def spelling(self) -> Spelling:
        """The tables by which a message must be folded for these cues."""
        return self._rulebook.spelling

    @property
    def errors(self) -> tuple[RuleError, ...]:
        """Rules that could not be used."""
        return self._rulebook.errors

    def findings(self, folded: FoldedText) -> tuple[Finding, ...]:
        """What *folded* shows, reducers already weighed against their own sentence."""
        return tuple(
            self._finding(folded, sighting)
            for sighting in self.sightings(folded)
            if sighting.dropped is None and not self._signal(sighting.cue).reduces
        )

    def tried(self, folded: FoldedText) -> tuple[Cue, ...]:
        """The cues whose anchors stand in *folded*, so that spaCy is asked about them."""
        tried = {self._cues[n].id: n for n in self._anchors.candidates(folded)}
        return tuple(self._cues[number] for number in tried.values())

    def sightings(self, folded: FoldedText) -> tuple[Sighting, ...]:
        """Every cue that hits, also where negation or a report takes it back."""
        candidates = self._anchors.candidates(folded)
        if not candidates:
            return ()
        seen = self._finder.read(folded)
        with self._lock:
            decided = tuple(self._decide(folded, candidates, seen))
        reducing = [
            sighting
            for sighting in decided
            if sighting.dropped is None and self._signal(sighting.cue).reduces
        ]
        return tuple(self._weighed(sighting, reducing, folded) for sighting in decided)

    def _decide(
        self, folded: FoldedText, candidates: Sequence[int], seen: SeenWords
    ) -> Iterator[Sighting]:
        frames: Frames | None = None
        for cue, span in self._hits(candidates, seen):
            if frames is None:
                frames = self._frames.in_message(folded, seen, self._finder)
            unless = self._unless(cue, seen, folded.sentence(span[0])) if cue.unless else None
            dropped, dropped_at = dropped_by(frames, folded, span, is_own=cue.names)
            yield Sighting(
                cue,
                *span,
                dropped=dropped,
                doubts=(UNLESS,) if unless else (),
                dropped_at=dropped_at,
                doubts_at=(unless,) if unless else (),
            )

    def _hits(self, candidates: Sequence[int], seen: SeenWords) -> Iterator[tuple[Cue, Span]]:
        """Each cue with the longest of its spans that do not overlap."""
        spans: dict[str, tuple[Cue, list[Span]]] = {}
        for number in candidates:
            cue = self._cues[number]
            found = self._finder.spans(self._phrases[number], seen, exact=cue.exact)
            if found:
                spans.setdefault(cue.id, (cue, []))[1].extend(found)
        for cue, found in spans.values():
            for span in longest_apart(found)[:MAX_SIGHTINGS]:
                yield cue, span

    def _unless(self, cue: Cue, seen: SeenWords, sentence: range) -> Span | None:
        """The first `unless` words of *cue* in *sentence*."""
        found = (span for phrase in cue.unless for span in self._finder.spans(phrase, seen))
        return next((span for span in found if span[0] in sentence), None)

    def _signal(self, cue: Cue) -> Signal:
        return self._signals[cue.signal]

    def _weighed(
        self, sighting: Sighting, reducing: Sequence[Sighting], folded: FoldedText
    ) -> Sighting:
        """*sighting* with its weight, and what is left of it after the doubts of its sentence."""
        cue, start, end = sighting[:3]
        signal = self._signal(cue)
        weight = signal.weight
        doubts, places = sighting.doubts, sighting.doubts_at
        if weight > 1 and _may_collide(sighting, folded):
            weight -= 1
            doubts += (FEW_WORDS,)
            places += ((start, end),)
        reduction = UNLESS_REDUCES * (UNLESS in doubts)
        # "Em bị lừa đảo": what would be a warning is part of what the child tells.
        if reducing and signal.said_by is None:
            sentence = folded.sentence(start)
            for other in reducing:
                if other.start in sentence:
                    reducer = self._signal(other.cue)
                    reduction += reducer.reduces
                    doubts += (reducer.name,)
                    places += ((other.start, other.end),)
        return Sighting(
            cue,
            start,
            end,
            weight,
            max(0, weight - reduction),
            sighting.dropped,
            doubts,
            sighting.dropped_at,
            places,
        )

    def _finding(self, folded: FoldedText, sighting: Sighting) -> Finding:
        cue, signal = sighting.cue, self._signal(sighting.cue)
        start, end = folded.place(sighting.start, sighting.end)
        return Finding(
            rule=cue.id,
            signal=signal.name,
            stage=signal.stage,
            weight=sighting.weight,
            reduced_weight=sighting.reduced_weight,
            start=start,
            end=end,
            lure=cue.lure,
            why=cue.why or signal.why,
            source=next(iter(cue.references), None),
            added=cue.added,
            words=range(sighting.start, sighting.end),
        )


def _longer_frames(scope: Scope) -> list[tuple[str, Phrase]]:
    return [
        (kind, phrase)
        for kind, phrases in scope.by_kind.items()
        for phrase in phrases
        if not phrase.is_one_word
    ]


class _FrameIndex:
    """Which frames can stand in a message: single words by themselves, the others by anchors."""

    def __init__(self, scope: Scope, chosen: Chosen) -> None:
        self._words = {
            kind: frozenset(
                spelling
                for phrase in phrases
                if phrase.is_one_word
                for word in phrase.words
                for spelling in spellings_of(word)
            )
            for kind, phrases in scope.by_kind.items()
        }
        self._longer = _longer_frames(scope)
        self._anchors = Anchors([phrase for _, phrase in self._longer], chosen)

    def in_message(self, folded: FoldedText, seen: SeenWords, finder: PhraseFinder) -> Frames:
        """Those that may stand in a message, each kind looked for when it is asked for."""
        longer = [self._longer[number] for number in self._anchors.candidates(folded)]
        return _Frames(self._words, longer, finder, seen)


class _Frames(dict[str, Sequence[Span]]):
    """Where each kind of frame stands in one message, in order, the longest first."""

    def __init__(
        self,
        words: Mapping[str, frozenset[str]],
        longer: Sequence[tuple[str, Phrase]],
        finder: PhraseFinder,
        seen: SeenWords,
    ) -> None:
        super().__init__()
        self._words = words
        self._longer = longer
        self._finder = finder
        self._seen = seen

    def __missing__(self, kind: str) -> Sequence[Span]:
        seen = self._seen
        spans = [(place, place + 1) for place in seen.places(seen.different & self._words[kind])]
        for other, phrase in self._longer:
            if other == kind:
                spans += self._finder.spans(phrase, seen)
        self[kind] = sorted(spans, key=lambda span: (span[0], -span[1]))
        return self[kind]


def _may_collide(sighting: Sighting, folded: FoldedText) -> bool:
    """Whether words typed without marks may well be other Vietnamese words.

    So few of them, or across a comma, which a marked message would have told apart.
    """
    return (
        sighting.cue.lang == "vi"
        and not folded.is_marked
        and all(
            marked == plain
            for marked, plain in map(folded.word, range(sighting.start, sighting.end))
        )
        and (
            sighting.end - sighting.start < SHORT_PLAIN_WORDS
            or folded.has_comma(sighting.start, sighting.end - 1)
        )
    )
