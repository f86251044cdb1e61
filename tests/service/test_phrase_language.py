"""The phrase language: what it means, and what it refuses."""

from __future__ import annotations

import pytest

from notalone.phrase_language import PhraseError, parse_phrase, require_anchors


@pytest.mark.parametrize(
    ("phrase", "column"),
    (
        pytest.param("a (b|(c|d))", 2, id="nested"),
        pytest.param("(a|", 1, id="open bracket"),
        pytest.param("gửi <mony>", 5, id="unknown entity"),
        pytest.param("… a", 1, id="gap at the edge"),
        pytest.param("a … … b", 1, id="two gaps"),
        pytest.param("(a|b)?", 1, id="all optional"),
        pytest.param("gửi (|b)", 6, id="empty alternative"),
        pytest.param("gửi !!!", 5, id="no word"),
        pytest.param("khi while_mum_sleeps", 5, id="a file's name"),
        pytest.param("https://trang.example/a", 1, id="an address"),
        pytest.param("", 1, id="nothing"),
        pytest.param(" ".join(["từ"] * 50), 1, id="too long"),
        pytest.param("(" + "|".join(f"một w{i}" for i in range(10_000)) + ")", 1, id="10,000"),
        pytest.param("(" * 3000, 1, id="3,000 brackets"),
    ),
)
def test_a_mistake_names_its_column_and_a_fix(phrase: str, column: int) -> None:
    with pytest.raises(PhraseError) as caught:
        parse_phrase(phrase)
    assert caught.value.column == column
    assert caught.value.fix.vi
    assert caught.value.fix.en


@pytest.mark.parametrize("phrase", ("<money> (a|b)", "em … (ra|đi xa)", "<link> … <money>"))
def test_a_phrase_without_distinctive_words_is_weak(phrase: str) -> None:
    with pytest.raises(PhraseError, match="distinctive"):
        require_anchors(parse_phrase(phrase))


def test_capitals_in_a_rule_are_read_as_small_letters() -> None:
    assert (
        parse_phrase("(Tranh thủ|NHÂN LÚC) Mẹ").parts
        == parse_phrase("(tranh thủ|nhân lúc) mẹ").parts
    )


def test_short_forms_in_a_rule_are_written_out_as_in_a_message() -> None:
    phrase = parse_phrase("tải (app|file)", short_forms={"app": ("ứng", "dụng")})
    assert phrase.words == {"tải", "ứng", "dụng", "file"}
