"""docs/security.md: every test it names exists, and every numbered test stands in it."""

from __future__ import annotations

import re

import pytest

from harness.service_process import REPOSITORY

TESTS = REPOSITORY / "tests"
TEXT = (REPOSITORY / "docs" / "security.md").read_text("utf-8")
FILE = re.compile(r"`([\w/.]+\.(?:py|mjs))(?:::(\w+))?`|`::(\w+)`")
NUMBER = re.compile(r"\bD(\d\d)(?:–D(\d\d))?")


def named() -> list[tuple[str, str]]:
    """Every test that is named: its file, and its name or "" for all of the file."""
    found = []
    file = ""
    for path, name, more in FILE.findall(TEXT):
        file = path or file
        if "/" in file:
            found.append((file, name or more))
    return found


@pytest.mark.parametrize(("file", "name"), sorted(set(named())))
def test_named_test_exists(file: str, name: str) -> None:
    path = TESTS / file
    assert path.is_file(), f"docs/security.md names {file}"
    if name:
        assert f"def {name}(" in path.read_text("utf-8")


@pytest.mark.parametrize("threat", [f"T{number}" for number in range(1, 15)])
def test_every_threat_names_a_test(threat: str) -> None:
    (row,) = re.findall(rf"^\| {threat} \|.*$", TEXT, re.MULTILINE)
    assert FILE.search(row), threat


def test_every_number_stands_in_the_document() -> None:
    said: set[int] = set()
    for first, last in NUMBER.findall(TEXT):
        said |= set(range(int(first), int(last or first) + 1))
    wanted = set(range(1, 41)) | set(range(53, 68))
    assert wanted <= said
    for path in (TESTS / "security").glob("test_*.py"):
        numbers = {int(number) for number in re.findall(r"def test_d(\d\d)_", path.read_text())}
        assert numbers <= said, path.name


def test_last_table_of_soak_stands_there_with_its_date() -> None:
    _, _, soak = TEXT.partition("## `make soak`")
    assert re.search(r"\d{4}-\d\d-\d\d", soak)
    assert soak.count("\n| ") > 10
