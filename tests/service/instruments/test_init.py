"""The maintainers' instruments are theirs alone: a family's service never loads one."""

from __future__ import annotations

import subprocess
import sys


def test_the_service_runs_without_the_instruments() -> None:
    code = (
        "import sys; from notalone import check_command, checker, server; "
        "checker.build_checker().errors; "
        "print(*[name for name in sys.modules if name.startswith('notalone.instruments')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
