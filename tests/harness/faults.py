"""A fault between every two system calls of some work: it dies there, or the call fails.

What is met is each call into the system that the work makes (`open`, `write`, `fsync`, `replace`),
one after the other, in a process of its own.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from notalone.errors import NotAloneError

_SYSTEM = frozenset(("posix", "nt", "io", "_io", "fcntl"))
_HARMLESS = frozenset(("fspath", "getpid", "urandom", "geteuid", "fileno"))  # none of them can fail
Fault = Callable[[], object]


def die() -> None:
    """As a power cut: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def failing(number: int) -> Fault:
    """The call fails with that error number, as on a disk that is full or broken."""

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


def system_calls(work: Callable[[], object]) -> int:
    """How many calls into the system *work* makes."""
    left, right = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def look(_: FrameType, event: str, called: Any) -> None:
            nonlocal count
            count += event == "c_call" and _is_of_the_system(called)

        try:
            sys.setprofile(look)
            work()
            sys.setprofile(None)
            os.write(right, str(count).encode())
        finally:
            os._exit(0)
    os.close(right)
    with open(left, "rb") as said:  # noqa: PTH123 - a descriptor
        counted = said.read()
    os.waitpid(child, 0)
    assert counted, "the work itself failed"
    return int(counted)


def with_fault(fault: Fault, at: int, work: Callable[[], object]) -> int:
    """Do *work* in a process of its own, with *fault* before its call number *at*; how it ended.

    0: it ended well. 1: it failed as it should, with an OSError or an error of ours. 2: otherwise.
    9: it died.
    """
    child = os.fork()
    if child == 0:
        left = at
        status = 2

        def look(_: FrameType, event: str, called: Any) -> None:
            nonlocal left
            if event == "c_call" and _is_of_the_system(called):
                if not left:
                    left = -1  # once: what is done about it may succeed
                    fault()
                left -= 1

        try:
            sys.setprofile(look)
            work()
            status = 0
        except (OSError, NotAloneError):
            status = 1
        finally:
            sys.setprofile(None)
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    return os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else os.WEXITSTATUS(ended)


def _is_of_the_system(called: Any) -> bool:
    if getattr(called, "__name__", "") in _HARMLESS:
        return False
    owner = getattr(called, "__self__", None)
    if isinstance(owner, os.DirEntry):  # a look that changes nothing, and so many of them
        return False
    return getattr(called, "__module__", None) in _SYSTEM or type(owner).__module__ in _SYSTEM
