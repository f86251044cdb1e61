"""The real service on a computer whose clock is wrong, and may be set while it runs.

`SetClock(home)` starts it; `home.folder / CLOCK` holds how many years the clock is ahead, read
anew at every look. Nothing else differs: what measures how long something takes is not the clock.
"""

from __future__ import annotations

import datetime
import os
import sys
import time
from pathlib import Path

from harness.service_process import REPOSITORY, Home, RunningService

CLOCK = "clock"
A_YEAR_S = 365.2425 * 86_400


class Misled(Home):
    """A home whose programs believe its own clock."""

    @property
    def environment(self) -> dict[str, str]:
        path = os.pathsep.join((str(REPOSITORY / "service"), str(REPOSITORY / "tests")))
        return {**super().environment, "PYTHONPATH": path, CLOCK: str(self.folder / CLOCK)}

    def set_clock(self, years: float) -> None:
        """So many years ahead of the true time, from now on."""
        part = self.folder / f"{CLOCK}.part"
        part.write_text(str(years))
        part.replace(self.folder / CLOCK)


class SetClock(RunningService):
    """Its service."""

    command = (sys.executable, "-m", "harness.other_time")


def main() -> int:
    true_time, true_gmtime = time.time, time.gmtime

    def now() -> float:
        return true_time() + float(Path(os.environ[CLOCK]).read_text()) * A_YEAR_S

    def today() -> datetime.date:
        return datetime.datetime.fromtimestamp(now(), datetime.UTC).date()

    # Before anything of ours is imported: defaults of arguments are looked up then.
    time.time = now
    time.gmtime = lambda seconds=None: true_gmtime(now() if seconds is None else seconds)
    from notalone import checker, server

    assert checker.Checker.__init__.__kwdefaults__ is not None
    checker.Checker.__init__.__kwdefaults__["today"] = today
    return server.start()


if __name__ == "__main__":
    sys.exit(main())
