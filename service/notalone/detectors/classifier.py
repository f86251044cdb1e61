"""Classifier: how much the wording of a message is like that of the traps we know, as a whole.

Cues name what is asked of the reader; a trap nobody wrote a cue for still sounds like the others.
A linear model over hashed words and pairs of words, learnt offline from tests/corpus by `notalone
rules train` and shipped as one array. It accuses nobody by itself: `judge.py` lets it lift only a
conversation that already holds a cue, and to `caution` at most.

Source of the method: feature hashing, Weinberger et al. 2009.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from pathlib import Path
from zipfile import BadZipFile
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from notalone.errors import RuleError, RuleLocation
from notalone.folding.spelling import SENTENCE_END
from notalone.folding.words import FoldedText
from notalone.model import Bilingual

FILE = "classifier.npz"
BUCKETS = 1 << 16  # a collision costs less than a larger file


def sentences_of(folded: FoldedText) -> list[list[str]]:
    """The words that are compared: without marks, short forms and disguises written out.

    Sentence by sentence, so that harmless ones around it do not thin out the one that counts.
    """
    sentences: list[list[str]] = [[]]
    for word in folded.plain_words:
        if word == SENTENCE_END:
            sentences.append([])
        else:
            sentences[-1].append(word)
    return [words for words in sentences if words]


def buckets_of(words: Sequence[str]) -> list[int]:
    """The buckets of every word and every pair of neighbours, each once, in order."""
    grams = {*words, *map(" ".join, pairwise(words))}
    return sorted({crc32(gram.encode()) % BUCKETS for gram in grams})


class Classifier:
    """Weights for buckets, shape (BUCKETS,). Safe to share between threads."""

    def __init__(self, weights: NDArray[np.float32]) -> None:
        self._weights = weights.astype(np.float64)  # sums must not hang on how they are cut

    def resemblances(self, messages: Sequence[FoldedText]) -> list[float]:
        """How much each message is like a trap: 0 where nothing is, 1 and more where much is."""
        sentences = [
            (number, buckets_of(words))
            for number, folded in enumerate(messages)
            for words in sentences_of(folded)
        ]
        if not sentences:
            return [0.0] * len(messages)
        numbers, buckets = zip(*sentences, strict=True)
        sizes = np.fromiter(map(len, buckets), np.intp, len(buckets))
        starts = np.cumsum(sizes) - sizes
        flat = np.fromiter(chain.from_iterable(buckets), np.intp, int(sizes.sum()))
        sums = np.add.reduceat(self._weights[flat], starts) / np.sqrt(sizes)
        squares = np.square(np.maximum(sums, 0.0))  # as `stages.together` adds up
        return [*map(float, np.sqrt(np.bincount(numbers, squares, len(messages))))]


def load_classifier(rules: Path) -> Classifier | None:
    """Read what was learnt from the rule folder *rules*; None without the file: nothing was.

    Raises: RuleError when the file is none of ours.
    """
    path = rules / FILE
    if not path.is_file():
        return None
    try:
        # Opened here: np.load would leave a broken file open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            weights = arrays["weights"].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as problem:
        raise _unreadable(str(problem)) from None
    if weights.shape != (BUCKETS,) or not np.isfinite(weights).all():
        raise _unreadable(f"not {BUCKETS} finite weights")
    return Classifier(weights)


def _unreadable(problem: str) -> RuleError:
    return RuleError(
        Bilingual(f"không đọc được phần đã học ({problem})", f"cannot be read ({problem})"),
        fix=Bilingual("chạy: notalone rules train", "run: notalone rules train"),
        at=RuleLocation(Path(FILE)),
    )
