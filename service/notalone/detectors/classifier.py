"""Classifier: how much the wording of a message is like that of the traps we know, as a whole.

Cues name what is asked of the reader; a trap nobody wrote a cue for still sounds like the others.
A linear model over hashed words and pairs of words, learnt offline from tests/corpus by `notalone
rules train` and shipped as arrays. It accuses nobody by itself: `levels.py` lets it lift only a
conversation that already holds a cue, to `caution`; danger takes two steps of a trap, seen by cues.

Source of the method: feature hashing, Weinberger et al. 2009.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from notalone.detectors.stages import together
from notalone.errors import RuleError, RuleLocation
from notalone.folding.spelling import SENTENCE_END
from notalone.folding.words import FoldedText
from notalone.model import Bilingual, Wording
from notalone.rulefile import shown_path

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = "classifier.npz"
BUCKETS = 1 << 16  # a collision costs less than a larger file
LURE_BUCKETS = 1 << 13  # for each lure; to tell them apart fewer are enough
SENTENCE_WORDS = 20


def sentences_of(folded: FoldedText) -> list[list[str]]:
    """The words that are compared: without marks, short forms and disguises written out.

    Sentence by sentence, so that harmless ones around it do not thin out the one that counts; who
    writes without full stops is cut into pieces as long as sentences are.
    """
    sentences: list[list[str]] = [[]]
    for word in folded.plain_words:
        if word == SENTENCE_END:
            sentences.append([])
        else:
            sentences[-1].append(word)
    return [piece for words in sentences if words for piece in _pieces(words)]


def _pieces(words: list[str]) -> Iterator[list[str]]:
    """*words* in as few pieces of at most SENTENCE_WORDS as will do, all of a length."""
    size = ceil(len(words) / ceil(len(words) / SENTENCE_WORDS))
    return (words[start : start + size] for start in range(0, len(words), size))


def buckets_of(words: Sequence[str]) -> list[int]:
    """The buckets of every word and every pair of neighbours, each once, in order."""
    grams = {*words, *map(" ".join, pairwise(words))}
    return sorted({zlib.crc32(gram.encode()) % BUCKETS for gram in grams})


def resemblance_of(sentences: Iterable[Sequence[int]], weights: NDArray[np.floating[Any]]) -> float:
    """The resemblance of what is said in *sentences*, each a row of buckets, to known traps."""
    return together(
        float(weights[found].sum(dtype=np.float64)) / sqrt(len(found)) for found in sentences
    )


class Classifier:
    """Weights for buckets, and for each of *lures* once more. Safe to share between threads.

    *weights* has the shape (BUCKETS,), *of_lure* (number of lures, LURE_BUCKETS).
    """

    def __init__(
        self,
        weights: NDArray[np.floating[Any]],
        lures: Sequence[str] = (),
        of_lure: NDArray[np.floating[Any]] | None = None,
    ) -> None:
        # Half precision as they are kept: over a megabyte wider, and a message needs a few of them.
        self._weights = weights
        self._lures = tuple(lures)
        self._of_lure = np.zeros((0, LURE_BUCKETS)) if of_lure is None else of_lure

    def wording(self, folded: FoldedText) -> Wording:
        """How much one message is worded like a trap, and like which."""
        sentences = [*map(buckets_of, sentences_of(folded))]
        return Wording(resemblance_of(sentences, self._weights), self._likeness(sentences))

    def _likeness(self, sentences: Iterable[Sequence[int]]) -> dict[str, float]:
        """What speaks for each lure, sentence by sentence: what speaks against it is small talk."""
        likeness = np.zeros(len(self._lures))
        for found in sentences:
            # Not np.unique: it imports numpy.ma, which nobody else needs.
            columns = self._of_lure[:, sorted({bucket % LURE_BUCKETS for bucket in found})]
            likeness += np.maximum(columns.sum(axis=1, dtype=np.float64), 0) / sqrt(len(found))
        return {
            lure: value
            for lure, value in zip(self._lures, likeness.tolist(), strict=True)
            if value > 0
        }


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
            weights, of_lure = arrays["weights"], arrays["of_lure"]
            lures = [str(name) for name in arrays["lures"]]
    except _DAMAGED as problem:
        raise _unreadable(str(problem), path, rules) from None
    shapes = ((weights, (BUCKETS,)), (of_lure, (len(lures), LURE_BUCKETS)))
    for array, shape in shapes:
        if array.dtype.kind != "f" or array.shape != shape or not np.isfinite(array).all():
            raise _unreadable(f"not finite weights of the shape {shape}", path, rules)
    return Classifier(weights, lures, of_lure)


# What numpy and zipfile raise for a file that is cut off, overwritten, or none of theirs.
_DAMAGED = (
    OSError, ValueError, KeyError, EOFError, TypeError, RuntimeError, BadZipFile, zlib.error,
)  # fmt: skip


def _unreadable(problem: str, path: Path, rules: Path) -> RuleError:
    return RuleError(
        Bilingual(f"không đọc được phần đã học ({problem})", f"cannot be read ({problem})"),
        fix=Bilingual("chạy: notalone rules train", "run: notalone rules train"),
        at=RuleLocation(shown_path(path, root=rules)),
    )
