"""Where compiled lists lie: files named by their content, and a pointer swapped in one step.

    lists/compiled/<sha256>.list    one compiled list
    lists/compiled/<sha256>.json    what went into it, and what was refused
    lists/compiled/current          names, the newest first; two previous ones are kept
    lists/compiled/part-*           a build under way, or the leftovers of one that was killed

Whoever reads takes the first that is whole. A build that dies at any moment leaves the pointer as
it was, or as it shall be.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from notalone import native_host

KEPT = 3  # the newest and two previous ones
SUFFIX, REPORT_SUFFIX = ".list", ".json"
_POINTER, _LOCK, _PART = "current", "lock", "part-"
_NAME = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = re.compile(rf"({_POINTER}|[0-9a-f]{{64}}\.json)\..+")  # of `write_private`


def compiled_folder(data: Path) -> Path:
    """Where the compiled lists of the data folder *data* lie."""
    return data / "lists" / "compiled"


class Store:
    """The compiled lists in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def newest_first(self) -> list[Path]:
        """Every list that may be there: those the pointer names, then others by their age."""
        named = [self.folder / f"{name}{SUFFIX}" for name in self._names()]
        return [*named, *(path for path in self._by_age() if path not in named)]

    def signature(self) -> tuple[int, int, int] | None:
        """What changes whenever the pointer does; None where there is none."""
        try:
            seen = (self.folder / _POINTER).stat()
        except OSError:
            return None
        return seen.st_ino, seen.st_mtime_ns, seen.st_size

    @contextlib.contextmanager
    def building(self) -> Iterator[Path | None]:
        """A fresh folder for one build to work in; None when another build is at it.

        What builds that died have left is taken away first.
        Raises: OSError when the folder cannot be written.
        """
        for folder in reversed((self.folder, *self.folder.parents)):
            folder.mkdir(mode=0o700, exist_ok=True)  # `parents=True` would let others look in
        lock = native_host.take_lock(str(self.folder / _LOCK), wait_s=0)
        if lock is None:
            yield None
            return
        try:
            self._remove_leftovers()
            with tempfile.TemporaryDirectory(
                prefix=_PART, dir=self.folder, ignore_cleanup_errors=True
            ) as part:
                yield Path(part)
        finally:
            os.close(lock)

    def publish(self, part: Path, report: bytes) -> Path:
        """Make *part*, a file of `building`, the newest list, with its *report*.

        Raises: OSError; the list that was the newest then still is.
        """
        name = digest_of(part)
        path = self.folder / f"{name}{SUFFIX}"
        native_host.write_private(str(path.with_suffix(REPORT_SUFFIX)), report)
        if not _is_whole(path):  # else it is in use, and Windows would not let it be replaced
            part.chmod(0o600)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
            _sync(self.folder)  # the list has its name before the pointer names it
        names = [name, *(old for old in self._names() if old != name)][:KEPT]
        pointer = "".join(f"{name}\n" for name in names)
        native_host.write_private(str(self.folder / _POINTER), pointer.encode("ascii"))
        self._remove_old()
        return path

    def _names(self) -> list[str]:
        """What the pointer says; nothing where it cannot be read."""
        try:
            lines = (self.folder / _POINTER).read_bytes().decode("ascii", "replace").splitlines()
        except OSError:
            return []
        return [line for line in lines if _NAME.fullmatch(line)]

    def _by_age(self) -> list[Path]:
        found = []
        for path in self.folder.glob(f"*{SUFFIX}"):
            with contextlib.suppress(OSError):  # taken away meanwhile
                found.append((path.stat().st_mtime_ns, path))
        return [path for _, path in sorted(found, reverse=True)]

    def _remove_old(self) -> None:
        kept = {path.stem for path in self.newest_first()[:KEPT]}
        for path in self.folder.iterdir():
            if path.suffix in (SUFFIX, REPORT_SUFFIX) and path.stem not in kept:
                with contextlib.suppress(OSError):  # still open elsewhere: the next time
                    path.unlink()

    def _remove_leftovers(self) -> None:
        for path in self.folder.iterdir():
            if path.name.startswith(_PART):
                shutil.rmtree(path, ignore_errors=True)
            elif _UNFINISHED.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    path.unlink()


def _is_whole(path: Path) -> bool:
    try:
        return digest_of(path) == path.stem
    except OSError:
        return False


def _sync(folder: Path) -> None:
    if os.name == "posix":  # elsewhere a folder cannot be opened
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def digest_of(path: Path) -> str:
    """The SHA-256 of *path* in hex, by which a list is named.

    Raises: OSError when it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
