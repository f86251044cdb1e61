"""What was typed and what it was taken for, in words a maintainer would write."""

from __future__ import annotations

import unicodedata

import pytest

from harness.rule_folder import write_rules
from notalone.folding.words import fold_text
from notalone.instruments.reading import Change, Reading, read, readable_words
from notalone.rulebook import RuleBook, load_rulebook


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    return load_rulebook(write_rules(tmp_path_factory.mktemp("reading")))


def reading_of(text: str, book: RuleBook) -> Reading:
    readable = readable_words(["giữ kín", "kể với bố mẹ", "chuyện này", "mật khẩu", "không"])
    return read(fold_text(text, spelling=book.spelling), readable=readable)


@pytest.mark.parametrize(
    ("text", "changes"),
    (
        ("Đừng kể với bố mẹ", ()),
        ("k kể", (Change("k", "không"),)),
        ("K kể, k nói", (Change("K", "không"),)),
        ("đừnggg kể", (Change("đừnggg", "đừng"),)),
        ("giữ kỹ chuyện ấy", ()),  # rules spell "giử kĩ": nobody should see that
        ("m\u200bật khẩu", (Change("mật", "mật", "hidden"),)),
        ("mật\u00ad khẩu", ()),  # between words it does nothing
        ("ｍật khẩu", (Change("ｍật", "mật", "foreign"),)),
        ("k\u0435 với ai", (Change("k\u0435", "ke", "foreign"),)),  # a Cyrillic letter
    ),
)  # fmt: skip
def test_only_what_was_changed_is_told(
    text: str, changes: tuple[Change, ...], book: RuleBook
) -> None:
    assert reading_of(text, book).changes == changes


def test_marks_typed_in_pieces_are_no_change(book: RuleBook) -> None:
    reading = reading_of(unicodedata.normalize("NFD", "Giữ kín với bố mẹ"), book)
    assert reading.changes == ()
    assert reading.is_as_typed


@pytest.mark.parametrize(
    ("text", "marked", "plain", "is_as_typed"),
    (
        ("Giữ kín nhé!", "giữ kín nhé.", "giu kin nhe.", True),
        ("giu kin nhe", "giu kin nhe", "giu kin nhe", True),
        ("k kể. Chuyển 5tr", "không kể. chuyển 5tr", "khong ke. chuyen 5tr", False),
    ),
)
def test_both_views_are_shown_as_they_are_searched(
    text: str, marked: str, plain: str, is_as_typed: bool, book: RuleBook
) -> None:
    reading = reading_of(text, book)
    assert (reading.marked, reading.plain, reading.is_as_typed) == (marked, plain, is_as_typed)


@pytest.mark.parametrize("text", ("", "😀😀", "...", "!"))
def test_a_message_without_words_has_nothing_to_read(text: str, book: RuleBook) -> None:
    assert reading_of(text, book).changes == ()
