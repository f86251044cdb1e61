"""Make everything of a release in `dist/`, with SHA256SUMS for a person to sign.

The wheel, the packages for the stores, the bill of materials, the notes (what changed, and how well
it detects), and Setup.exe where it can be built.
The same commit gives the same bytes. Refused: a tree that differs from its commit, and versions
that do not agree.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pack
import sbom
import wheel_file

ROOT = pack.ROOT
SUMS = "SHA256SUMS"
HEADING = re.compile(
    r"^## (?P<version>\d+\.\d+\.\d+) \((?P<date>\d{4}-\d{2}-\d{2})\)$", re.MULTILINE
)
ON_DAY = re.compile(r"\A(notalone score), \d{4}-\d{2}-\d{2}")
VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


class NotReadyError(Exception):
    """What has to be mended before there can be a release."""


def version_and_date(root: Path) -> tuple[str, str]:
    """The version that all parts agree on, and its date in CHANGELOG.md.

    Raises: NotReadyError, naming who says what.
    """
    text = (root / "service" / "notalone" / "__init__.py").read_text(encoding="utf-8")
    service = (VERSION.search(text) or ["", "none"])[1]
    extension = json.loads((root / "extension" / "manifest.json").read_text())["version"]
    heading = HEADING.search((root / "CHANGELOG.md").read_text(encoding="utf-8"))
    changes = heading["version"] if heading else "none"
    if heading is None or not service == extension == changes:
        raise NotReadyError(
            "The versions do not agree:\n"
            f"  service/notalone/__init__.py   {service}\n"
            f"  extension/manifest.json        {extension}\n"
            f"  CHANGELOG.md, first heading    {changes}"
        )
    return service, heading["date"]


def refuse_changes(root: Path) -> None:
    """Raises: NotReadyError when what lies here is not what the commit holds, or git is missing."""
    if shutil.which("git") is None:
        raise NotReadyError(
            "git is missing, so nobody can tell whether this is what was committed: install it"
            " (sudo apt install git), or build what lies here with --uncommitted."
        )
    asked = ["git", "status", "--porcelain", "--untracked-files=all", "--", *wheel_file.SOURCES]
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        asked, cwd=root, capture_output=True, text=True, check=False
    )
    if done.returncode or done.stdout:
        raise NotReadyError(
            "What lies here is not what is committed (--uncommitted builds it all the same):\n"
            f"{done.stdout or done.stderr}"
        )


HOW_WELL = """## How well it detects

On `tests/corpus`; the rules were drawn with all its sets in view but set 5."""


def notes(changes: str, score: str) -> str:
    """What people read beside the files: the newest part of *changes*, and the printed *score*.

    >>> changes = "# Changelog\\n\\n## 0.2.0 (2026-12-01)\\n\\n- New.\\n\\n## 0.1.0 (2026-11-23)\\n"
    >>> print(notes(changes, "notalone score, 2026-12-01, rules abc; shares\\n"), end="")
    ## 0.2.0 (2026-12-01)
    <BLANKLINE>
    - New.
    <BLANKLINE>
    ## How well it detects
    <BLANKLINE>
    On `tests/corpus`; the rules were drawn with all its sets in view but set 5.
    <BLANKLINE>
    ```
    notalone score, rules abc; shares
    ```
    """
    newest = "## " + changes.split("\n## ")[1].strip()
    measured = ON_DAY.sub(r"\1", score.strip())  # the same notes whenever they are made
    return f"{newest}\n\n{HOW_WELL}\n\n```\n{measured}\n```\n"


def make(root: Path, dist: Path, *, score: str, more: list[Path]) -> list[Path]:
    """Write the release into *dist*; its files. *more* were made before, and are only counted."""
    version, date = version_and_date(root)
    dist.mkdir(parents=True, exist_ok=True)
    lock = root / "requirements" / "run.txt"
    told = dist / f"notes-{version}.md"
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    told.write_text(notes(changes, score), encoding="utf-8", newline="\n")
    made = [
        told,
        wheel_file.build_wheel(root, dist),
        *pack.pack(root / "extension", dist),
        sbom.write(dist / f"notalone-{version}.cdx.json", lock, version=version, date=date),
        *more,
    ]
    lines = [f"{_digest(path)}  {path.name}\n" for path in sorted(made)]
    (dist / SUMS).write_text("".join(lines), encoding="ascii")
    return [*made, dist / SUMS]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    """Make a release, and say what it is; 1 when something has to be mended first."""
    parser = argparse.ArgumentParser(description="Make everything of a release.")
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", metavar="DIR")
    parser.add_argument("--uncommitted", action="store_true", help="of what lies here")
    parser.add_argument("--setup", type=Path, metavar="FILE", help="Setup.exe, made before")
    parser.add_argument(
        "--score", type=Path, required=True, metavar="FILE", help="what `notalone score` printed"
    )
    options = parser.parse_args()
    try:
        if not options.uncommitted:
            refuse_changes(options.root)
        score = options.score.read_text(encoding="utf-8")
        more = [options.setup] if options.setup else []
        made = make(options.root, options.dist, score=score, more=more)
    except (NotReadyError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for path in made:
        print(f"{path.stat().st_size / 1024:8.0f} KB  {path.name}")
    print(f"\nSign {options.dist / SUMS}: it vouches for all of them.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
