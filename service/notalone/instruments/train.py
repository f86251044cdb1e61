"""`notalone rules train`: learn from the labelled conversations what traps sound like.

Needs scikit-learn (`pip install notalone[train]`);
whoever only runs the service never does. The held-out set is not learnt from: it judges what was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from notalone.detectors.classifier import (
    BUCKETS,
    LURE_BUCKETS,
    buckets_of,
    resemblance_of,
    sentences_of,
)
from notalone.folding.spelling import Spelling
from notalone.folding.words import fold_text
from notalone.instruments.corpus import Case
from notalone.instruments.learnt import FALSE_ALARMS, Learnt
from notalone.instruments.tally import Share
from notalone.levels import resemblance_of_window
from notalone.model import Message

FOLDS = 5
_SOFTNESS = 5.0  # scikit-learn's C; 1 to 20 made no difference that could be measured
_RARE = 2  # a pair of words of a single conversation says nothing about others
_LOWEST_LINE = 0.5  # where every harmless conversation is told apart: ours stand at 3 to 5
_SEED = 20261122


def learn(cases: Iterable[Case], *, spelling: Spelling) -> Learnt:
    """Fit a linear model on all *cases* but the held-out ones. The same cases give the same.

    Each is learnt from twice, whole and as it begins: a trap is to be known before its end.
    """
    known = [case for case in cases if not case.is_held_out]
    talks = [_buckets(case.messages, spelling) for case in known]
    openings = [_buckets(_opening(case), spelling) for case in known]
    is_lure = np.array([case.is_lure for case in known])

    def fit(some: Iterable[int]) -> NDArray[np.float64]:
        twice = [(_sentences(talk[i]), is_lure[i]) for i in some for talk in (talks, openings)]
        return _fit([talk for talk, _ in twice], np.array([label for _, label in twice]))

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=_SEED)
    unseen = np.zeros(len(known))
    for others, some in folds.split(talks, is_lure):
        weights = fit(others)
        unseen[some] = [
            resemblance_of_window(resemblance_of(message, weights) for message in talks[i])
            for i in some
        ]
    line = max(float(np.quantile(unseen[~is_lure], 1 - FALSE_ALARMS)), _LOWEST_LINE)
    above = unseen > line
    return Learnt(
        weights=(fit(range(len(known))) / line).astype(np.float32),
        of_lure=_fit_lures(
            [*map(_sentences, talks)], [case.lure if case.is_lure else None for case in known]
        ),
        unseen={
            case.fingerprint: float(value) / line for case, value in zip(known, unseen, strict=True)
        },
        recall=Share(int(above[is_lure].sum()), int(is_lure.sum())),
        false_alarms=Share(int(above[~is_lure].sum()), int((~is_lure).sum())),
    )


def _opening(case: Case) -> Sequence[Message]:
    """*case* as far as an adult would have let it go; half of it where it never went wrong."""
    ids = [message.id for message in case.messages]
    end = ids.index(case.by) + 1 if case.by in ids else (len(ids) + 1) // 2
    return case.messages[:end]


def _buckets(messages: Iterable[Message], spelling: Spelling) -> list[list[list[int]]]:
    """What others say in each of *messages*, sentence by sentence."""
    return [
        [*map(buckets_of, sentences_of(fold_text(message.text, spelling=spelling)))]
        for message in messages
        if not message.from_me
    ]


def _sentences(talk: Iterable[list[list[int]]]) -> list[list[int]]:
    return [*chain.from_iterable(talk)]


def _fit(
    talks: Sequence[list[list[int]]], is_lure: NDArray[np.bool_], *, buckets: int = BUCKETS
) -> NDArray[np.float64]:
    """A weight for each bucket, such that a lure's sum is high."""
    rows = _as_rows(talks, buckets)
    seen_in = np.asarray((rows > 0).sum(axis=0)).ravel()
    rarity = np.where(seen_in < _RARE, 0.0, log(1 + len(talks)) - np.log1p(seen_in))
    model = LogisticRegression(C=_SOFTNESS, class_weight="balanced", max_iter=5000)
    model.fit(rows @ diags(rarity), is_lure)
    found: NDArray[np.float64] = model.coef_.ravel() * rarity
    return found


def _fit_lures(
    talks: Sequence[list[list[int]]], lures: Sequence[str | None]
) -> dict[str, NDArray[np.float64]]:
    """For each lure, weights that tell its talks from those of the others."""
    named = [(talk, lure) for talk, lure in zip(talks, lures, strict=True) if lure is not None]
    reduced = [[sorted({n % LURE_BUCKETS for n in found}) for found in talk] for talk, _ in named]
    labels = np.array([lure for _, lure in named])
    names = sorted(set(labels.tolist()))
    if len(names) < 2:  # there is nothing to tell apart
        return {}
    return {name: _fit(reduced, labels == name, buckets=LURE_BUCKETS) for name in names}


def _as_rows(talks: Sequence[list[list[int]]], buckets: int) -> csr_matrix:
    """One row a conversation: the same weight for every sentence, however long it is."""
    values: list[NDArray[np.float64]] = [np.zeros(0)]
    columns: list[int] = []
    ends = [0]
    for talk in talks:
        values += [np.full(len(found), 1 / sqrt(len(found) * len(talk))) for found in talk]
        columns += chain.from_iterable(talk)
        ends.append(ends[-1] + sum(map(len, talk)))
    rows = csr_matrix((np.concatenate(values), columns, ends), shape=(len(talks), buckets))
    rows.sum_duplicates()
    return rows
