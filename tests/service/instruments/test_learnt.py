"""What was learnt is kept whole, and is in step with the conversations it was learnt from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from harness.service_process import REPOSITORY
from notalone.config import rules_dir
from notalone.detectors.classifier import BUCKETS, load_classifier
from notalone.folding.words import fold_text
from notalone.instruments.corpus import read_corpus
from notalone.instruments.learnt import Learnt, read_learnt, write_learnt
from notalone.instruments.tally import Share
from notalone.rulebook import load_rulebook


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    weights = np.full(BUCKETS, 0.25, np.float32)
    unseen = {"00000000000000ff": 0.5, "ffffffffffffffff": -2.0}
    write_learnt(Learnt(weights, unseen, Share(1, 1), Share(0, 1)), tmp_path)
    assert read_learnt(tmp_path) == pytest.approx(unseen)
    words = fold_text("một hai", spelling=load_rulebook(rules_dir()).spelling)
    classifier = load_classifier(tmp_path)
    assert classifier is not None
    [alike] = classifier.resemblances([words])
    assert alike == pytest.approx(0.25 * 3 / 3**0.5)


def test_where_nothing_was_learnt_nothing_is_known(tmp_path: Path) -> None:
    assert read_learnt(tmp_path) == {}


def test_what_we_ship_was_learnt_from_every_talk_but_the_held_out_ones() -> None:
    """Fails when conversations were added or changed: run `notalone rules train`."""
    cases = read_corpus(REPOSITORY / "tests" / "corpus")
    learnt = read_learnt(rules_dir())
    assert set(learnt) == {case.fingerprint for case in cases if not case.is_held_out}
