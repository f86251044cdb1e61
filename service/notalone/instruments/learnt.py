"""What the classifier learnt: its weights beside the cues, what it made of each talk beside these.

Rules are handed on to others, conversations may be private: nothing of one is kept in the rules.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from notalone.detectors.classifier import FILE, LURE_BUCKETS
from notalone.errors import SetupError
from notalone.instruments.tally import Share

UNSEEN = "unseen.json"  # beside the conversations that were learnt from
FALSE_ALARMS = 0.01  # of harmless conversations, judged by a model that has not seen them


@dataclass(frozen=True, slots=True)
class Learnt:
    """*weights* are scaled so that 1 is where FALSE_ALARMS of harmless conversations stand.

    *of_lure*: for each lure, weights that tell it from the others, shape (LURE_BUCKETS,).
    *unseen* is the resemblance of each conversation, by fingerprint, to a model that has not seen
    it; *recall* the share of lures above 1 then, *false_alarms* that of the harmless ones.
    """

    weights: NDArray[np.float32]
    of_lure: Mapping[str, NDArray[np.float64]]
    unseen: Mapping[str, float]
    recall: Share
    false_alarms: Share


def write_learnt(learnt: Learnt, *, rules: Path, data: Path) -> Path:
    """Keep what was learnt from *data*; gives the file in *rules*.

    Half precision is enough, and half the file.
    """
    path = rules / FILE
    np.savez_compressed(
        path,
        weights=learnt.weights.astype(np.float16),
        lures=np.array([*learnt.of_lure], dtype=str),
        of_lure=np.array([*learnt.of_lure.values()], np.float16).reshape(-1, LURE_BUCKETS),
    )
    unseen = {name: round(value, 3) for name, value in sorted(learnt.unseen.items())}
    (data / UNSEEN).write_text(json.dumps(unseen, indent=0) + "\n", "utf-8")
    return path


def read_unseen(data: Path) -> dict[str, float]:
    """`Learnt.unseen` as it was written; empty where nothing was learnt from *data*.

    Raises: SetupError when it cannot be read.
    """
    path = data / UNSEEN
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, float])
    except FileNotFoundError:
        return {}
    except msgspec.DecodeError as problem:
        raise SetupError(f"{path}: {problem}; write it anew: notalone rules train") from None
