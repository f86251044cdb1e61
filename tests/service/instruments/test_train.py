"""Training learns from wording, from nobody's held-out talks, and twice the same."""

from __future__ import annotations

import numpy as np
import pytest

from harness import shipped
from notalone.config import rules_dir
from notalone.detectors.classifier import Classifier, load_classifier
from notalone.folding.words import fold_text
from notalone.instruments.corpus import Case
from notalone.instruments.learnt import FALSE_ALARMS
from notalone.instruments.train import learn
from notalone.model import Message


def talk(number: int, text: str, *, is_lure: bool, is_held_out: bool = False) -> Case:
    said = Message("1", f"{text} {number}", False)
    own = Message("2", "hoa cúc vàng", True)
    return Case(str(number), "a set", (said, own), is_lure, is_held_out=is_held_out)


CASES = [talk(n, "đóng phí trước mới nhận", is_lure=True) for n in range(11, 31)]
CASES += [talk(n, "chiều nay đá bóng không", is_lure=False) for n in range(31, 71)]


def test_words_of_traps_weigh_and_words_of_friends_do_not() -> None:
    spelling = shipped.spelling()
    classifier = Classifier(learn(CASES, spelling=spelling).weights)
    said = ("đóng phí trước mới nhận", "chiều nay đá bóng không", "hoa cúc vàng")
    trap, friends, own = (
        classifier.wording(fold_text(text, spelling=spelling)).resemblance for text in said
    )
    assert trap > 1 > friends
    assert own == 0  # the child's own words are not learnt from


def test_held_out_talks_are_not_learnt_from() -> None:
    hidden = [talk(n, "bán nhẫn gia truyền", is_lure=True, is_held_out=True) for n in (1, 2, 3)]
    learnt = learn([*CASES, *hidden], spelling=shipped.spelling())
    assert np.array_equal(learnt.weights, learn(CASES, spelling=shipped.spelling()).weights)
    assert set(learnt.unseen) == {case.fingerprint for case in CASES}


def test_what_we_ship_is_what_training_gives() -> None:
    """Fails when the corpus or the folding changed: run `notalone rules train`."""
    cases = shipped.conversations()
    learnt = learn(cases, spelling=shipped.spelling())
    kept = load_classifier(rules_dir())
    assert kept is not None
    for case in cases[::20]:
        folded = fold_text(case.messages[0].text, spelling=shipped.spelling())
        now = Classifier(learnt.weights).wording(folded).resemblance
        assert kept.wording(folded).resemblance == pytest.approx(now, abs=0.02)
    assert learnt.false_alarms.value <= 2 * FALSE_ALARMS
