"""Cues: which rules hit which words of one message, and how much each is worth there."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from notalone.detectors.matching import (
    Anchors,
    PhraseFinder,
    SeenWords,
    Span,
    longest_apart,
    needed_words,
)
from notalone.detectors.scope import Dropped, Frames, dropped_by
from notalone.errors import RuleError
from notalone.folding.spelling import Spelling
from notalone.folding.words import FoldedText
from notalone.glossary import Signal
from notalone.model import Finding
from notalone.phrases import Phrase, spellings_of
from notalone.rulebook import Cue, RuleBook

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


class CueDetector:
    """Finds cues. Safe to share between threads: spaCy is used under a lock."""

    def __init__(self, rulebook: RuleBook, *, with_drafts: bool = False) -> None:
        self._rulebook = rulebook
        cues = [cue for cue in rulebook.cues if cue.is_active or (with_drafts and cue.is_tried)]
        self._phrases = [(cue, phrase) for cue in cues for phrase in cue.phrases]
        scope = rulebook.scope
        frames = {
            "negation": scope.negation,
            "question": scope.question,
            "condition": scope.condition,
            "report": scope.report,
        }
        self._frames = _FrameIndex(frames)
        self._anchors = Anchors([phrase for _, phrase in self._phrases])
        self._finder = PhraseFinder(
            [phrase for cue in cues for phrase in (*cue.phrases, *cue.unless)]
            + [phrase for phrases in frames.values() for phrase in phrases]
        )
        negating = frozenset(
            spelling
            for phrase in scope.negation
            for word in phrase.words
            for spelling in spellings_of(word)
        )
        self._own = {
            cue.id: frozenset(
                spelling
                for phrase in cue.phrases
                for word in phrase.words
                for spelling in spellings_of(word) & negating
            )
            for cue in cues
        }
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
        tried = {self._phrases[n][0].id: n for n in self._anchors.candidates(folded.scan)}
        return tuple(self._phrases[number][0] for number in tried.values())

    def sightings(self, folded: FoldedText) -> tuple[Sighting, ...]:
        """Every cue that hits, also where negation or a report takes it back."""
        candidates = self._anchors.candidates(folded.scan)
        if not candidates:
            return ()
        seen = self._finder.read(folded)
        possible = [n for n in candidates if self._phrases[n][1].may_stand(seen.different)]
        if not possible:
            return ()
        with self._lock:
            decided = tuple(self._decide(folded, possible, seen))
        reducing = [
            sighting
            for sighting in decided
            if sighting.dropped is None and self._signal(sighting.cue).reduces
        ]
        return tuple(self._weighed(sighting, reducing, folded) for sighting in decided)

    def _decide(
        self, folded: FoldedText, possible: Sequence[int], seen: SeenWords
    ) -> Iterator[Sighting]:
        frames: Frames | None = None
        for cue, span in self._hits(possible, seen):
            if frames is None:
                frames = self._frames.in_message(seen, self._finder)
            unless = self._unless(cue, seen, folded.sentence(span[0]))
            dropped, dropped_at = dropped_by(frames, folded, span, own=self._own[cue.id])
            yield Sighting(
                cue,
                *span,
                dropped=dropped,
                doubts=(UNLESS,) if unless else (),
                dropped_at=dropped_at,
                doubts_at=(unless,) if unless else (),
            )

    def _hits(self, possible: Sequence[int], seen: SeenWords) -> Iterator[tuple[Cue, Span]]:
        """Each cue with the longest of its spans that do not overlap."""
        spans: dict[str, tuple[Cue, list[Span]]] = {}
        for number in possible:
            cue, phrase = self._phrases[number]
            found = self._finder.spans(phrase, seen, exact=cue.exact)
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
        return self._rulebook.signals[cue.signal]

    def _weighed(
        self, sighting: Sighting, reducing: Sequence[Sighting], folded: FoldedText
    ) -> Sighting:
        """*sighting* with its weight, and what is left of it after the doubts of its sentence."""
        weight = self._signal(sighting.cue).weight
        doubts, places = sighting.doubts, sighting.doubts_at
        if weight > 1 and _may_collide(sighting, folded):
            weight -= 1
            doubts += (FEW_WORDS,)
            places += ((sighting.start, sighting.end),)
        sentence = folded.sentence(sighting.start)
        # "Em bị lừa đảo": what would be a warning is part of what the child tells.
        is_told = self._signal(sighting.cue).said_by is not None
        beside = [other for other in reducing if other.start in sentence and not is_told]
        signals = [self._signal(other.cue) for other in beside]
        reduction = UNLESS_REDUCES * (UNLESS in doubts) + sum(s.reduces for s in signals)
        return sighting._replace(
            weight=weight,
            reduced_weight=max(0, weight - reduction),
            doubts=(*doubts, *(signal.name for signal in signals)),
            doubts_at=(*places, *((other.start, other.end) for other in beside)),
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
        )


class _FrameIndex:
    """The frames by a word that each of them needs."""

    def __init__(self, frames: Mapping[str, Sequence[Phrase]]) -> None:
        self._by_word: dict[str, list[tuple[str, Phrase]]] = defaultdict(list)
        for kind, phrases in frames.items():
            # "không" is a frame by itself, and too common to look for others by.
            single = [
                phrase.required_choices[0].first_words for phrase in phrases if phrase.is_one_word
            ]
            common = frozenset().union(*filter(None, single))
            for phrase in phrases:
                for word in needed_words(phrase, beside=common):
                    self._by_word[word].append((kind, phrase))

    def in_message(self, seen: SeenWords, finder: PhraseFinder) -> Frames:
        """Those that may stand in a message, each kind looked for when it is asked for."""
        possible: dict[str, dict[str, Phrase]] = defaultdict(dict)
        for word in seen.different & self._by_word.keys():
            for kind, phrase in self._by_word[word]:
                possible[kind][phrase.source] = phrase
        return _Frames(possible, finder, seen)


class _Frames(dict[str, Sequence[Span]]):
    """Where each kind of frame stands in one message."""

    def __init__(
        self, possible: Mapping[str, Mapping[str, Phrase]], finder: PhraseFinder, seen: SeenWords
    ) -> None:
        super().__init__()
        self._possible = possible
        self._finder = finder
        self._seen = seen

    def __missing__(self, kind: str) -> Sequence[Span]:
        phrases = self._possible.get(kind, {}).values()
        self[kind] = [span for phrase in phrases for span in self._finder.spans(phrase, self._seen)]
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
