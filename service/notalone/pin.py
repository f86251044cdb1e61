"""A family's PIN: it guards how strict the signs are and where they are off, and nothing else.

Help, the tell page and the numbers to call never ask for it. Only its Argon2id hash is kept, in an
owner-only file. Five wrong tries are free; each further one makes the next wait 30 s, 60 s, 120 s …
up to an hour, also after a restart: a try is written down before it is looked at. Whoever forgot it
asks for a reset (`notalone pin reset`): a day later it is gone, every page of choices says so
meanwhile, and typing the PIN takes the reset back.

It holds off a hurried hand, not the owner of the account, who can delete the file: on a computer
that a child shares with its parents nothing of ours could.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from notalone import native_host

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FILE = "pin.json"  # {hash, failures, failed_at, reset_at}
LOCK = "pin.lock"
LOCK_WAIT_S = 30.0  # each of the free tries holds it while it is hashed
FREE_TRIES = 5
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 3600
RESET_AFTER_S = 24 * 3600

Clock = Callable[[], float]
Outcome = Literal["ok", "wrong", "wait"]


@dataclass(frozen=True, slots=True)
class PinState:
    """Whether there is a PIN, how long until the next try, and until a reset takes it away."""

    is_set: bool
    wait_s: int = 0
    reset_in_s: int | None = None


def state(folder: Path, *, now: Clock = time.time) -> PinState:
    """How it stands; nothing is changed."""
    kept = _read(folder, now())
    if kept is None:
        return PinState(is_set=False)
    left = None if kept.reset_at is None else math.ceil(kept.reset_at - now())
    return PinState(True, _wait_s(kept, now()), left)


def check(folder: Path, pin: str | None, *, now: Clock = time.time) -> Outcome:
    """Whether *pin* is the one; "ok" too where there is none. A right one ends waits and resets."""
    if state(folder, now=now).wait_s > 0:
        return "wait"  # thousands may ask: it costs them a look at the file
    with _locked(folder):
        return _check(folder, pin, now())


def change(folder: Path, new: str | None, *, pin: str | None, now: Clock = time.time) -> Outcome:
    """Make *new* the PIN, or None: no more PIN; *pin* is the one until now."""
    with _locked(folder):
        outcome = _check(folder, pin, now())
        if outcome != "ok":
            return outcome
        if new is None:
            _forget(folder)
        else:
            _write(folder, _Kept(hash=_hasher().hash(new)))
        return "ok"


def ask_for_reset(folder: Path, *, now: Clock = time.time) -> PinState:
    """Let the PIN end in a day; asked again, the first day counts."""
    with _locked(folder):
        kept = _read(folder, now())
        if kept is not None and kept.reset_at is None:
            _write(folder, replace(kept, reset_at=now() + RESET_AFTER_S))
    return state(folder, now=now)


def _check(folder: Path, pin: str | None, now: float) -> Outcome:
    kept = _read(folder, now)
    if kept is None:
        return "ok"
    if _wait_s(kept, now) > 0:
        return "wait"
    if pin is None:
        return "wrong"  # nobody has tried anything
    # First of all: whoever ends the service now has tried all the same.
    _write(folder, replace(kept, failures=kept.failures + 1, failed_at=now))
    from argon2.exceptions import Argon2Error

    try:
        _hasher().verify(kept.hash, pin)
    except (Argon2Error, ValueError):  # not the right one; or a hash that somebody has spoilt
        return "wrong"
    _write(folder, _Kept(hash=kept.hash))
    return "ok"


def _hasher() -> PasswordHasher:
    """Argon2id as RFC 9106 advises where memory is dear: 64 MiB, three passes."""
    from argon2 import PasswordHasher, profiles  # only who types a PIN needs it

    return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)


# --- the file ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kept:
    hash: str
    failures: int = 0
    failed_at: float = 0.0  # seconds since 1970
    reset_at: float | None = None


def _wait_s(kept: _Kept, now: float) -> int:
    beyond = kept.failures - FREE_TRIES
    if beyond < 0:
        return 0
    wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S << min(beyond, 12))
    left = kept.failed_at + wait_s - now
    return max(0, min(wait_s, math.ceil(left)))  # a clock that was set back makes it no longer


def _read(folder: Path, now: float) -> _Kept | None:
    """What is kept; None without a PIN, once its reset is due, and for rubbish."""
    try:
        content = native_host.read_private(str(folder / FILE)) or b""
        kept = msgspec.json.decode(content, type=_Kept)
    except ValueError:
        return None
    return None if kept.reset_at is not None and kept.reset_at <= now else kept


def _write(folder: Path, kept: _Kept) -> None:
    native_host.write_private(str(folder / FILE), msgspec.json.encode(kept))


def _forget(folder: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        (folder / FILE).unlink()


def _locked(folder: Path) -> contextlib.AbstractContextManager[None]:
    """One try at a time: a hundred at once must not all find the waits of the first."""
    return native_host.locked(str(folder / LOCK), wait_s=LOCK_WAIT_S)
