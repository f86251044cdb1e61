"""Pairing by a code that a person types, where the browser's box keeps native messaging out.

`notalone pair` shows twelve letters and digits on the terminal, and the person types them into the
extension. They are the whole secret of the exchange: nothing that travels over HTTP lets anybody
read it, or what is made from it. Both sides stretch the code into a key, so that even somebody who
kept a whole exchange cannot try all 2^60 codes:

    key    = PBKDF2-HMAC-SHA256(code, "notalone pairing code 1", 600 000 rounds)
    theirs = HMAC-SHA256(key, "notalone pair 1" LF nonce LF port LF origin)
    ours   = HMAC-SHA256(key, "notalone paired 1" LF nonce LF port LF origin LF pairing)
    secret = HMAC-SHA256(key, "notalone secret 1" LF nonce LF origin LF pairing)

`theirs` is the worker's proof, which it sends with its `nonce`; we answer with `ours` and the new
`pairing` id; both make and keep the secret. Lines and digits are as in `pairing.py`; the code
counts without hyphens. Whoever squats our port learns one HMAC that is worth nothing on any other
port; a web page or a strange extension is refused before its body is read. A code serves one
extension once, for five minutes and ten tries: whoever spoils the tries only makes somebody run the
command again. Only its key is on the disk meanwhile, in an owner-only file, through which the
command and the service share it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from notalone import native_host
from notalone.pairing import keyed_proof

CODE = "pairing_code.json"  # {key, made, tries}
LOCK = "pairing_code.lock"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U to be mistaken
GROUP, GROUPS = 4, 3  # 60 bits
ROUNDS = 600_000
LIFE_S = 300.0
MOST_TRIES = 10  # wrong ones; then the code is worth nothing
LOCK_WAIT_S = 5.0

Clock = Callable[[], float]


def new_code() -> str:
    """A fresh code as people read it: `K7QF-M2XD-9VTH`."""
    letters = [secrets.choice(ALPHABET) for _ in range(GROUP * GROUPS)]
    return "-".join("".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP))


def key_of(code: str) -> str:
    """The key that a code stands for, in hex. Takes about a quarter of a second, on purpose."""
    letters = code.replace("-", "").encode("ascii")
    salt = b"notalone pairing code 1"
    return hashlib.pbkdf2_hmac("sha256", letters, salt, ROUNDS).hex()


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A pairing that was just made, and our proof that we knew the code."""

    pairing: str
    proof: str


def offer(folder: Path, *, now: Clock = time.time) -> str:
    """Make a code, and let the service take it from now on; an earlier one is gone."""
    code = new_code()
    with _locked(folder):
        _write(folder, {"key": key_of(code), "made": now(), "tries": 0})
    return code


def withdraw(folder: Path) -> None:
    """Let nobody use the code any more."""
    with contextlib.suppress(FileNotFoundError):
        (folder / CODE).unlink()


def end(folder: Path) -> None:
    """Let nobody use the code any more, and wait until whoever uses it just now is paired."""
    withdraw(folder)
    with contextlib.suppress(OSError), _locked(folder):  # held too long: as if it were over
        return


def is_waiting(folder: Path, *, now: Clock = time.time) -> bool:
    """True while somebody may still type the code."""
    return _read(folder, now) is not None


def redeem(
    folder: Path, *, origin: str, nonce: str, port: int, proof: str, now: Clock = time.time
) -> Redeemed | None:
    """Pair *origin* when *proof* shows that it knows the code; None, and one try less, otherwise.

    Raises: OSError when the pairing cannot be written; the code is used up all the same.
    """
    with _locked(folder):
        waiting = _read(folder, now)
        if waiting is None:
            return None
        fields = (nonce, str(port), origin)
        expected = keyed_proof(waiting.key, "notalone pair 1", *fields)
        if not hmac.compare_digest(proof.encode(), expected.encode()):
            _count_wrong_try(folder, waiting)
            return None
        withdraw(folder)  # before anything else: no fault may let it serve twice
        pairing = secrets.token_hex(16)
        secret = keyed_proof(waiting.key, "notalone secret 1", nonce, origin, pairing)
        native_host.add_pairing(str(folder), pairing, secret=secret, origin=origin)
        ours = keyed_proof(waiting.key, "notalone paired 1", *fields, pairing)
        return Redeemed(pairing, ours)


# --- the file ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Waiting:
    key: str
    made: float  # seconds since 1970
    tries: int


def _read(folder: Path, now: Clock) -> _Waiting | None:
    """The code that may be used now; None for none, one too old, one of the future, or rubbish."""
    try:
        content = native_host.read_private(str(folder / CODE))
        given = json.loads(content or b"null")
        waiting = _Waiting(str(given["key"]), float(given["made"]), int(given["tries"]))
    except (ValueError, TypeError, KeyError):
        return None
    is_whole = native_host.SECRET.fullmatch(waiting.key) and waiting.tries < MOST_TRIES
    return waiting if is_whole and 0 <= now() - waiting.made < LIFE_S else None


def _count_wrong_try(folder: Path, waiting: _Waiting) -> None:
    tries = waiting.tries + 1
    if tries < MOST_TRIES:
        _write(folder, {"key": waiting.key, "made": waiting.made, "tries": tries})
    else:
        withdraw(folder)


def _write(folder: Path, content: dict[str, object]) -> None:
    native_host.write_private(str(folder / CODE), json.dumps(content).encode("ascii"))


def _locked(folder: Path) -> contextlib.AbstractContextManager[None]:
    """One at a time: two right answers at once must not both be taken."""
    return native_host.locked(str(folder / LOCK), wait_s=LOCK_WAIT_S)
