"""Each answer is checked by what will read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.rule_folder import write_rules
from notalone.instruments import cue_answers
from notalone.instruments.interview import AnswerError
from notalone.rulebook import RuleBook, load_rulebook


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rules(tmp_path_factory.mktemp("answers"))


@pytest.fixture(scope="module")
def book(root: Path) -> RuleBook:
    return load_rulebook(root)


@pytest.mark.parametrize("text", ("2", "BEE", "bee"))
def test_a_choice_is_a_number_or_a_name(text: str) -> None:
    assert cue_answers.choice(text, names=["ant", "Bee"]) == "Bee"


@pytest.mark.parametrize("text", ("", "0", "3", "be", "²"))
def test_what_is_not_there_is_no_choice(text: str) -> None:
    with pytest.raises(AnswerError, match="is not there"):
        cue_answers.choice(text, names=["ant", "Bee"])


@pytest.mark.parametrize(
    ("text", "outcome"),
    (
        ("Chuyện này giữ kín nha", "hit"),
        ("chuyen nay giu kin nha", "hit"),
        ("ch.u.y.ệ.n này giữ kín", "hit"),
        ("không phải chuyện này giữ kín", "negation"),
        ("kẻ gian bảo chuyện này giữ kín", "report"),
        ("giữ kín cửa nha", "missed"),
    ),
)
def test_an_example_is_tried_by_the_engine(text: str, outcome: str, book: RuleBook) -> None:
    phrase = cue_answers.phrase("chuyện này … giữ kín", book=book, is_anchored=True)
    assert cue_answers.Trial(book, [phrase], lang="vi").outcome(text) == outcome


def test_words_that_no_rule_knew_before_are_tried_too(book: RuleBook) -> None:
    phrase = cue_answers.phrase("cá mập … xanh lè", book=book, is_anchored=True)
    trial = cue_answers.Trial(book, [phrase], lang="vi")
    assert trial.outcome("con ca map nay xanh le") == "hit"


@pytest.mark.parametrize(
    ("text", "told"),
    (
        ("(việc|chuyện này giữ kín", "đủ ngoặc"),
        ("giữ (kín|) nha", "lựa chọn trống"),
        ("giữ kín <mony>", "không có loại này"),
        ("giữ kín !", "không có chữ nào"),
        ("(giữ kín)?", "chữ nào cũng có thể vắng"),
        ("… giữ kín", "ở đầu hoặc cuối"),
        ("giữ … … kín", "chỉ giữ một"),
        ("giữ … kín … chuyện … này … nha … em … ơi", "tách thành vài cụm từ"),
        ("a", "quá thường gặp"),
        ("giữ kín " * 60, "tách thành vài cụm từ"),
    ),
)
def test_a_mistake_in_a_phrase_is_told_in_vietnamese_too(
    text: str, told: str, book: RuleBook
) -> None:
    with pytest.raises(AnswerError, match=r"^cột / column \d+: [^/]*" + told):
        cue_answers.phrase(text.strip(), book=book, is_anchored=True)


@pytest.mark.parametrize("number", ("bốn", "mười", "4", "15"))
def test_a_number_may_be_written_out_in_an_example(number: str, book: RuleBook) -> None:
    phrase = cue_answers.phrase("giữ kín <number> hôm", book=book, is_anchored=True)
    assert cue_answers.Trial(book, [phrase], lang="vi").outcome(f"giữ kín {number} hôm") == "hit"


def test_no_sentence_is_no_example() -> None:
    with pytest.raises(AnswerError):
        cue_answers.example("", trial=None, must_hit=True)


def test_a_capital_with_a_stroke_is_a_mark_too() -> None:
    assert not cue_answers.has_unmarked(["Đi chung nha"])


@pytest.mark.parametrize(
    ("text", "is_taken"),
    (
        ("https://vnexpress.net/abc-123.html", True),
        ("http://thanhnien.vn", True),
        ("vnexpress.net/abc", False),
        ("https://localhost/x", False),
        ("https://vnexpress.net/a b", False),
    ),
)
def test_a_reference_is_an_address(text: str, is_taken: bool) -> None:
    if is_taken:
        assert cue_answers.reference(text) == text
    else:
        with pytest.raises(AnswerError, match="must be an address"):
            cue_answers.reference(text)


@pytest.mark.parametrize("text", ("secrecy", "lure", "Giữ", "../x", "a-b", "_x", "", "1a"))
def test_a_file_name_is_new_and_plain(text: str, root: Path) -> None:
    with pytest.raises(AnswerError):
        cue_answers.file_name(text, folder="any", root=root)


def test_a_file_name_may_be_given_with_its_ending(root: Path) -> None:
    assert cue_answers.file_name("keep_it.toml", folder="any", root=root) == "keep_it"


def test_an_unmarked_spelling_is_proposed_until_there_is_one() -> None:
    assert cue_answers.unmarked(["Đừng kể"]) == "dung ke"
    assert cue_answers.unmarked(["Đừng kể", "dung noi"]) == ""
    assert cue_answers.unmarked([]) == ""


def test_lists_hold_every_name_with_its_words(book: RuleBook) -> None:
    lures = cue_answers.lures_in_order(book)
    assert lures[0] == "any"
    assert set(lures) == {"any", *book.lures}
    signals = cue_answers.signals_in_order(book, "fake_authority")
    assert sorted(signals) == sorted(book.signals)
    for name, line in zip(signals, cue_answers.signal_list(signals, book.signals), strict=True):
        assert line.endswith(name)
        assert book.signals[name].why.vi in line


def test_a_lure_that_is_not_known_has_no_signals_of_its_own(book: RuleBook) -> None:
    assert sorted(cue_answers.signals_in_order(book, "")) == sorted(book.signals)
