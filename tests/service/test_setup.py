"""`.ci/setup.sh`: an old Python is named, with the version found and a way out for this system."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from harness.service_process import REPOSITORY


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A PATH with nothing on it yet."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def put_python(programs: Path, name: str, version: str, *, has_venv: bool = True) -> None:
    """A stand-in that answers what the set-up asks a Python."""
    is_new = tuple(map(int, version.split("."))) >= (3, 11)
    program = programs / name
    program.write_text(
        f"""#!/bin/sh
case "$2" in
    *print*) echo {version} ;;
    *version_info*) exit {int(not is_new)} ;;
    *ensurepip*) exit {int(not has_venv)} ;;
esac
"""
    )
    program.chmod(0o755)


def need_python(programs: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", '. .ci/setup.sh; need_python; echo "$python"'],
        cwd=REPOSITORY,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_newer_python_beside_an_old_one_is_taken(programs: Path) -> None:
    put_python(programs, "python3", "3.10")
    put_python(programs, "python3.12", "3.12")
    assert need_python(programs).stdout == "python3.12\n"


def test_old_python_is_named_with_its_version_and_a_way_out(programs: Path) -> None:
    put_python(programs, "python3", "3.10")
    done = need_python(programs)
    assert done.returncode == 1
    vietnamese, english = done.stderr.strip().split("\n\n")
    assert "Máy đang có Python 3.10" in vietnamese
    assert "This computer has Python 3.10" in english
    for text in (vietnamese, english):
        assert "3.11" in text
        assert "sudo apt install python3.11 python3.11-venv" in text


def test_computer_without_python_is_told_so(programs: Path) -> None:
    done = need_python(programs)
    assert done.returncode == 1
    assert "Máy chưa có Python" in done.stderr
    assert "sudo apt install python3 python3-venv" in done.stderr


@pytest.mark.parametrize(
    ("name", "package"),
    (
        ("python3", "python3-venv"),
        ("python3.11", "python3.11-venv"),
        ("python", "python3-venv"),
    ),
)
def test_missing_venv_names_the_package_of_this_python(
    programs: Path, name: str, package: str
) -> None:
    put_python(programs, name, "3.11", has_venv=False)
    done = need_python(programs)
    assert done.returncode == 1
    assert done.stderr.count(f"sudo apt install {package}\n") == 2
