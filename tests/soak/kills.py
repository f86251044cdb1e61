"""kill -9 in settings writes and in swaps of lists: nothing corrupt, nothing acknowledged lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from harness.service_process import REPOSITORY
from soak.figures import Figure, none_of

PATH = os.pathsep.join((str(REPOSITORY / "service"), str(REPOSITORY / "tests")))


def killing(module: str, data: Path, moments: int) -> list[str]:
    """What `-m harness.MODULE DATA MOMENTS` said; a process of its own, since it forks."""
    done = subprocess.run(
        [sys.executable, "-m", f"harness.{module}", str(data), str(moments)],
        env={**os.environ, "PYTHONPATH": PATH},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def figures(folder: Path, *, moments: int) -> list[Figure]:
    corrupt, lost = map(int, killing("killing_pairings", folder / "settings", moments))
    found = killing("killing_builds", folder / "swaps", moments)
    times = f"{moments:,} × kill −9 in"
    neither = found.count("none")
    return [
        none_of(f"{times} settings writes: corrupt", corrupt),
        none_of(f"{times} settings writes: acknowledged, but lost", lost),
        none_of(f"{times} list builds and swaps: neither the old list nor the new", neither),
    ]
