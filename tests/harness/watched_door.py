"""The stub service, but that every request's head is kept as it came, with what the guard said.

For what real browsers send: `running_stub(home, watched(file), command=WATCHED_COMMAND)`, and
afterwards `arrived(file)`. Nothing of a real service writes such a thing.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from harness.stub_service import StubChecker
from notalone import door, server

WATCHES = "NOTALONE_STUB_WATCHES"
WATCHED_COMMAND = [sys.executable, "-m", "harness.watched_door"]


@dataclass(frozen=True, slots=True)
class Arrived:
    """One request as it came through the door, before a byte of its body was read."""

    method: str
    path: str
    query: str
    headers: dict[str, str]  # names in upper case, with _ for -
    refused: int | None  # with which status; None: it went on

    @property
    def origin(self) -> str | None:
        return self.headers.get("ORIGIN")

    @property
    def host(self) -> str | None:
        return self.headers.get("HOST")

    @property
    def site(self) -> str | None:
        """What the browser calls the way between who asks and who is asked."""
        return self.headers.get("SEC_FETCH_SITE")


def arrived(kept: Path) -> list[Arrived]:
    """Every request so far, in order."""
    if not kept.exists():
        return []
    whole, _, _ = kept.read_text("utf-8").rpartition("\n")  # the last may still be on its way
    return [Arrived(**json.loads(line)) for line in whole.splitlines()]


class WatchedParser(door._Parser):
    """Keeps each head."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        one = {
            "method": self.command,
            "path": self.path,
            "query": self.query,
            "headers": self.headers,
            "refused": self._refused,
        }
        with Path(os.environ[WATCHES]).open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(one) + "\n")


if __name__ == "__main__":
    door._Parser = WatchedParser  # type: ignore[misc]
    sys.exit(server.start(build=StubChecker))
