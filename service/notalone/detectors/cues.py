"""Cues: which rules hit which words of one message. The only place that runs spaCy.

One Aho-Corasick pass over the plain words says which cues are possible at all; spaCy's Matcher
then decides each of them, on a Doc that holds no word outside the rules' own vocabulary.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import spacy
from ahocorasick_rs import AhoCorasick, MatchKind
from cachetools import LRUCache
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from notalone.errors import RuleError
from notalone.model import Finding
from notalone.phrases import Phrase, lexicon_of, spelling_in_message, token_patterns
from notalone.rulebook import Cue, RuleBook
from notalone.words import SENTENCE_END, FoldedText, Spelling

UNLESS_REDUCES = 2  # an `unless` word is a doubt, not a pardon
SHORT_PLAIN_WORDS = 3  # fewer words typed without marks collide with others: lures.md 5
NEGATION_REACH = 2  # words between "không" and the words of a cue
CONDITION_REACH = 4  # words between the cue and "là tao đăng"
_COMPILED_PHRASES = 2000  # each some kB; a rule pack has about as many

Candidates = dict[int, set[int]]  # position of a cue → those of its phrases that may hit
Frames = dict[str, list[tuple[int, int]]]  # kind of frame → (first, last + 1) word positions


@dataclass(frozen=True, slots=True)
class Sighting:
    """A cue that hit: *start*/*end* count words. `rules explain` shows the dropped ones too."""

    cue: Cue
    start: int
    end: int
    dropped: str | None = None  # "negation" or "report"
    has_unless: bool = False


class CueDetector:
    """Finds cues. Safe to share between threads.

    spaCy is used under a lock: compiling a rule's Matcher on first use changes shared state.
    """

    def __init__(self, rulebook: RuleBook, *, with_drafts: bool = False) -> None:
        self._rulebook = rulebook
        self._cues = tuple(
            cue for cue in rulebook.cues if cue.is_active or (with_drafts and cue.is_tried)
        )
        self._vocab = spacy.blank("xx").vocab
        scope = rulebook.scope
        frames = {
            "negation": scope.negation,
            "question": scope.question,
            "condition": scope.condition,
            "report": scope.report,
        }
        self._lexicon = lexicon_of(
            [phrase for cue in self._cues for phrase in (*cue.phrases, *cue.unless)]
            + [phrase for phrases in frames.values() for phrase in phrases]
        )
        self._scope = Matcher(self._vocab, validate=True)
        for name, phrases in frames.items():
            _add(self._scope, name, phrases)
        self._anchors = _Anchors(self._cues)
        self._matchers: LRUCache[tuple[str, int | None], Matcher] = LRUCache(_COMPILED_PHRASES)
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
        kept = [sighting for sighting in self.sightings(folded) if sighting.dropped is None]
        signals = self._rulebook.signals
        reducing = [
            (sighting, signals[sighting.cue.signal].reduces)
            for sighting in kept
            if signals[sighting.cue.signal].reduces
        ]
        found: list[Finding] = []
        for sighting in kept:
            signal = signals[sighting.cue.signal]
            if signal.reduces:
                continue
            sentence = _sentence(folded, sighting.start)
            weight = signal.weight
            if _may_collide(sighting, folded):
                weight -= 1
            reduction = UNLESS_REDUCES * sighting.has_unless + sum(
                reduces for other, reduces in reducing if other.start in sentence
            )
            first, last = folded.words[sighting.start], folded.words[sighting.end - 1]
            found.append(
                Finding(
                    rule=sighting.cue.id,
                    signal=signal.name,
                    stage=signal.stage,
                    weight=weight,
                    reduced_weight=max(0, weight - reduction),
                    start=first.start,
                    end=last.end,
                    lure=sighting.cue.lure,
                    why=sighting.cue.why or signal.why,
                    source=next(iter(sighting.cue.references), None),
                    added=sighting.cue.added,
                )
            )
        return tuple(found)

    def sightings(self, folded: FoldedText) -> tuple[Sighting, ...]:
        """Every cue that hits, also where negation or a report takes it back."""
        candidates = self._anchors.candidates(folded.scan)
        if not candidates:
            return ()
        with self._lock:
            return tuple(self._decide(folded, candidates))

    def _decide(self, folded: FoldedText, candidates: Candidates) -> Iterator[Sighting]:
        doc = self._doc(folded)
        frames: Frames | None = None
        for index, phrases in sorted(candidates.items()):
            cue = self._cues[index]
            spans = [
                doc[start:end]
                for number in sorted(phrases)
                for _, start, end in self._matcher(cue, number)(doc)
            ]
            for span in filter_spans(spans):
                if frames is None:
                    frames = self._frames(doc)
                sentence = _sentence(folded, span.start)
                yield Sighting(
                    cue,
                    span.start,
                    span.end,
                    dropped=_dropped(frames, folded, sentence, span.start, span.end),
                    has_unless=bool(cue.unless)
                    and any(start in sentence for _, start, _ in self._matcher(cue, None)(doc)),
                )

    def _doc(self, folded: FoldedText) -> Doc:
        return Doc(
            self._vocab,
            words=[
                spelling_in_message(
                    word.marked, word.plain, lexicon=self._lexicon, is_marked=folded.is_marked
                )
                for word in folded.words
            ],
        )

    def _matcher(self, cue: Cue, phrase: int | None) -> Matcher:
        """For one phrase of *cue*, or for its `unless` words; compiled on first use."""
        matcher = self._matchers.get((cue.id, phrase))
        if matcher is None:
            matcher = Matcher(self._vocab, validate=True)
            if phrase is None:
                _add(matcher, "unless", cue.unless)
            else:
                _add(matcher, "phrase", (cue.phrases[phrase],), exact=cue.exact)
            self._matchers[cue.id, phrase] = matcher
        return matcher

    def _frames(self, doc: Doc) -> Frames:
        frames: Frames = defaultdict(list)
        for key, start, end in self._scope(doc):
            frames[self._vocab.strings[key]].append((start, end))
        return frames


class _Anchors:
    """Which phrases can hit at all: one pass for the anchors of all of them."""

    def __init__(self, cues: tuple[Cue, ...]) -> None:
        self._ids: dict[str, int] = {}
        # The most telling anchor → cue, phrase, and the other sets of which one must be there.
        self._wanted: dict[int, list[tuple[int, int, list[frozenset[int]]]]] = defaultdict(list)
        for index, cue in enumerate(cues):
            for number, phrase in enumerate(cue.phrases):
                best, *others = [
                    frozenset(self._ids.setdefault(anchor, len(self._ids)) for anchor in anchors)
                    for anchors in phrase.anchors
                ]
                for anchor in best:
                    self._wanted[anchor].append((index, number, others))
        # Standard match kind: the others cannot report overlapping anchors, and would lose cues.
        self._automaton = AhoCorasick(list(self._ids), matchkind=MatchKind.Standard)

    def candidates(self, scan: str) -> Candidates:
        hits = self._automaton.find_matches_as_indexes(scan, overlapping=True)
        found = {anchor for anchor, _, _ in hits}
        candidates: Candidates = defaultdict(set)
        for anchor in found:
            for index, number, others in self._wanted.get(anchor, ()):
                if all(not found.isdisjoint(other) for other in others):
                    candidates[index].add(number)
        return candidates


def _add(matcher: Matcher, key: str, phrases: tuple[Phrase, ...], *, exact: bool = False) -> None:
    patterns = [pattern for phrase in phrases for pattern in token_patterns(phrase, exact=exact)]
    if patterns:
        matcher.add(key, patterns)


def _may_collide(sighting: Sighting, folded: FoldedText) -> bool:
    """Whether so few words were typed without marks that they may be other Vietnamese words."""
    words = folded.words[sighting.start : sighting.end]
    return (
        sighting.cue.lang == "vi"
        and not folded.is_marked
        and len(words) < SHORT_PLAIN_WORDS
        and all(word.marked == word.plain for word in words)
    )


def _sentence(folded: FoldedText, index: int) -> range:
    """The word positions of the sentence that *index* stands in."""
    start = end = index
    while start > 0 and folded.words[start - 1].marked != SENTENCE_END:
        start -= 1
    while end < len(folded.words) and folded.words[end].marked != SENTENCE_END:
        end += 1
    return range(start, end)


def _has_comma(folded: FoldedText, start: int, end: int) -> bool:
    """Whether a comma stands between the words *start* - 1 and *end*."""
    return "," in folded.original[folded.words[start - 1].end : folded.words[end].start]


def _dropped(
    frames: Frames, folded: FoldedText, sentence: range, start: int, end: int
) -> str | None:
    """Why the words from *start* to *end* ask nothing of the reader, or None when they do."""
    if any(first in sentence and last <= start for first, last in frames["report"]):
        return "report"
    conditions = [first for first, _ in frames["condition"] if first in sentence]
    if any(0 <= first - end <= CONDITION_REACH for first in conditions):
        return None
    questions = {last for _, last in frames["question"]}
    for first, last in frames["negation"]:
        if first not in sentence or not 0 <= start - last <= NEGATION_REACH or last in questions:
            continue
        # "Không, đọc mã đi" and "đừng lo, đừng kể ai": a comma ends what is negated.
        if not _has_comma(folded, last, start) and not any(
            last <= condition < start for condition in conditions
        ):
            return "negation"
    return None
