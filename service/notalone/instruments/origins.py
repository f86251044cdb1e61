"""Which cues were written from which conversation: on that one they prove nothing.

A cue says so itself (`written_from`), or it is found out: an example of it, or words that a phrase
needs in a row, stand in the conversation as a long run of the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from notalone.folding.spelling import SENTENCE_END, Spelling
from notalone.folding.words import fold_text
from notalone.instruments.corpus import Case
from notalone.rulebook import Cue

# Measured 2026-11-22: with none of 4,255 real comments does any example share five words in a row,
# so five are a trace; with eleven of them it shares four, so four may be chance.
RUN_WORDS = 5

Run = tuple[str, ...]


class Origins:
    """Knows, for a conversation, the cues that were written from it."""

    def __init__(
        self, cues: Iterable[Cue], *, spelling: Spelling, run_words: int = RUN_WORDS
    ) -> None:
        self._spelling = spelling
        self._length = run_words
        self._by_run: dict[Run, set[str]] = defaultdict(set)
        self._by_id: dict[str, set[str]] = defaultdict(set)
        for cue in cues:
            for origin in cue.written_from:
                self._by_id[origin].add(cue.id)
            for run in self._runs_of_cue(cue):
                self._by_run[run].add(cue.id)

    def of(self, case: Case) -> frozenset[str]:
        """Ids of the cues to switch off while *case* is judged."""
        found = set(self._by_id.get(case.id, ()))
        for message in case.messages:
            for run in self._runs(message.text):
                found |= self._by_run.get(run, frozenset())
        return frozenset(found)

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
