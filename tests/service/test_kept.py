"""What is kept for the next start comes back as it was, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

import pytest

from notalone import kept


class Table(NamedTuple):
    words: dict[str, int]


class Other(NamedTuple):
    words: int


TABLE = Table({"đừng": 1, "kể": 2})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A kept file."""
    kept.write(tmp_path / "a.kept", TABLE, version="1")
    return tmp_path / "a.kept"


def test_what_is_kept_comes_back_for_the_same_version_alone(path: Path) -> None:
    assert kept.read(path, Table, version="1") == TABLE
    assert kept.read(path, Table, version="2") is None
    assert kept.read(path, Other, version="1") is None


def test_nobody_else_may_read_it_and_nothing_lies_beside_it(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept.write(path, Table({}), version="2")
    assert kept.read(path, Table, version="2") == Table({})
    assert list(path.parent.iterdir()) == [path]


def test_another_program_reads_the_rules_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "__version__", "0.0.0")
    assert kept.read(path, Table, version="1") is None


def test_changed_code_reads_the_rules_anew(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "phrases.py").write_text("GAP_WORDS = 4\n")
    monkeypatch.setattr(kept, "_CODE", (code,))
    kept.write(path, TABLE, version="1")
    assert kept.read(path, Table, version="1") == TABLE
    (code / "phrases.py").write_text("GAP_WORDS = 10\n")
    assert kept.read(path, Table, version="1") is None


@pytest.mark.parametrize("at", range(0, 48, 3))
def test_one_flipped_bit_is_as_good_as_no_file(at: int, path: Path) -> None:
    content = bytearray(path.read_bytes())
    assert len(content) > 48
    content[at] ^= 1
    path.write_bytes(content)
    assert kept.read(path, Table, version="1") is None


@pytest.mark.parametrize("damage", ("cut off", "empty", "missing", "a folder", "a link", "a pipe"))
def test_what_is_no_whole_file_is_as_good_as_none(damage: str, path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    elif damage == "a pipe":
        os.mkfifo(path, 0o600)
    elif damage == "a link":
        path.with_name("elsewhere").write_bytes(content)
        path.symlink_to(path.with_name("elsewhere"))
    elif damage != "missing":
        path.write_bytes(content[:-1] if damage == "cut off" else b"")
    assert kept.read(path, Table, version="1") is None


def test_what_is_far_too_long_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_BYTES", path.stat().st_size - 1)
    assert kept.read(path, Table, version="1") is None


def test_a_folder_that_is_not_there_takes_nothing_down(tmp_path: Path) -> None:
    kept.write(tmp_path / "missing" / "a.kept", TABLE, version="1")
    assert list(tmp_path.iterdir()) == []
