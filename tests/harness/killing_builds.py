"""Builds that are killed at moments spread over all their work; run as `-m harness.killing_builds`.

Every other moment is a point in time. The others are operations on files, each of which a build may
not live to see, so that the short swap at its end is met as surely as the long work before it.
Prints what a reader found after each kill: "old", "new" or "none".
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from harness.compiled_lists import compile_rows
from notalone.compiled import open_compiled
from notalone.feeds.store import compiled_folder

ROWS = 2000
ON_FILES = ("open", "os.", "shutil.", "tempfile.", "fcntl.")


def main() -> None:
    data, moments = Path(sys.argv[1]), int(sys.argv[2])
    contents = [[f"host bad{side}{row}.example" for row in range(ROWS)] for side in range(2)]
    versions = []
    for rows in contents:
        compile_rows(data, rows)
        versions.append(current(data))
    operations, usual_s = undisturbed(data, contents[0])
    for moment in range(moments):
        old, new = versions if current(data) == versions[0] else versions[::-1]
        rows = contents[versions.index(new)]
        share = moment / (moments - 1)  # the last one of all gets through
        if moment % 2:
            killed(partial(compile_rows, data, rows), share * usual_s if share < 1 else None)
        else:
            killed(partial(dying_at, round(share * operations), data, rows))
        print({old: "old", new: "new"}.get(current(data), "none"), flush=True)


def undisturbed(data: Path, rows: list[str]) -> tuple[int, float]:
    """How many operations on files a build does, and how many seconds it takes."""
    counted = data / "operations"

    def count() -> None:
        seen: list[str] = []
        sys.addaudithook(lambda event, _: seen.append(event))
        compile_rows(data, rows)
        number = sum(event.startswith(ON_FILES) for event in seen)
        counted.write_text(str(number), encoding="ascii")

    began = time.monotonic()
    killed(count)
    return int(counted.read_text(encoding="ascii")), time.monotonic() - began


def dying_at(operation: int, data: Path, rows: list[str]) -> None:
    """Build, and be gone before that operation on a file is done."""
    left = operation

    def count(event: str, _: tuple[object, ...]) -> None:
        nonlocal left
        if event.startswith(ON_FILES):
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.addaudithook(count)
    compile_rows(data, rows)


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


def current(data: Path) -> str:
    found = open_compiled(compiled_folder(data))
    return "" if found is None else found.version


if __name__ == "__main__":
    main()
