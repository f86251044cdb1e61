"""Look for a word in every file of a folder: what was kept although nothing may be."""

from __future__ import annotations

from pathlib import Path


def files_holding(word: str, *folders: Path) -> list[Path]:
    """Every file below *folders* in which *word* stands, in UTF-8 or UTF-16."""
    wanted = [word.encode(), word.encode("utf-16-le"), word.upper().encode()]
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                if any(one in content for one in wanted):
                    found.append(path)
    return found
