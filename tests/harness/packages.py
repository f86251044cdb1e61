"""The packages for the stores and the wheel, made as `make release` makes them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from harness.service_process import REPOSITORY


def packed(folder: Path, *, extension: Path = REPOSITORY / "extension") -> dict[str, Path]:
    """Pack *extension* into *folder*; "chromium" and "firefox" with their files.

    Raises: subprocess.CalledProcessError with what it said.
    """
    subprocess.run(
        [
            *(sys.executable, REPOSITORY / ".ci" / "pack.py"),
            *("--extension", extension, "--dist", folder),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return {path.stem.rpartition("-")[2]: path for path in folder.glob("*.zip")}


def built_wheel(folder: Path, *, source: Path = REPOSITORY) -> Path:
    """Build the wheel of the checkout *source* into *folder*, as `make release` does; its path.

    Raises: subprocess.CalledProcessError with what it said.
    """
    subprocess.run(
        [
            *(sys.executable, REPOSITORY / ".ci" / "wheel_file.py"),
            *("--source", source, "--dist", folder),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def copied_sources(folder: Path) -> Path:
    """A copy of all that the wheel is built from, to be changed; its folder."""
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, folder)
    for name in ("service/notalone", "rules", "extension"):
        shutil.copytree(
            REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    return folder
