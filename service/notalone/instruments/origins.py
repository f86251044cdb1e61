"""What was made from which conversation: on that one it proves nothing.

A cue says so itself (`written_from`), or it is found out: an example of it, or words that a phrase
needs in a row, stand in the conversation as a long run of the same words. A file beside the
conversations names those that the classifier learnt from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from notalone.folding.spelling import SENTENCE_END, Spelling
from notalone.folding.words import fold_text
from notalone.instruments.corpus import Case
from notalone.rulebook import Cue

# Measured 2026-11-22: with none of 4,255 real comments does any example share five words in a row,
# so five are a trace; with eleven of them it shares four, so four may be chance.
RUN_WORDS = 5
NOTHING: Mapping[str, float] = MappingProxyType({})

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What one conversation has to do without: *cues* by id, and the classifier's knowledge of it.

    *resemblance* is what a classifier says that has not seen it; None when ours has not.
    """

    cues: frozenset[str] = frozenset()
    resemblance: float | None = None

    def __bool__(self) -> bool:
        return bool(self.cues) or self.resemblance is not None


class Origins:
    """Knows, for a conversation, what was made from it. *unseen*: see `read_unseen`."""

    def __init__(
        self,
        cues: Iterable[Cue],
        *,
        spelling: Spelling,
        unseen: Mapping[str, float] = NOTHING,
        run_words: int = RUN_WORDS,
    ) -> None:
        self._spelling = spelling
        self._unseen = unseen
        self._length = run_words
        self._by_run: dict[Run, set[str]] = defaultdict(set)
        self._by_id: dict[str, set[str]] = defaultdict(set)
        for cue in cues:
            for origin in cue.written_from:
                self._by_id[origin].add(cue.id)
            for run in self._runs_of_cue(cue):
                self._by_run[run].add(cue.id)

    def of(self, case: Case) -> MadeFrom:
        """What was made from *case*."""
        found = set(self._by_id.get(case.id, ()))
        for message in case.messages:
            for run in self._runs(message.text):
                found |= self._by_run.get(run, frozenset())
        return MadeFrom(frozenset(found), self._unseen.get(case.fingerprint))

    def _runs_of_cue(self, cue: Cue) -> Iterator[Run]:
        for example in cue.match:
            yield from self._runs(example)
        for phrase in cue.phrases:
            for anchors in phrase.anchors:
                for anchor in anchors:
                    yield from self._windows(anchor.split())

    def _runs(self, text: str) -> Iterator[Run]:
        folded = fold_text(text, spelling=self._spelling)
        yield from self._windows(
            [word.plain for word in folded.words if word.plain != SENTENCE_END]
        )

    def _windows(self, words: Sequence[str]) -> Iterator[Run]:
        for start in range(len(words) - self._length + 1):
            yield tuple(words[start : start + self._length])
