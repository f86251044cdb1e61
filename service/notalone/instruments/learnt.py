"""What the classifier learnt, as it is kept in the rule folder beside the cues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from notalone.detectors.classifier import FILE
from notalone.instruments.tally import Share

FALSE_ALARMS = 0.01  # of harmless conversations, judged by a model that has not seen them


@dataclass(frozen=True, slots=True)
class Learnt:
    """*weights* are scaled so that 1 is where FALSE_ALARMS of harmless conversations stand.

    *unseen* is the resemblance of each conversation, by fingerprint, to a model that has not seen
    it; *recall* the share of lures above 1 then, *false_alarms* that of the harmless ones.
    """

    weights: NDArray[np.float32]
    unseen: Mapping[str, float]
    recall: Share
    false_alarms: Share


def write_learnt(learnt: Learnt, rules: Path) -> Path:
    """Keep what was learnt in the rule folder; half precision is enough, and half the file."""
    path = rules / FILE
    order = sorted(learnt.unseen)
    np.savez_compressed(
        path,
        weights=learnt.weights.astype(np.float16),
        talks=np.array([int(name, 16) for name in order], np.uint64),
        unseen=np.array([learnt.unseen[name] for name in order], np.float32),
    )
    return path


def read_learnt(rules: Path) -> dict[str, float]:
    """`Learnt.unseen` as it was written; empty where nothing was learnt."""
    path = rules / FILE
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as file:
        return {
            f"{name:016x}": float(value)
            for name, value in zip(file["talks"].tolist(), file["unseen"].tolist(), strict=True)
        }
