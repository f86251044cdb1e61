"""A process with a child's words in it leaves no core file, and nobody may look into it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

DYING = """
import ctypes, os, resource, sys
from notalone.core_dumps import forbid_core_dumps
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
if sys.argv[1] == "forbidden":
    forbid_core_dumps()
print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3), flush=True)
os.abort()
"""


def dying(folder: Path, how: str) -> tuple[str, list[Path]]:
    """Its core limit and whether it is dumpable, of a process that aborts; what it left behind."""
    done = subprocess.run(
        [sys.executable, "-c", DYING, how],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGABRT, done.stderr
    return done.stdout.strip(), list(folder.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="looks at Linux's own switches")
def test_process_that_crashes_leaves_nothing_and_may_not_be_looked_into(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    forbidden = tmp_path / "forbidden"
    usual.mkdir()
    forbidden.mkdir()
    assert dying(forbidden, "forbidden") == ("0 0", [])
    said, left = dying(usual, "usual")
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    writes_here = not pattern.startswith(("|", "/"))
    if resource.getrlimit(resource.RLIMIT_CORE)[1] and writes_here:
        assert left, "without it there is a core file: this test would see one"
    assert said.endswith(" 1")


CHECKING = """
import resource
from notalone import check_command, cli
check_command.check_one = lambda _: print(resource.getrlimit(resource.RLIMIT_CORE)) or 0
cli.main(["check", "Chào bạn"])
"""


def test_words_on_the_command_line_are_kept_from_a_core_file_too() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHECKING],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "(0, 0)\n"
