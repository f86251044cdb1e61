"""All that lies in a folder, to compare what was there before with what is there afterwards."""

from __future__ import annotations

from pathlib import Path


def everything_below(folder: Path) -> dict[str, bytes]:
    """What is in each file below *folder*, by its path from there; b"folder" for a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"folder"
        for path in folder.rglob("*")
    }
