"""Matching: where the phrases of the rules stand in one message. The only place that runs spaCy.

One Aho-Corasick pass over the plain words says which phrases are possible at all, a look at the
message's words which of their alternatives; spaCy's Matcher then decides, on a Doc that holds no
word outside the rules' own vocabulary. It is imported when it is first to decide.
"""

from __future__ import annotations

import sys
import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property, lru_cache
from itertools import chain
from math import fsum, prod
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from notalone.folding.spelling import UNKNOWN
from notalone.folding.text import strip_marks
from notalone.folding.words import FoldedText
from notalone.patterns import token_patterns
from notalone.phrases import LITERALLY, NUMBER, Choice, Phrase, Run, lexicon_of, spellings_of

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_NOBODY_KNOWS = ((UNKNOWN, UNKNOWN),)
Span = tuple[int, int]  # first and last + 1 word
_WITHOUT_MARKS = 1 / 3  # a reckoning: of all that is typed
_ANCHOR_WORDS = 2  # with all of their words the automaton would be three times as large
_MANY = 64  # spans of one cue in one message
_COMPILED = 1000  # a few kB each; most messages ask for the same few


class Chosen(NamedTuple):
    """What of some phrases a message is looked through for, chosen once for a version of rules.

    An anchor of several words is looked for without their marks, a lone word as it is spelt:
    without its marks it would be many others, and stand in nearly every message.
    """

    anchors: tuple[str, ...]  # each once; several words with a space before and behind
    waiting: tuple[tuple[int, ...], ...]  # for each of them, the phrases that wait for it
    needed: tuple[tuple[str, ...], ...]  # for each phrase, words beside its anchors, as spelt


def choose_anchors(phrases: Sequence[Phrase]) -> Chosen:
    """For each phrase the anchors that stand in the fewest messages."""
    rarity = _Rarity(phrases)
    waiting: dict[str, list[int]] = {}
    needed: list[tuple[str, ...]] = []
    for number, phrase in enumerate(phrases):
        # One by one: so many strings at once would hold their memory long after they are gone.
        looked_for = (_looked_for(anchors, phrase) for anchors in phrase.anchors)
        best = min(looked_for, key=rarity.expected)
        needed.append(_spellings(rarity.needed_beside(best, phrase)))
        for anchor in best:
            waiting.setdefault(anchor, []).append(number)
    spellings_of.cache_clear()  # every word was asked for; messages ask for few
    return Chosen(tuple(waiting), tuple(map(tuple, waiting.values())), tuple(needed))


class Anchors:
    """Which phrases can stand in a message at all: one pass for an anchor of each of them."""

    def __init__(self, phrases: Sequence[Phrase], chosen: Chosen | None = None) -> None:
        anchors, waiting, needed = chosen or choose_anchors(phrases)
        self._phrases = tuple(phrases)
        # Alternatives of a phrase, and phrases that are alike, need the same: each is kept once.
        numbers = [*range(len(phrases))]
        alike: dict[tuple[int, ...], tuple[int, ...]] = {}
        several: list[str] = []
        self._waiting: list[tuple[int, ...]] = []  # for each of *several*
        self._waiting_for_word: dict[str, tuple[int, ...]] = {}
        for anchor, waits in zip(anchors, waiting, strict=True):
            if waits not in alike:
                alike[waits] = tuple([numbers[number] for number in waits])
            if anchor[0] == " ":
                several.append(anchor)
                self._waiting.append(alike[waits])
            else:
                self._waiting_for_word[sys.intern(anchor)] = alike[waits]
        # Standard match kind: the others cannot report overlapping anchors, and would lose cues.
        self._automaton = AhoCorasick(several, matchkind=MatchKind.Standard)
        known: dict[tuple[str, ...], tuple[str, ...]] = {}
        for words in needed:
            if words not in known:
                known[words] = tuple(map(sys.intern, words))
        self._needed = [known[words] for words in needed]

    def candidates(self, folded: FoldedText) -> list[int]:
        """The phrases that a message holds an anchor of, and every word they need, by number."""
        hits = self._automaton.find_matches_as_indexes(folded.scan, overlapping=True)
        waiting, waiting_for_word = self._waiting, self._waiting_for_word
        if not hits and not waiting_for_word:
            return []
        spelt = folded.spelt
        waits = [waiting[anchor] for anchor, _, _ in hits]
        waits += [waiting_for_word[word] for word in spelt if word in waiting_for_word]
        if not waits:
            return []
        phrases, needed, words = self._phrases, self._needed, frozenset(spelt)
        left = [number for number in {*chain(*waits)} if not words.isdisjoint(needed[number])]
        return sorted([number for number in left if phrases[number].may_stand(words)])


