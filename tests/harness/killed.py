"""Work that is killed at a chosen moment: after some seconds, or before an operation on a file."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

ON_FILES = ("open", "os.", "shutil.", "tempfile.", "fcntl.")


def undisturbed(work: Callable[[], object], counted: Path) -> tuple[int, float]:
    """How many operations on files *work* does, and how many seconds it takes.

    *counted*: a file to note them in.
    """

    def count() -> None:
        seen: list[str] = []
        sys.addaudithook(lambda event, _: seen.append(event))
        work()
        number = sum(event.startswith(ON_FILES) for event in seen)
        counted.write_text(str(number), encoding="ascii")

    began = time.monotonic()
    killed(count)
    return int(counted.read_text(encoding="ascii")), time.monotonic() - began


def dying_at(operation: int, work: Callable[[], object]) -> None:
    """Do *work*, and be gone before that operation on a file is done."""
    left = operation

    def count(event: str, _: tuple[object, ...]) -> None:
        nonlocal left
        if event.startswith(ON_FILES):
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.addaudithook(count)
    work()


def killed(work: Callable[[], object], after_s: float | None = None) -> None:
    """Do *work* in a process of its own, which is killed *after_s* seconds if it still runs."""
    over, running = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    os.close(running)
    select.select([over], [], [], after_s)  # until the child is gone, who holds the other end
    os.close(over)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
