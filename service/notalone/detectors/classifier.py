"""Classifier: how much the wording of a message is like that of the traps we know, as a whole.

Cues name what is asked of the reader; a trap nobody wrote a cue for still sounds like the others.
A linear model over hashed words and pairs of words, learnt offline from tests/corpus by `notalone
rules train` and shipped as one array. It accuses nobody by itself: `judge.py` lets it lift only a
conversation that already holds a cue, and to `caution` at most.

Source of the method: feature hashing, Weinberger et al. 2009.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from notalone.detectors.stages import together
from notalone.errors import RuleError, RuleLocation
from notalone.folding.spelling import SENTENCE_END
from notalone.folding.words import FoldedText
from notalone.model import Bilingual
from notalone.rulefile import shown_path

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
    return sorted({zlib.crc32(gram.encode()) % BUCKETS for gram in grams})


def resemblance_of(sentences: Iterable[Sequence[int]], weights: NDArray[np.float64]) -> float:
    """The resemblance of what is said in *sentences*, each a row of buckets, to known traps."""
    return together(float(weights[found].sum()) / sqrt(len(found)) for found in sentences)


class Classifier:
    """Weights for buckets, shape (BUCKETS,). Safe to share between threads."""

    def __init__(self, weights: NDArray[np.floating[Any]]) -> None:
        self._weights = weights.astype(np.float64)

    def resemblance(self, folded: FoldedText) -> float:
        """How much one message is like a trap: 0 where nothing is, 1 and more where much is."""
        return resemblance_of(map(buckets_of, sentences_of(folded)), self._weights)


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
    except _DAMAGED as problem:
        raise _unreadable(str(problem), path, rules) from None
    if weights.shape != (BUCKETS,) or not np.isfinite(weights).all():
        raise _unreadable(f"not {BUCKETS} finite weights", path, rules)
    return Classifier(weights)


# What numpy and zipfile raise for a file that is cut off, overwritten, or none of theirs.
_DAMAGED = (
    OSError, ValueError, KeyError, EOFError, TypeError, NotImplementedError, BadZipFile, zlib.error,
)  # fmt: skip


def _unreadable(problem: str, path: Path, rules: Path) -> RuleError:
    return RuleError(
        Bilingual(f"không đọc được phần đã học ({problem})", f"cannot be read ({problem})"),
        fix=Bilingual("chạy: notalone rules train", "run: notalone rules train"),
        at=RuleLocation(shown_path(path, root=rules)),
    )
