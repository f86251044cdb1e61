"""The packages for the stores, made as `make pack` makes them."""

from __future__ import annotations

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
