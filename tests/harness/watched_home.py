"""A home whose Python reports what it does, from its first line on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from harness.service_process import Home

# Runs inside the service before anything else and cannot be removed again by any library.
WATCHER = """
import json, sys
seen = open({path!r}, "a", buffering=1)
def watch(event, arguments):
    if event.startswith({events!r}):
        said = [repr(one) for one in arguments]
        seen.write(json.dumps([event, said]) + chr(10))
sys.addaudithook(watch)
"""


@dataclass
class WatchedHome(Home):
    """Reports every audit event whose name begins with one of *events*, with its arguments."""

    events: tuple[str, ...] = ()

    @property
    def report(self) -> Path:
        return self.folder / "events.ndjson"

    @property
    def environment(self) -> dict[str, str]:
        watcher = self.folder / "watcher"
        watcher.mkdir(exist_ok=True)
        code = WATCHER.format(path=str(self.report), events=self.events)
        (watcher / "sitecustomize.py").write_text(code)
        plain = super().environment
        return {**plain, "PYTHONPATH": f"{watcher}:{plain['PYTHONPATH']}"}

    def touched(self) -> list[tuple[str, list[str]]]:
        """Every event so far, with its arguments as they print."""
        return [
            (event, said) for event, said in map(json.loads, self.report.read_text().splitlines())
        ]
