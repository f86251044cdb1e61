"""Builds that are killed at moments spread over all their work; run as `-m harness.killing_builds`.

Prints what a reader found after each kill: "old", "new" or "none".
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from harness.compiled_lists import compile_rows
from notalone.compiled import open_compiled
from notalone.feeds.store import compiled_folder

ROWS = 2000
LONGEST = 1.5  # of an undisturbed build, so that some get through


def main() -> None:
    data, moments = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(moments)
    contents = [[f"host bad{side}{row}.example" for row in range(ROWS)] for side in range(2)]
    versions = []
    for rows in contents:
        compile_rows(data, rows)
        versions.append(current(data))
    began = time.monotonic()
    compile_rows(data, contents[0])
    usual_s = time.monotonic() - began
    for moment in range(moments):
        old, new = versions if current(data) == versions[0] else versions[::-1]
        child = os.fork()
        if child == 0:
            try:
                compile_rows(data, contents[versions.index(new)])
            finally:
                os._exit(0)
        # Spread evenly, so that both the build and the short swap at its end are met.
        time.sleep(usual_s * LONGEST * (moment + chance.random()) / moments)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print({old: "old", new: "new"}.get(current(data), "none"), flush=True)


def current(data: Path) -> str:
    found = open_compiled(compiled_folder(data))
    return "" if found is None else found.version


if __name__ == "__main__":
    main()
