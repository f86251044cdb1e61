"""Read what Chromium wrote with --log-net-log: every address that was asked for, and by whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

NOBODY = "not an origin"  # how Chromium writes that no page is behind a request


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `initiator` is the origin behind it, or "" when the browser itself asked."""

    url: str
    initiator: str


def read_netlog(path: Path) -> dict[str, object]:
    """The log as Chromium left it; a browser that was killed leaves it without an end."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        log = json.loads(text)
    except json.JSONDecodeError:
        log = json.loads(text.rstrip().rstrip(",") + "]}")
    assert isinstance(log, dict)
    return log


def requests_in(path: Path) -> list[Asked]:
    """Every request of the log, in order."""
    log = read_netlog(path)
    constants, events = log["constants"], log["events"]
    assert isinstance(constants, dict)
    assert isinstance(events, list)
    started = constants["logEventTypes"]["URL_REQUEST_START_JOB"]
    return [
        Asked(url=params["url"], initiator=params.get("initiator", NOBODY).replace(NOBODY, ""))
        for event in events
        if event["type"] == started and "url" in (params := event.get("params", {}))
    ]
