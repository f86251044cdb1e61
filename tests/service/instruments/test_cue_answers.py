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
    ("text", "vi", "en"),
    (
        (
            "(việc|chuyện này giữ kín",
            "1: không đọc được '(việc|chuyện'; nhóm viết (a|b) hoặc (a|b)?, đủ ngoặc, không lồng",
            "cannot read '(việc|chuyện'; groups are written (a|b) or (a|b)? and do not hold other",
        ),
        (
            "giữ (kín|) nha",
            "10: có lựa chọn để trống; nhóm có thể vắng thì viết (a|b)?",
            "an alternative is empty; write (a|b)? when it may be absent",
        ),
        (
            "giữ kín <mony>",
            "9: không có loại <mony>; dùng một trong: <account>",
            "<mony> is not an entity; use one of <account>",
        ),
        (
            "giữ kín !",
            "9: '!' không có chữ nào; bỏ dấu câu đi",
            "'!' holds no word; take the punctuation out",
        ),
        (
            "while_mum_sleeps",
            "1: 'while_mum_sleeps' không phải lời ai nói; viết các từ cách nhau một khoảng",
            "'while_mum_sleeps' is nothing that people say; write the words with spaces",
        ),
        (
            "https://bao.example/vu-viec",
            "1: 'https://bao.example/vu-viec' không phải lời ai nói; viết các từ",
            "'https://bao.example/vu-viec' is nothing that people say; write the words",
        ),
        (
            "(giữ kín)?",
            "1: chữ nào cũng có thể vắng; thêm một từ bắt buộc",
            "nothing in it must be there; add a word that is not optional",
        ),
        (
            "… giữ kín",
            "1: … đứng ở đầu hoặc cuối thì vô nghĩa; bỏ … đi",
            "a gap at the edge means nothing; take the … away",
        ),
        (
            "giữ … … kín",
            "1: hai … đứng liền nhau; chỉ giữ một …",
            "two gaps stand together; keep one …",
        ),
        (
            "giữ … kín … chuyện … này … nha … em … ơi",
            "1: có hơn 4 chỗ …; tách thành vài cụm từ",
            "more than 4 gaps; write several phrases",
        ),
        (
            "giữ … giữ … giữ … giữ",
            "1: 'giu' có thể đứng ở 4 phần cách nhau bằng …; tách thành",
            "'giu' can stand in 4 parts with gaps between them; write several",
        ),
        (
            "giữ kín (a)? (b)? (c)? (d)? (e)? (g)? (h)?",
            "1: có hơn 6 chỗ … và phần có thể vắng; tách thành",
            "more than 6 gaps and parts that may be absent; write several",
        ),
        (
            "(kể với|nói với|mách với) " * 6,
            "1: các lựa chọn ghép lại thành hơn 256 cách viết; tách thành vài cụm từ, hoặc để",
            "its alternatives make more than 256 patterns; write several phrases, or use single",
        ),
        (
            f"(kể{'|a' * 256})",
            "1: một nhóm có hơn 256 lựa chọn; tách thành",
            "more than 256 alternatives; write several",
        ),
        (
            "a",
            "1: chưa đủ chữ đặc trưng để tìm; thêm một từ mà câu nào cũng có, hoặc dùng lựa chọn",
            "nothing in it is distinctive enough to look for first; add a word that stands in",
        ),
        (
            "giữ kín " * 30,
            "1: dài quá 40 từ; tách thành những cụm từ ngắn hơn",
            "more than 40 words; split it into shorter phrases",
        ),
        (
            "giữ kín " * 130,
            "1: dài quá 1000 ký tự; tách thành vài cụm từ",
            "more than 1000 characters; write several phrases",
        ),
    ),
)
def test_a_mistake_in_a_phrase_is_told_in_both_languages(
    text: str, vi: str, en: str, book: RuleBook
) -> None:
    with pytest.raises(AnswerError) as caught:
        cue_answers.phrase(text.strip(), book=book, is_anchored=True)
    first, second, *_ = str(caught.value).splitlines()
    assert first.startswith(f"cột / column {vi}")
    assert second.startswith(f"  / {en}")


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
    lines = cue_answers.signal_list(signals, book, "fake_authority")
    numbered = [line for line in lines if line[:3].strip().isdecimal()]
    for name, line in zip(signals, numbered, strict=True):
        assert line.endswith(name)
        assert book.signals[name].why.vi in line


def test_a_blank_line_and_a_heading_stand_before_each_stage(book: RuleBook) -> None:
    signals = cue_answers.signals_in_order(book, "fake_authority")
    lines = list(cue_answers.signal_list(signals, book, "fake_authority"))
    heads = [n for n, line in enumerate(lines) if line and not line[:3].strip().isdecimal()]
    assert [lines[n] for n in heads] == [
        "LẤY LÒNG TIN, hay gặp trong kiểu bẫy này / trust, common in this lure",
        "BẮT GIỮ KÍN, hay gặp trong kiểu bẫy này / secrecy, common in this lure",
        "ĐÒI HỎI, hay gặp trong kiểu bẫy này / demand, common in this lure",
        "LẤY LÒNG TIN / trust",
        "LÀM NHẸ ĐI / lowers its sentence",
        "BẠN TRẺ TỰ KỂ / the child tells",
    ]
    assert {lines[n - 1] for n in heads} == {""}


def test_a_lure_that_is_not_known_has_no_signals_of_its_own(book: RuleBook) -> None:
    assert sorted(cue_answers.signals_in_order(book, "")) == sorted(book.signals)
