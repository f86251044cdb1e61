"""What an older version has stored is brought up to this one; a newer one's is left alone.

`format.json` in the data folder holds the number of the newest format that has written there. It
grows when what is stored changes in a way that the version before could not read. Without the file
the folder is new, or of 0.1.0 before there was one: format 1. Every step forward may be repeated,
so one that dies halfway is done again at the next start.

Pairings, settings, switches and snapshots have not changed since format 1. What is kept to start
faster (`kept.py`) is made anew by itself whenever the program or the rules are others.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from notalone import __version__, native_host
from notalone.errors import SetupError

FORMAT = 2
FILE = "format.json"
_FIRST = 1

Build = Callable[[Path], None]


def bring_forward(folder: Path, *, build_lists: Build | None = None) -> None:
    """Make the data *folder*, which is there, one of this version's format.

    Raises: SetupError, with nothing touched, when a newer version has written there.
    """
    stored = refuse_newer(folder)
    if stored == FORMAT:
        return
    for number in range(stored + 1, FORMAT + 1):
        if number == 2:
            _lists_with_checksums(folder, build_lists or _build_lists)
    content = {"format": FORMAT, "service": __version__}
    native_host.write_private(str(folder / FILE), json.dumps(content).encode("ascii"))


def refuse_newer(folder: Path) -> int:
    """The format of the data *folder*.

    Raises: SetupError when it is newer than ours. A damaged file is as good as none: every step
    may be repeated.
    """
    try:
        given = json.loads(native_host.read_private(str(folder / FILE)) or b"{}")
        number = given.get("format", _FIRST)
        stored = number if isinstance(number, int) else _FIRST
        version = str(given.get("service", ""))
    except (ValueError, AttributeError):
        return _FIRST
    if stored > FORMAT:
        raise SetupError(
            f"Dữ liệu trên máy là của bản mới hơn ({version}); bản {__version__} không dùng được. "
            "Hãy cài lại bản mới; chưa có gì bị thay đổi.\n"
            f"What is stored here is of a newer version ({version}); {__version__} cannot use it. "
            "Install the newer version again; nothing was changed."
        )
    return max(stored, _FIRST)


# --- 1 to 2: compiled lists end with a checksum --------------------------------------------------


def _lists_with_checksums(folder: Path, build_lists: Build) -> None:
    """Have the lists compiled again from what was pulled: no network is needed."""
    if any((folder / "lists" / "feeds").glob("*/snapshot.tsv")):
        build_lists(folder)


def _build_lists(folder: Path) -> None:
    """Beside whoever is waiting for us: until it is done, our own rules answer.

    Should it die, the next pull builds them, within a day.
    """
    environment = {**os.environ, "NOTALONE_HOME": str(folder)}
    subprocess.Popen(
        [sys.executable, "-P", "-m", "notalone", "feeds", "build"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