def _looked_for(anchors: Iterable[str], phrase: Phrase) -> frozenset[str]:
    """What stands in a message that holds *phrase*: one of these for one of its *anchors*."""
    return frozenset(chain.from_iterable(_spelt(anchor, phrase) for anchor in anchors))


def _spelt(anchor: str, phrase: Phrase) -> Iterable[str]:
    """An *anchor* of *phrase* as it is looked for."""
    words = anchor.split()
    if len(words) == 1:
        return _spellings(known for known in phrase.words if strip_marks(known) == words[0])
    # The first words of it: more would stand in hardly fewer messages.
    return (f" {' '.join(words[:_ANCHOR_WORDS])} ",)


def _spellings(words: Iterable[str]) -> tuple[str, ...]:
    """How *words* of rules stand among those that `FoldedText.spelt` holds."""
    spelt = {spelling for word in words for spelling in spellings_of(word)}
    return tuple(sorted(word for word in spelt if word[0] != LITERALLY))


class _Rarity:
    """How rare words are in ordinary talk, as far as the rules' own words tell.

    Phrases share most of their runs of words: each is looked at once. Kept only while choosing.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        runs = Counter(
            run
            for phrase in phrases
            for part in phrase.parts
            if isinstance(part, Choice)
            for run in part.runs
        )
        plain: Counter[str] = Counter()
        typed: defaultdict[str, float] = defaultdict(float)
        for run, count in runs.items():
            for word in run:
                bare = strip_marks(word)
                plain[bare] += count
                typed[word] += count * (1 - _WITHOUT_MARKS)
                typed[bare] += count * _WITHOUT_MARKS
        every = plain.total()
        self._plain = {word: count / every for word, count in plain.items()}
        self._typed = {word: count / every for word, count in typed.items()}
        self._rarest_of: dict[Run, str] = {}

    def expected(self, looked_for: Iterable[str]) -> float:
        """How often one of them stands somewhere, if words came independently."""
        plain, typed = self._plain.__getitem__, self._typed
        return fsum(
            prod(map(plain, anchor.split())) if anchor[0] == " " else typed[anchor]
            for anchor in looked_for
        )

    def needed_beside(self, looked_for: Iterable[str], phrase: Phrase) -> frozenset[str]:
        """Words of which every match of *phrase* holds one, the rarest it has.

        None of *looked_for* if it can be; where there are no others at all, those themselves.
        """
        beside = {strip_marks(word) for anchor in looked_for for word in anchor.split()}
        needed = [words for choice in phrase.required_choices if (words := self._rarest(choice))]
        apart = [words for words in needed if beside.isdisjoint(map(strip_marks, words))]
        if not needed:
            return frozenset(word for word in phrase.words if strip_marks(word) in beside)
        return min(apart or needed, key=lambda words: sum(map(self._how_often, words)))

    def _rarest(self, choice: Choice) -> frozenset[str]:
        """The rarest word of each run; nothing where one is only a number, which may be typed."""
        words = frozenset(map(self._rarest_word, choice.runs))
        return frozenset() if "" in words else words

    def _rarest_word(self, run: Run) -> str:
        rarest = self._rarest_of.get(run)
        if rarest is None:
            words = [word for word in run if word != NUMBER]
            rarest = self._rarest_of[run] = min(words, key=self._how_often, default="")
        return rarest

    def _how_often(self, word: str) -> float:
        return sum(map(self._typed.__getitem__, _spellings((word,))))


def longest_apart(spans: Sequence[Span]) -> list[Span]:
    """The longest of *spans* that do not overlap, in order."""
    if len(spans) == 1:
        return [*spans]
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other_start or other_end <= start for other_start, other_end in kept):
            kept.append((start, end))
            if len(kept) > _MANY:
                break
    return sorted(kept)


def read_for_phrases(folded: FoldedText, *, lexicon: frozenset[str]) -> list[str]:
    """For each word its spelling in *lexicon*, UNKNOWN where no rule knows it.

    Where the writer uses marks, a word typed without any is meant without: it gets LITERALLY.
    """
    is_marked = folded.is_marked
    read: list[str] = []
    for token, meaning in folded.readings:
        for marked, plain in meaning.words or _NOBODY_KNOWS:
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


class SeenWords:
    """The words of one message, as the phrases look for them, with where each stands."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        # Where each word stands, as the bits of a number: to shift and join them costs nothing.
        self._places: dict[str, int] = {}
        for index, word in enumerate(words):
            self._places[word] = self._places.get(word, 0) | 1 << index
        self.different = frozenset(self._places)

    def places(self, known: Set[str]) -> list[int]:
        """Where *known* words stand, in order."""
        return _bits(self._any_of(known))

    def last_steps(self, phrase: Phrase) -> list[int]:
        """Where the last part that *phrase* needs may begin, with all others before it, in order.

        As near as they must stand: of a long message that says everything somewhere, little is
        left for spaCy.
        """
        reached = -1
        for step in phrase.steps:
            reached = _shifted(reached, step.within) & self._begins(step.runs)
            if not reached:
                return []
        return _bits(reached)

    def clusters(self, phrase: Phrase, last: Sequence[int]) -> Iterator[Span]:
        """Where words of *phrase* stand close enough to be it, around each of its *last* steps."""
        places = self.places(phrase.known(self.different))
        apart = phrase.longest_gap + 1
        end = 0
        for place in last:
            if place < end:
                continue
            first = bisect_left(places, place)
            after = first + 1
            while first and places[first] - places[first - 1] <= apart:
                first -= 1
            while after < len(places) and places[after] - places[after - 1] <= apart:
                after += 1
            end = places[after - 1] + 1
            yield places[first], end

    def _any_of(self, spelt: Set[str]) -> int:
        places = 0
        for word in spelt & self.different:
            places |= self._places[word]
        return places

    def _begins(self, runs: Sequence[Sequence[frozenset[str]]]) -> int:
        """Where one of *runs* begins, the words of it in a row."""
        begins = 0
        for run in runs:
            if run[0].isdisjoint(self.different):
                continue  # nearly all
            places = -1
            for distance, spelt in enumerate(run):
                places &= self._any_of(spelt) >> distance
                if not places:
                    break
            begins |= places
        return begins


