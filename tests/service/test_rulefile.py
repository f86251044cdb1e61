"""A mistake in a rule file is told with file, line, column and the way out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest

from notalone.errors import RuleError
from notalone.rulefile import find_text, read_rule_file, read_rule_tables, rule_file


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    weight: int = 0
    status: Literal["draft", "test"] = "draft"
    texts: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("a",)


def test_every_wrong_key_can_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "rules" / "x.toml"
    path.parent.mkdir()
    path.write_text('wieght = 1\nweight = "three"\nstatus = "new"\ntexts = ["a"]\n', "utf-8")
    mistakes = rule_file(path, root=path.parent).mistakes(Shape)
    assert {key: error.at.line for key, error in mistakes.items()} == {
        "wieght": 1,
        "id": 1,
        "weight": 2,
        "status": 3,
    }


@pytest.mark.parametrize(
    ("written", "line", "column"),
    (
        pytest.param('id = "a"\nweight = = 1\n', 2, 10, id="not TOML"),
        pytest.param('id = "a"\nwieght = 1\n', 2, 1, id="a key that does not exist"),
        pytest.param('id = "a"\nweight = "three"\n', 2, 1, id="a value of the wrong kind"),
        pytest.param("weight = 1\n", 1, 1, id="a key that is missing"),
        pytest.param('id = "a', 1, 8, id="half-written"),
        pytest.param("", 1, 1, id="empty"),
    ),
)
def test_names_the_place(tmp_path: Path, written: str, line: int, column: int) -> None:
    path = tmp_path / "rules" / "x.toml"
    path.parent.mkdir()
    path.write_text(written, "utf-8")
    with pytest.raises(RuleError) as caught:
        read_rule_file(path, Shape, root=path.parent)
    assert (caught.value.at.line, caught.value.at.column) == (line, column)
    assert str(caught.value).startswith(f"rules/x.toml:{line}:{column}: ")
    assert caught.value.fix.vi


@pytest.mark.parametrize("content", (b"\xff\xfe\x00", None))
def test_what_cannot_be_read_says_so(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RuleError, match="cannot be read") as caught:
        read_rule_file(path, Shape, root=tmp_path)
    assert "không đọc được tệp; xem tệp có ở đó" in caught.value.told.vi


def test_a_text_is_found_where_it_stands() -> None:
    assert find_text('a = [\n  "một hai",\n]', "một hai") == (2, 4)


@pytest.mark.parametrize(
    ("written", "vi", "en"),
    (
        (
            "weight = 1\n",
            "x.toml:1:1: thiếu id; thêm một dòng id = …, như trong các tệp bên cạnh",
            "x.toml:1:1: id is missing; add a line id = …, as in the files beside it",
        ),
        (
            'id = "a"\nwieght = 1\n',
            "ở đây không dùng tên wieght; ý bạn là weight?",
            "wieght is not a key here; did you mean weight?",
        ),
        (
            'id = "a"\nzzz = 1\n',
            "ở đây không dùng tên zzz; dùng một trong: id, status, texts, weight",
            "zzz is not a key here; use one of id, status, texts, weight",
        ),
        (
            'id = "a"\nstatus = "ready"\n',
            "status không nhận giá trị này; dùng một trong: draft, test",
            "status has a value it cannot have; use one of draft, test",
        ),
        (
            'id = "a"\nweight = "x"\n',
            "weight: phải là một con số; xem các tệp bên cạnh viết thế nào",
            "weight: Expected `int`, got `str`; compare with the files beside it",
        ),
        (
            'id = "a"\ntexts = []\n',
            "texts: còn để trống; xem",
            "texts: Expected `array` of length >= 1; compare",
        ),
        (
            'id = "a"\ntexts = "b"\n',
            "texts: phải là danh sách trong […]; xem",
            "texts: Expected `array`, got `str`; compare",
        ),
        (
            'id = "a\nweight = 1\n',
            "viết chưa đúng: thiếu dấu nháy đóng, hoặc có ký tự lạ; xem lại dấu nháy, dấu phẩy",
            "is not valid TOML: Illegal character",
        ),
        ('id "a"\n', "viết chưa đúng: thiếu dấu = sau tên; ", "is not valid TOML: Expected '='"),
        ("id = a\n", "viết chưa đúng: sau dấu = còn thiếu, hoặc chữ chưa đặt trong", "Invalid"),
        ('id = "\\q"\n', "viết chưa đúng; xem lại dấu nháy", "is not valid TOML: Unescaped"),
    ),
)
def test_the_fix_is_one_a_maintainer_can_do(tmp_path: Path, written: str, vi: str, en: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(written, "utf-8")
    with pytest.raises(RuleError) as caught:
        read_rule_file(path, Shape, root=tmp_path)
    assert vi in caught.value.told.vi
    assert en in caught.value.told.en


def test_a_mark_of_notepad_and_letters_in_pieces_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbf" + 'id = "ma\u0303"\n'.encode())
    assert read_rule_file(path, Shape, root=tmp_path).id == "mã"


@pytest.mark.parametrize(
    ("written", "names", "said"),
    (
        pytest.param('[a]\nid = "1"\n[b]\nid = \n[c]\nid = "3"\n', ["a", "c"], ":4:6: ", id="one"),
        pytest.param(
            '[a]\nid = "1"\n[a]\nid = "2"\n', ["a"], ":3:1: [a] có hai lần; gộp", id="twice"
        ),
        pytest.param(
            'x = 1\n[a]\nid = "1"\n', ["a"], ":1:1: chưa thuộc mục [tên] nào; thêm", id="above"
        ),
        pytest.param("[a", [], ":1:1: chưa thuộc mục [tên] nào; thêm", id="half a head"),
        pytest.param("", [], "", id="nothing"),
    ),
)
def test_a_mistake_costs_only_its_own_table(
    tmp_path: Path, written: str, names: list[str], said: str
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(written, "utf-8")
    errors: list[RuleError] = []
    assert [t.name for t in read_rule_tables(path, errors, root=tmp_path)] == names
    assert [said in error.told.vi for error in errors] == ([True] if said else [])


def test_a_wrong_value_in_a_table_is_named_at_its_key(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('[a]\nid = "1"\nstatus = "ready"\n', "utf-8")
    table = next(read_rule_tables(path, [], root=tmp_path))
    with pytest.raises(RuleError, match=r":3:1: \[a\] status has a value it cannot have") as caught:
        table.read(Shape)
    assert ":3:1: [a] status không nhận giá trị này" in caught.value.told.vi
