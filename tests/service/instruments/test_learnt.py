"""What was learnt is kept whole, and is in step with the conversations it was learnt from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from harness import shipped
from notalone.detectors.classifier import BUCKETS, FILE, load_classifier
from notalone.errors import SetupError
from notalone.folding.words import fold_text
from notalone.instruments.learnt import UNSEEN, Learnt, read_unseen, write_learnt
from notalone.instruments.tally import Share


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    weights = np.full(BUCKETS, 0.25, np.float32)
    unseen = {"00000000000000ff": 0.5, "ffffffffffffffff": -2.0}
    rules, data = tmp_path / "rules", tmp_path / "talks"
    rules.mkdir()
    data.mkdir()
    write_learnt(Learnt(weights, {}, unseen, Share(1, 1), Share(0, 1)), rules=rules, data=data)
    assert read_unseen(data) == pytest.approx(unseen)
    with np.load(rules / FILE) as arrays:  # rules are handed on; talks may be private
        assert arrays.files == ["weights", "lures", "of_lure"]
    words = fold_text("một hai", spelling=shipped.spelling())
    classifier = load_classifier(rules)
    assert classifier is not None
    assert classifier.wording(words).resemblance == pytest.approx(0.25 * 3 / 3**0.5)


def test_where_nothing_was_learnt_nothing_is_known(tmp_path: Path) -> None:
    assert read_unseen(tmp_path) == {}


def test_a_broken_file_is_named_with_the_way_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / UNSEEN).write_text("{", "utf-8")
    with pytest.raises(SetupError, match=r"unseen\.json.*notalone rules train"):
        read_unseen(tmp_path)


def test_what_we_ship_was_learnt_from_every_talk_but_the_held_out_ones() -> None:
    """Fails when conversations were added or changed: run `notalone rules train`."""
    cases = shipped.conversations()
    assert set(read_unseen(shipped.CORPUS)) == {
        case.fingerprint for case in cases if not case.is_held_out
    }
