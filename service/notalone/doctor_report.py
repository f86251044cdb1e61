"""The file that `notalone doctor --report` writes, to be sent to somebody who helps.

What stands in it is what the doctor says on the terminal. Taken out: whose computer it is (account,
home folder, name of the machine), and anything that looks like a secret. Messages, links and people
were never in it: the doctor knows of none.
"""

from __future__ import annotations

import getpass
import platform
import re
import socket
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from notalone import __version__
from notalone.config import PROTOCOL

_SECRET = re.compile(r"[0-9a-fA-F]{16,}")
_LEAST_NAME = 3  # a shorter one would stand in many a word
_ALWAYS = {"root", "user", "localhost"}  # say nothing about anybody


def text(said: Iterable[str], *, now: datetime | None = None) -> str:
    """The whole file: versions first, then the lines that the doctor *said*."""
    head = [
        "Không Một Mình: notalone doctor --report",
        f"{(now or datetime.now(UTC)):%Y-%m-%d %H:%M} UTC",
        f"notalone {__version__}, protocol {PROTOCOL}, Python {platform.python_version()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        "",
    ]
    return without_private("\n".join([*head, *said, ""]))


def without_private(lines: str, *, home: Path | None = None, names: list[str] | None = None) -> str:
    """*lines* without the home folder, the *names* of account and computer, and secrets.

    >>> without_private("/home/an.nguyen/x: 0123456789abcdef", home=Path("/home/an.nguyen"))
    '~/x: …'
    """
    folder = str(home or Path.home())
    for form in {folder, folder.replace("\\", "\\\\"), folder.replace("\\", "/")} - {"/"}:
        lines = re.sub(re.escape(form), "~", lines, flags=re.IGNORECASE)
    for name in _names() if names is None else names:
        if len(name) >= _LEAST_NAME and name.lower() not in _ALWAYS:
            lines = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", lines, flags=re.IGNORECASE)
    return _SECRET.sub("…", lines)


def _names() -> list[str]:
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        account = ""
    host = socket.gethostname()
    return [account, Path.home().name, host, host.partition(".")[0]]
