"""A rule file by what a maintainer calls it: the id of its cue, or a path."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from notalone.errors import SetupError
from notalone.glossary import LURE_FILE
from notalone.rulefile import shown_path


def named_file(name: str, *, root: Path) -> Path:
    """The file that is meant by *name*, as errors show it: below the rule folder.

    `any.urgent`, `any/urgent.toml`, `rules/lures/any/urgent.toml` and a path from here are one.
    Raises: SetupError when there is none.
    """
    folder, _, stem = name.partition(".")
    lures = root / "lures"
    for path in (Path(name), root.parent / name, lures / name, lures / folder / f"{stem}.toml"):
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            return shown_path(root / path.resolve().relative_to(root.resolve()), root=root)
    cues = [path for path in lures.glob("*/*.toml") if path.name != LURE_FILE]
    near = get_close_matches(name, [f"{path.parent.name}.{path.stem}" for path in cues], n=1)
    hint = (
        f"ý bạn là / did you mean {near[0]}?" if near else "như / like any.urgent, any/urgent.toml"
    )
    raise SetupError(
        f"{name}: không phải id hay tệp nào trong / is no id and no file in {root}; {hint}"
    )