def _shifted(places: int, within: int) -> int:
    """Each of *places* moved on by one word, by two, and so on up to *within*."""
    if not within:
        return places
    moved = places << 1
    reach = 1
    while reach < within:
        more = min(reach, within - reach)
        moved |= moved << more
        reach += more
    return moved


def _bits(places: int) -> list[int]:
    """The places that are the bits of a number, in order."""
    found: list[int] = []
    while places:
        lowest = places & -places
        found.append(lowest.bit_length() - 1)
        places ^= lowest
    return found


class Spacy(NamedTuple):
    """What is used of spaCy, and the one vocabulary of a finder."""

    vocab: Vocab
    doc: type[Doc]
    matcher: type[Matcher]


# Its modules import each other in circles: of two threads at it, one may be given half a module.
_IMPORTING = threading.Lock()


def load_spacy() -> Spacy:
    """Import spaCy, which takes nearly a second; most messages hold nothing that it must decide."""
    with _IMPORTING:
        from spacy.attrs import IS_PUNCT
        from spacy.lang.lex_attrs import is_punct
        from spacy.matcher import Matcher
        from spacy.tokens import Doc
        from spacy.vocab import Vocab

    vocab = Vocab()  # spacy.blank would load the factories of others too
    vocab.add_flag(is_punct, IS_PUNCT)
    return Spacy(vocab, Doc, Matcher)


class PhraseFinder:
    """Runs spaCy on one message at a time. Not safe between threads: it compiles as it goes.

    What it keeps of messages is which words of a rule stood together, in no order.
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._lexicon = lexicon_of(phrases)
        self._matcher = lru_cache(_COMPILED)(self._compiled)

    @cached_property
    def _spacy(self) -> Spacy:
        return load_spacy()

    @property
    def known_words(self) -> int:
        """How many words spaCy keeps in memory."""
        return len(self._spacy.vocab.strings)

    def read(self, folded: FoldedText) -> SeenWords:
        """What there is to look at in a message."""
        return SeenWords(read_for_phrases(folded, lexicon=self._lexicon))

    def spans(self, phrase: Phrase, seen: SeenWords, *, exact: bool = False) -> list[Span]:
        """Where *phrase* stands among the words of a message."""
        places = seen.last_steps(phrase)
        if not places:
            return []
        if phrase.is_one_word and not exact:
            return [(place, place + 1) for place in places]
        return [
            (first + start, first + end)
            for first, last in seen.clusters(phrase, places)
            for start, end in self._decide(phrase, seen.words[first:last], exact=exact)
        ]

    def _decide(self, phrase: Phrase, words: list[str], *, exact: bool) -> list[Span]:
        """Ask spaCy. It walks over every word it is given: the fewer, the better."""
        # Compiled for the few of its words that stand there: messages differ in little of that.
        matcher = self._matcher(phrase, exact, phrase.known(frozenset(words)))
        if not len(matcher):
            return []
        vocab, doc, _ = self._spacy
        return [(start, end) for _, start, end in matcher(doc(vocab, words=words))]

    def _compiled(self, phrase: Phrase, exact: bool, known: frozenset[str]) -> Matcher:
        # Not validated here, at half the cost: tests/rules does so with all that we ship.
        vocab, _, matcher_of = self._spacy
        matcher = matcher_of(vocab, validate=False)
        patterns = token_patterns(phrase, exact=exact, seen=known)
        if patterns:
            matcher.add("phrase", patterns)
        return matcher
