"""A new cue's file: what was answered can be read back, and nothing is written over."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest

from notalone.errors import SetupError
from notalone.instruments.cue_file import NewCue, to_toml, write_cue

DAY = datetime.date(2026, 11, 22)
CUE = NewCue(
    folder="any",
    name="keep_quiet",
    signal="SECRECY",
    lang="vi",
    phrases=("chuyện này … giữ kín",),
    match=('Chuyện này "em" giữ kín', "chuyen nay giu kin \\ nha"),
    no_match=("Đóng cửa kín gió",),
    references=("https://example.test/report",),
)


def test_every_answer_can_be_read_back() -> None:
    table = tomllib.loads(to_toml(CUE, added=DAY))
    assert table == {
        "id": "any.keep_quiet",
        "signal": "SECRECY",
        "status": "draft",
        "lang": "vi",
        "phrases": ["chuyện này … giữ kín"],
        "match": ['Chuyện này "em" giữ kín', "chuyen nay giu kin \\ nha"],
        "no_match": ["Đóng cửa kín gió"],
        "references": ["https://example.test/report"],
        "added": DAY,
    }


@pytest.mark.parametrize("text", ('"', "\\", "a\tb", "😀 \u200b", "'''", "\u2028", "#", "]"))
def test_no_text_breaks_the_file(text: str) -> None:
    cue = NewCue("any", "x", "SECRECY", "vi", (text,), (text, text), (text,), (text,), (text,))
    table = tomllib.loads(to_toml(cue, added=DAY))
    assert (table["phrases"], table["unless"], table["match"]) == ([text], [text], [text, text])


def test_a_cue_is_written_below_its_lure(tmp_path: Path) -> None:
    (tmp_path / "lures" / "any").mkdir(parents=True)
    path = write_cue(CUE, root=tmp_path, added=DAY)
    assert path == tmp_path / "lures" / "any" / "keep_quiet.toml"
    assert "giữ kín" in path.read_text("utf-8")


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "lures" / "any" / "keep_quiet.toml"
    path.parent.mkdir(parents=True)
    path.write_text("mine", "utf-8")
    with pytest.raises(SetupError, match="is there already"):
        write_cue(CUE, root=tmp_path, added=DAY)
    assert path.read_text("utf-8") == "mine"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be written"):
        write_cue(CUE, root=tmp_path, added=DAY)
