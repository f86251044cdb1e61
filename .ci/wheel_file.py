"""Build the wheel for `pipx install`: service, rules and the extension's folder in one file.

The same sources give the same bytes on every computer: built from a clean copy, then written anew
as `pack.py` writes (names in order, one date, one mode, nothing compressed). Needs setuptools,
which `requirements/` pins.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from pack import ROOT, write_package

SOURCES = ("pyproject.toml", "README.md", "LICENSE", "service/notalone", "rules", "extension")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


def build_wheel(source: Path, dist: Path) -> Path:
    """Build the wheel of the checkout *source* into *dist*; its path.

    Raises: subprocess.CalledProcessError with what the build tool said.
    """
    dist.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        copy, out = Path(folder) / "source", Path(folder) / "out"
        for name in SOURCES:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            if (source / name).is_dir():
                shutil.copytree(source / name, copy / name, ignore=LEFT_OUT)
            else:
                shutil.copyfile(source / name, copy / name)
        out.mkdir()
        subprocess.run(  # noqa: S603 - our own words, no shell
            [sys.executable, "-c", BUILD, out], cwd=copy, check=True, capture_output=True, text=True
        )
        (built,) = out.glob("*.whl")
        with zipfile.ZipFile(built) as wheel:
            files = {name: wheel.read(name) for name in wheel.namelist() if not name.endswith("/")}
        target = dist / built.name
        write_package(target, files)
    return target


def main() -> int:
    """Build, and print what was made with its SHA-256."""
    parser = argparse.ArgumentParser(description="Build the wheel.")
    parser.add_argument("--source", type=Path, default=ROOT, metavar="DIR")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", metavar="DIR")
    options = parser.parse_args()
    try:
        path = build_wheel(options.source, options.dist)
    except subprocess.CalledProcessError as error:
        print(error.stderr, file=sys.stderr)
        return 1
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    print(f"{digest}  {path.name}  {path.stat().st_size / 1024:.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
