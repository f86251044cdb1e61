"""How organisations speak: what loads, and what a mistake is told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from notalone.brands import Brand
from notalone.folding.spelling import Spelling
from notalone.speaking import NOBODY, load_speaking

GOOD = """\
title = ["ngân hàng"]
tail = ["việt nam"]
number = ["<phone>"]
person = ["nguyễn"]
speaks = ["<name> trân trọng thông báo"]
opens = ["ví <name>"]
courtesy = ["quý khách"]
addressed = ["quý khách"]
curt = ["mở lại"]
tells = ["giả mạo <name>"]
asides = ["cả lớp"]
familiar = ["nhé"]
particles = ["ạ"]
advertises = ["quảng cáo"]

[asks]
account = ["đăng nhập"]
pay = ["nộp phạt"]

[reacts]
told = ["bị khóa"]
asks = ["kiểm tra"]
"""
SPELLING = Spelling(homoglyphs={}, always={}, near={}).for_words(())


def brand(*called: str) -> Brand:
    return Brand(
        id="good_bank",
        name="Good Bank",
        category="bank",
        country="vn",
        domains=("goodbank.example",),
        aliases=("goodbank",),
        sources=("https://goodbank.example/",),
        checked=datetime.date(2026, 11, 22),
        called=called,
    )


def test_what_is_written_stands_in_the_row_with_marks_or_without(tmp_path: Path) -> None:
    (tmp_path / "speaking.toml").write_text(GOOD, "utf-8")
    speaking, errors = load_speaking(tmp_path, brands=[brand("Good Bank")], spelling=SPELLING)
    assert errors == []
    assert list(speaking.names) == ["good"]
    for row in (" <name> trân trọng thông báo ", " <name> tran trong thong bao "):
        assert speaking.speaks[0].search(row)
    assert speaking.speaks[0].search(" <name> trân trong thống báo ") is None
    assert list(speaking.asks) == ["account", "pay"]


@pytest.mark.parametrize(
    ("wrong", "line", "words"),
    (
        pytest.param(
            GOOD.replace('["<name> trân', '["<name> (gửi", "<name> trân'), 5, "(a|b)", id="bracket"
        ),
        pytest.param(GOOD.replace('["đăng', '["…", "đăng'), 17, "", id="nothing to look for"),
    ),
)
def test_wrong_phrase_is_named_with_its_line_and_the_rest_loads(
    tmp_path: Path, wrong: str, line: int, words: str
) -> None:
    (tmp_path / "speaking.toml").write_text(wrong, "utf-8")
    speaking, errors = load_speaking(tmp_path, brands=[brand("Good Bank")], spelling=SPELLING)
    assert [error.at.line for error in errors] == [line]
    assert words in str(errors[0])
    assert len(speaking.speaks) == len(speaking.asks["account"]) == 1


def test_name_that_is_an_address_is_refused_where_it_stands(tmp_path: Path) -> None:
    """It would stand for every link there is."""
    (tmp_path / "speaking.toml").write_text(GOOD, "utf-8")
    (tmp_path / "brands.toml").write_text('[good_bank]\ncalled = ["goodbank.com"]\n', "utf-8")
    speaking, errors = load_speaking(
        tmp_path, brands=[brand("Good Bank", "goodbank.com")], spelling=SPELLING
    )
    assert list(speaking.names) == ["good"]
    assert [error.at.line for error in errors] == [2]
    assert "write words" in str(errors[0])


def test_without_the_file_nobody_speaks(tmp_path: Path) -> None:
    speaking, errors = load_speaking(tmp_path, brands=[brand("Good Bank")], spelling=SPELLING)
    assert speaking is NOBODY
    assert "cannot be read" in str(errors[0])


def test_ask_that_nobody_knows_is_told(tmp_path: Path) -> None:
    (tmp_path / "speaking.toml").write_text(GOOD.replace("pay =", "pays ="), "utf-8")
    _, errors = load_speaking(tmp_path, brands=[], spelling=SPELLING)
    assert len(errors) == 1
