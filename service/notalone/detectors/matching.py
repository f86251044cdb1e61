"""Matching: where the phrases of the rules stand in one message. The only place that runs spaCy.

One Aho-Corasick pass over the plain words says which phrases are possible at all, a look at the
message's words which of their alternatives; spaCy's Matcher then decides, on a Doc that holds no
word outside the rules' own vocabulary.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

import spacy
from ahocorasick_rs import AhoCorasick, MatchKind
from cachetools import LRUCache
from spacy.matcher import Matcher
from spacy.tokens import Doc

from notalone.phrases import LITERALLY, Phrase, lexicon_of, token_patterns
from notalone.spelling import UNKNOWN
from notalone.words import FoldedText

_NOBODY_KNOWS = ((UNKNOWN, UNKNOWN),)
Span = tuple[int, int]  # first and last + 1 word
_COMPILED = 1000  # a few kB each; most messages ask for the same few


class Anchors:
    """Which phrases can stand in a message at all: one pass for the anchors of all of them."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        required = [phrase.anchors for phrase in phrases]
        popular = Counter(anchor for sets in required for anchors in sets for anchor in anchors)
        self._ids = {anchor: number for number, anchor in enumerate(popular)}
        # Each phrase waits for one set of anchors, and then asks for the others. The set that the
        # fewest phrases share is the one that ordinary talk holds least.
        self._waiting: dict[int, list[tuple[int, tuple[frozenset[int], ...]]]] = defaultdict(list)
        for number, sets in enumerate(required):
            first, *others = sorted(sets, key=lambda s: sum(popular[anchor] for anchor in s))
            others_by_id = tuple(frozenset(map(self._ids.__getitem__, other)) for other in others)
            for anchor in first:
                self._waiting[self._ids[anchor]].append((number, others_by_id))
        # Standard match kind: the others cannot report overlapping anchors, and would lose cues.
        self._automaton = AhoCorasick(list(self._ids), matchkind=MatchKind.Standard)

    def candidates(self, scan: str) -> list[int]:
        """The phrases of which one anchor of each set stands in *scan*, by their number."""
        hits = self._automaton.find_matches_as_indexes(scan, overlapping=True)
        found = {anchor for anchor, _, _ in hits}
        candidates: set[int] = set()
        for anchor in found & self._waiting.keys():
            for number, others in self._waiting[anchor]:
                for other in others:
                    if found.isdisjoint(other):
                        break
                else:
                    candidates.add(number)
        return sorted(candidates)


def read_for_phrases(folded: FoldedText, *, lexicon: frozenset[str]) -> list[str]:
    """For each word its spelling in *lexicon*, UNKNOWN where no rule knows it.

    Where the writer uses marks, a word typed without any is meant without: it gets LITERALLY.
    """
    is_marked = folded.is_marked
    read: list[str] = []
    for token, words in folded.readings:
        for marked, plain in words or _NOBODY_KNOWS:
            if marked not in lexicon:
                read.append(UNKNOWN)
            elif (
                is_marked
                and marked == plain == token
                and marked.isalpha()
                and folded.is_as_typed(len(read))
            ):
                read.append(LITERALLY + marked)
            else:
                read.append(marked)
    return read


class PhraseFinder:
    """Runs spaCy on one message at a time. Not safe between threads: it compiles as it goes."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._vocab = spacy.blank("xx").vocab
        self._lexicon = lexicon_of(phrases)
        self._matchers: LRUCache[tuple[str, bool, frozenset[str]], Matcher] = LRUCache(_COMPILED)

    @property
    def known_words(self) -> int:
        """How many words spaCy keeps in memory."""
        return len(self._vocab.strings)

    def read(self, folded: FoldedText) -> list[str]:
        """The words of a message as the phrases look for them, in step with its words."""
        return read_for_phrases(folded, lexicon=self._lexicon)

    def doc(self, words: list[str]) -> Doc:
        """*words* as spaCy sees them."""
        return Doc(self._vocab, words=words)

    def spans(self, phrase: Phrase, doc: Doc, seen: Set[str], *, exact: bool = False) -> list[Span]:
        """Where *phrase* stands in *doc*, whose different words are *seen*."""
        if not phrase.may_stand(seen):
            return []
        # Compiled for the few of its words that stand there: messages differ in little of that.
        key = phrase.source, exact, phrase.spellings & seen
        matcher = self._matchers.get(key)
        if matcher is None:
            matcher = Matcher(self._vocab, validate=True)
            patterns = token_patterns(phrase, exact=exact, seen=seen)
            if patterns:
                matcher.add("phrase", patterns)
            self._matchers[key] = matcher
        return [(start, end) for _, start, end in matcher(doc)] if len(matcher) else []

    def all_spans(
        self, named: Mapping[str, Sequence[Phrase]], doc: Doc, seen: Set[str]
    ) -> dict[str, list[Span]]:
        """The same for phrases under names."""
        return {
            name: [span for phrase in phrases for span in self.spans(phrase, doc, seen)]
            for name, phrases in named.items()
        }
