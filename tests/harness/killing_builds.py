"""Builds that are killed at moments spread over all their work; run as `-m harness.killing_builds`.

Every other moment is a point in time. The others are operations on files, each of which a build may
not live to see, so that the short swap at its end is met as surely as the long work before it.
Prints what a reader found after each kill: "old", "new" or "none".
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from harness.compiled_lists import compile_rows
from harness.killed import dying_at, killed, undisturbed
from notalone.compiled import open_compiled
from notalone.feeds.store import compiled_folder

ROWS = 2000


def main() -> None:
    data, moments = Path(sys.argv[1]), int(sys.argv[2])
    contents = [[f"host bad{side}{row}.example" for row in range(ROWS)] for side in range(2)]
    versions = []
    for rows in contents:
        compile_rows(data, rows)
        versions.append(current(data))
    operations, usual_s = undisturbed(partial(compile_rows, data, contents[0]), data / "operations")
    for moment in range(moments):
        old, new = versions if current(data) == versions[0] else versions[::-1]
        rows = contents[versions.index(new)]
        share = moment / (moments - 1)  # the last one of all gets through
        if moment % 2:
            killed(partial(compile_rows, data, rows), share * usual_s if share < 1 else None)
        else:
            killed(partial(dying_at, round(share * operations), partial(compile_rows, data, rows)))
        print({old: "old", new: "new"}.get(current(data), "none"), flush=True)


def current(data: Path) -> str:
    found = open_compiled(compiled_folder(data))
    return "" if found is None else found.version


if __name__ == "__main__":
    main()
