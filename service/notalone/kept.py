"""What reading files made, kept for the next start: owner-only files of plain numbers and texts.

No code could ever stand in one. Each is for exactly these rules and this program; any other, or a
damaged one, is as good as none, and the rules are read again.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TypeVar

import msgspec

from notalone import __version__, native_host

T = TypeVar("T")
MAX_BYTES = 32 * 1024 * 1024  # the largest takes two
_DIGEST_BYTES = 32
_PACKAGE = Path(__file__).parent
_CODE = (_PACKAGE, _PACKAGE / "folding", _PACKAGE / "detectors")


def read(path: Path, kind: type[T], *, version: str) -> T | None:
    """What `write` has put at *path* for the rules of this *version*; None without it.

    Raises: nothing; what cannot be used is as good as none.
    """
    try:
        content = native_host.read_private(str(path), most=MAX_BYTES) or b""
        body = content[_DIGEST_BYTES:]
        if content[:_DIGEST_BYTES] != _digest(version, body):
            return None
        return msgspec.msgpack.decode(body, type=kind)
    except (ValueError, OSError, msgspec.MsgspecError):
        return None


def write(path: Path, value: object, *, version: str) -> None:
    """Keep *value*, unless the disk does not take it: then the next start reads the rules again."""
    body = msgspec.msgpack.encode(value)
    try:
        native_host.write_private(str(path), _digest(version, body) + body)
    except OSError:
        return


def _digest(version: str, body: bytes) -> bytes:
    """Stands for the rules, the program that reads them, and the very bytes that are kept."""
    about = [__version__, version]
    for folder in _CODE:
        with os.scandir(folder) as entries:
            files = sorted((entry.name, entry.stat()) for entry in entries if entry.is_file())
            about += [f"{name} {seen.st_size} {seen.st_mtime_ns}" for name, seen in files]
    digest = hashlib.blake2b("\n".join(about).encode(), digest_size=_DIGEST_BYTES)
    digest.update(body)
    return digest.digest()
