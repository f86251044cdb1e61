"""The classifier hears the whole wording, keeps none of it, and says when its file is broken."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from pathlib import Path
from string import ascii_lowercase

import numpy as np
import pytest

from harness.shipped import rulebook
from notalone.config import rules_dir
from notalone.detectors.classifier import (
    BUCKETS,
    FILE,
    LURE_BUCKETS,
    Classifier,
    buckets_of,
    load_classifier,
    sentences_of,
)
from notalone.errors import RuleError
from notalone.folding.words import FoldedText, fold_text


def shipped() -> Classifier:
    classifier = load_classifier(rules_dir())
    assert classifier is not None
    return classifier


def fold(text: str) -> FoldedText:
    return fold_text(text, spelling=rulebook().spelling)


def knowing(*words: str) -> Classifier:
    """A classifier for which *words*, and no others, speak for a trap."""
    weights = np.zeros(BUCKETS, np.float32)
    weights[buckets_of(words)] = 1
    return Classifier(weights)


def test_words_and_neighbours_are_compared_not_their_order_further_on() -> None:
    assert set(buckets_of(["giữ", "máy"])) < set(buckets_of(["giữ", "máy", "nha"]))
    assert set(buckets_of(["giữ", "máy"])) != set(buckets_of(["máy", "giữ"]))


def test_saying_it_twice_is_no_more_than_saying_it_once() -> None:
    assert list(buckets_of(["đi", "đi", "đi"])) == list(buckets_of(["đi", "đi"]))


def test_known_words_resemble_and_others_do_not() -> None:
    classifier = knowing("tai", "khoan")
    assert classifier.wording(fold("tài khoản")).resemblance > 1
    assert classifier.wording(fold("con về rồi")).resemblance == 0
    assert classifier.wording(fold("")).resemblance == 0


def test_the_words_that_tell_one_trap_from_another_name_it() -> None:
    of_lure = np.zeros((2, LURE_BUCKETS), np.float16)
    for row, word in enumerate(("nhan", "chim")):
        of_lure[row, [number % LURE_BUCKETS for number in buckets_of([word])]] = (1, 2)[row]
        of_lure[1 - row, [number % LURE_BUCKETS for number in buckets_of([word])]] = -1
    classifier = Classifier(np.zeros(BUCKETS), ("ring", "bird"), of_lure)
    assert classifier.wording(fold("nhẫn")).lures == {"ring": 1.0}
    assert classifier.wording(fold("chim. Nhẫn!")).lures == {"ring": 1.0, "bird": 2.0}
    assert classifier.wording(fold("mây")).lures == {}


def test_half_precision_costs_room_and_no_digit() -> None:
    """What is kept takes two bytes a weight; what is added up does not lose its last digits."""
    weights = np.zeros(BUCKETS, np.float16)
    of_lure = np.zeros((1, LURE_BUCKETS), np.float16)
    for row, word in enumerate(("nhan", "chim", "may")):
        (bucket,) = buckets_of([word])
        weights[bucket] = of_lure[0, bucket % LURE_BUCKETS] = (2048, 1, 0.5)[row]
    kept = Classifier(weights, ("ring",), of_lure)
    wide = Classifier(weights.astype(np.float64), ("ring",), of_lure.astype(np.float64))
    assert kept.wording(fold("nhẫn chim mây")) == wide.wording(fold("nhẫn chim mây"))
    assert np.shares_memory(kept._weights, weights)
    assert np.shares_memory(kept._of_lure, of_lure)


def test_two_words_of_one_column_count_once() -> None:
    column = buckets_of(["nhan"])[0] % LURE_BUCKETS
    words = map("".join, product(ascii_lowercase, repeat=4))
    other = next(one for one in words if buckets_of([one])[0] % LURE_BUCKETS == column)
    of_lure = np.zeros((1, LURE_BUCKETS), np.float16)
    of_lure[0, column] = 1
    found = len(buckets_of(["nhan", other]))
    classifier = Classifier(np.zeros(BUCKETS), ("ring",), of_lure)
    said = classifier.wording(fold(f"nhan {other}"))
    assert said.lures == {"ring": pytest.approx(1 / found**0.5)}


LIKENESS = """
import sys
import numpy as np
from notalone.detectors.classifier import BUCKETS, LURE_BUCKETS, Classifier
classifier = Classifier(np.zeros(BUCKETS), ("ring",), np.ones((1, LURE_BUCKETS)))
assert classifier._likeness([[1, 2]])
print("numpy.ma" in sys.modules)
"""


def test_nothing_of_numpy_is_loaded_that_nobody_needs() -> None:
    """A megabyte of every service."""
    done = subprocess.run(
        [sys.executable, "-c", LIKENESS], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_what_we_ship_knows_the_lures_of_the_rules() -> None:
    with np.load(rules_dir() / FILE) as arrays:
        assert set(arrays["lures"].tolist()) == {*rulebook().lures} - {"any"}
    for lure, said in (
        ("fake_scholarship", "Học bổng của em cần chứng minh tài chính, chuyển ký quỹ trước"),
        ("predatory_loan", "Vay nhanh không cần thế chấp, giải ngân trong ngày, nợ xấu vẫn vay"),
    ):
        alike = shipped().wording(fold(said)).lures
        assert max(alike, key=lambda name: alike[name]) == lure


@pytest.mark.parametrize("typed", ("tai khoan", "t.à.i k.h.o.ả.n", "TÀI KHOẢN", "tài​ khoản"))
def test_the_way_of_typing_changes_nothing(typed: str) -> None:
    classifier = knowing("tai", "khoan")
    assert classifier.wording(fold(typed)) == classifier.wording(fold("tài khoản"))


def test_without_a_file_nothing_was_learnt(tmp_path: Path) -> None:
    assert load_classifier(tmp_path) is None


@pytest.mark.parametrize(
    "content",
    (
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04 cut off", id="cut off"),
        pytest.param(b"not a file of arrays", id="something else"),
    ),
)
def test_a_broken_file_says_how_to_mend_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(RuleError, match=r"classifier\.npz: cannot be read .*rules train"):
        load_classifier(tmp_path)


def test_a_flipped_bit_that_says_encrypted_is_named_too(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / FILE, weights=np.zeros(BUCKETS, np.float16))
    content = bytearray((tmp_path / FILE).read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + flags] |= 1
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(RuleError, match="cannot be read"):
        load_classifier(tmp_path)


@pytest.mark.parametrize(
    "weights",
    (np.zeros(3, np.float16), np.full(BUCKETS, np.nan, np.float16)),
    ids=("too few", "not a number"),
)
def test_weights_that_cannot_be_ours_are_refused(tmp_path: Path, weights: object) -> None:
    few = np.zeros((0, LURE_BUCKETS), np.float16)
    names = np.array([], dtype=str)
    np.savez_compressed(tmp_path / FILE, weights=np.asarray(weights), of_lure=few, lures=names)
    with pytest.raises(RuleError, match="finite weights"):
        load_classifier(tmp_path)


def test_a_file_that_would_run_code_is_refused(tmp_path: Path) -> None:
    """`allow_pickle` stays off: an object array is a program."""
    np.savez_compressed(tmp_path / FILE, weights=np.array([{"a": 1}], dtype=object))
    with pytest.raises(RuleError, match="cannot be read"):
        load_classifier(tmp_path)


def test_what_we_ship_tells_a_trap_from_a_family() -> None:
    classifier = shipped()
    trap = "vụ án này bảo mật, chuyển hết tiền vào tài khoản tạm giữ để xác minh"
    family = "tối nay ăn gì, mẹ nấu canh chua cá lóc nha con"
    assert classifier.wording(fold(trap)).resemblance > 0.5
    assert classifier.wording(fold(family)).resemblance < 0.1


def test_harmless_sentences_around_it_hide_nothing() -> None:
    classifier = shipped()
    trap = "chuyển hết tiền vào tài khoản tạm giữ để xác minh"
    padded = f"Chào con. Tối nay ăn gì? {trap}. Mẹ nấu canh chua cá lóc nha."
    assert (
        classifier.wording(fold(padded)).resemblance >= classifier.wording(fold(trap)).resemblance
    )


def test_harmless_words_without_a_full_stop_hide_little() -> None:
    """Voice notes and hurried people set none; whoever pads a trap must not hide it so."""
    classifier = shipped()
    trap = "chuyển hết tiền vào tài khoản tạm giữ để xác minh"
    small_talk = "hôm nay trời mát bà ngoại nấu canh chua cả nhà ăn xong rồi ngồi xem bóng đá "
    padded = f"{small_talk * 3}{trap}"
    alone = classifier.wording(fold(trap)).resemblance
    assert classifier.wording(fold(padded)).resemblance > alone / 2


def test_long_sentences_are_cut_into_even_pieces() -> None:
    words = [len(piece) for piece in sentences_of(fold("một hai ba bốn năm " * 5 + ". hết rồi"))]
    assert words == [13, 12, 2]
