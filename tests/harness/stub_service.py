"""The real service around a checker that knows three words, as a process of its own.

For what is tested about the rim: the rules and the engine play no part in it. "crash" fails as a
bug would, with the child's words in the error; "wait" answers late, as while the engine loads.
Where NOTALONE_STUB_HEARS names a file, every question is kept there: for what must not be asked.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from harness.service_process import REPOSITORY, Home
from harness.waiting import wait_for
from notalone import native_host, server
from notalone.model import CheckReply, CheckRequest, ConversationVerdict, RulesState, Verdict

HEARS = "NOTALONE_STUB_HEARS"
WAIT_S = 2.0  # long beside an answer, even on a busy machine


class StubChecker:
    """Echoes ids; says danger for the word "lure"."""

    rules_state = RulesState(version="stub", built="2026-11-22", age_days=0, state="fresh")

    def check(self, request: CheckRequest) -> CheckReply:
        if HEARS in os.environ:
            with Path(os.environ[HEARS]).open("ab") as heard:
                heard.write(msgspec.json.encode(request) + b"\n")
        texts = [message.text for message in request.messages]
        if "crash" in "".join(texts):
            raise ZeroDivisionError(f"a bug that quotes {texts}")
        if "wait" in "".join(texts):
            time.sleep(WAIT_S)
        return CheckReply(
            rules=self.rules_state,
            links=tuple(Verdict(id=link.id) for link in request.links),
            messages=tuple(
                Verdict(id=message.id, level="danger" if "lure" in message.text else "caution")
                for message in request.messages
            ),
            conversation=ConversationVerdict(id="conversation"),
        )


STUB_COMMAND = (sys.executable, "-m", "harness.stub_service")


def stub_environment(home: Home) -> dict[str, str]:
    """What the stub's process sees: as the real one, and the tests' folder."""
    return {**home.environment, "PYTHONPATH": f"{REPOSITORY / 'service'}:{REPOSITORY / 'tests'}"}


@contextlib.contextmanager
def running_stub(
    home: Home,
    more: Mapping[str, str] | None = None,
    *,
    command: Sequence[str] = STUB_COMMAND,
) -> Iterator[int]:
    """The port of a stub service of *home*, ended on leaving; its words go to `service.log`.

    *more* goes into its environment; *command* starts another stub than this one.
    """
    with (home.folder / "service.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env={**stub_environment(home), **(more or {})},
            cwd=home.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        state = wait_for(
            lambda: native_host.running_service(str(home.data)),
            what="the stub service to start",
            within_s=30,
        )
        port = state["port"]
        assert isinstance(port, int)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=15)


def log_of(home: Home) -> str:
    """All that the stub service has said."""
    return Path(home.folder / "service.log").read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(server.start(build=StubChecker))
