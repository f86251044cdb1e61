"""Classifier: how much the wording of a message is like that of the traps we know, as a whole.

Cues name what is asked of the reader; a trap nobody wrote a cue for still sounds like the others.
A linear model over hashed words and pairs of words, learnt offline from tests/corpus by `notalone
rules train` and shipped as one array. It accuses nobody by itself: `judge.py` lets it lift only a
conversation that already holds a cue, and to `caution` at most.

Source of the method: feature hashing, Weinberger et al. 2009.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from pathlib import Path
from zipfile import BadZipFile
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from notalone.errors import RuleError, RuleLocation
from notalone.folding.words import FoldedText
from notalone.model import Bilingual

FILE = "classifier.npz"
BUCKETS = 1 << 16  # a collision costs less than a larger file
Buckets = NDArray[np.uint32]


def words_of(folded: FoldedText) -> list[str]:
    """The words that are compared: without marks, short forms and disguises written out."""
    return [word.plain for word in folded.words]


def buckets_of(words: Sequence[str]) -> Buckets:
    """The buckets of every word and every pair of neighbours, each once, in order."""
    grams = {*words, *map(" ".join, pairwise(words))}
    hashed = np.fromiter((crc32(gram.encode()) for gram in grams), np.uint32, len(grams))
    return np.unique(hashed % np.uint32(BUCKETS))  # sorted: the sum must not hang on set order


class Classifier:
    """Weights for buckets, shape (BUCKETS,). Safe to share between threads."""

    def __init__(self, weights: NDArray[np.float32]) -> None:
        self._weights = weights

    def resemblance(self, folded: FoldedText) -> float:
        """How much one message is like a trap: about -3 to 3, 0 where nothing is known."""
        found = buckets_of(words_of(folded))
        return float(self._weights[found].sum() / sqrt(len(found))) if len(found) else 0.0


NOTHING_LEARNT = Classifier(np.zeros(BUCKETS, np.float32))


def load_classifier(rules: Path) -> Classifier:
    """Read what was learnt from the rule folder *rules*; without the file nothing was.

    Raises: RuleError when the file is none of ours.
    """
    path = rules / FILE
    if not path.is_file():
        return NOTHING_LEARNT
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
