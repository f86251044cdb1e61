"""The wheel for pipx: everything that a home needs, the same bytes wherever it is built."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from harness.packages import built_wheel, copied_sources
from harness.service_process import REPOSITORY


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_wheel(tmp_path_factory.mktemp("dist"))


def content(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_building_again_elsewhere_gives_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    copy = copied_sources(tmp_path / "another place")
    for path in copy.rglob("*"):  # another computer: other dates, other rights
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o700)
    again = built_wheel(tmp_path / "dist", source=copy, umask=0o077)
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


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
