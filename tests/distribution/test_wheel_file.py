"""The wheel for pipx: everything that a home needs. `test_release.py` looks at its bytes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from harness.packages import built_wheel
from harness.service_process import REPOSITORY


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_wheel(tmp_path_factory.mktemp("dist"))


def content(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_every_rule_and_the_whole_extension_are_in_it(wheel: Path) -> None:
    inside = content(wheel)
    for folder, left_out in (("rules", set[str]()), ("extension", {".ts"})):
        ours = {
            f"notalone/{path.relative_to(REPOSITORY).as_posix()}": path.read_bytes()
            for path in (REPOSITORY / folder).rglob("*")
            if path.is_file() and path.suffix not in left_out
        }
        shipped = {
            name: data for name, data in inside.items() if name.startswith(f"notalone/{folder}/")
        }
        assert shipped == ours


def test_every_module_is_in_it_and_no_litter(wheel: Path) -> None:
    inside = set(content(wheel))
    modules = {
        path.relative_to(REPOSITORY / "service").as_posix()
        for path in (REPOSITORY / "service" / "notalone").rglob("*.py")
    }
    assert {name for name in inside if name.endswith(".py")} == modules
    assert not [name for name in inside if "__pycache__" in name or "/." in f"/{name}"]
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in inside)
