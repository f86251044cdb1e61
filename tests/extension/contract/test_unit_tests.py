"""Every script of the extension has a unit test where its name says, and no test is left over."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.service_process import REPOSITORY

EXTENSION = REPOSITORY / "extension"
UNIT = REPOSITORY / "tests" / "extension" / "unit"
SCRIPTS = sorted(EXTENSION.rglob("*.js"))
TESTS = sorted(UNIT.rglob("*.test.mjs"))


def name(path: Path) -> str:
    """How a failing test names the file."""
    return path.relative_to(REPOSITORY).as_posix()


def test_there_are_scripts() -> None:
    assert {script.relative_to(EXTENSION).parts[0] for script in SCRIPTS} == {
        "background",
        "content",
        "pages",
    }


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_script_has_a_unit_test_of_its_own_name(script: Path) -> None:
    own = (UNIT / script.relative_to(EXTENSION)).with_suffix(".test.mjs")
    assert own.is_file(), f"write {name(own)}"
    assert "test(" in own.read_text(encoding="utf-8"), f"{name(own)} tests nothing"


@pytest.mark.parametrize("unit", TESTS, ids=name)
def test_unit_test_belongs_to_a_script(unit: Path) -> None:
    script = EXTENSION / unit.relative_to(UNIT).with_name(unit.name.removesuffix(".test.mjs"))
    assert script.with_suffix(".js").is_file(), f"no script {name(script)}.js"
