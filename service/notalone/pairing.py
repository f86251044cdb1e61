"""Who is paired with this computer's service: the proof we give, and the token we accept.

The native host hands a browser profile its pairing id and secret, or a code that a person types
(`pairing_code.py`) makes them; the secret never travels over HTTP.
Everything below is ASCII text; fields are joined by one line feed, with none at the end. The key is
the 32 bytes that the 64 hex digits of the secret stand for, and every result is 64 lower-case hex
digits.

    proof = HMAC-SHA256(key, "notalone hello 1" LF nonce LF port LF boot)
    token = HMAC-SHA256(key, "notalone token 1" LF boot)

`nonce` is the worker's, in hex; `port` is decimal and is the port the worker spoke to; `boot` is 32
hex digits, new at every start of the service. No field can hold a line feed, so no two sets of
fields give the same bytes. Whoever squats the port cannot make the proof and so never sees a token;
a token dies with the boot id it was made from.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from notalone import native_host

log = logging.getLogger(__name__)


def new_boot() -> str:
    """A fresh boot id: 32 hex digits."""
    return secrets.token_hex(16)


def hello_proof(secret: str, *, nonce: str, port: int, boot: str) -> str:
    """What shows that we know *secret* without showing it.

    >>> hello_proof("00" * 31 + "01", nonce="ab" * 32, port=21113, boot="cd" * 16)[:16]
    '74fbada819cbd0b2'
    """
    return keyed_proof(secret, "notalone hello 1", nonce, str(port), boot)


def session_token(secret: str, *, boot: str) -> str:
    """The bearer token of one pairing for as long as this service runs."""
    return keyed_proof(secret, "notalone token 1", boot)


def keyed_proof(secret: str, *fields: str) -> str:
    """HMAC-SHA256 of *fields* under *secret*, as the head of this file says; all in hex."""
    return hmac.new(bytes.fromhex(secret), "\n".join(fields).encode("ascii"), "sha256").hexdigest()


@dataclass(slots=True)
class Pairings:
    """The pairings of this user, read again whenever the native host has changed the file."""

    folder: Path
    boot: str
    _seen: tuple[int, int, int] | None = None  # inode, mtime_ns, size of what we hold
    _entries: dict[str, dict[str, str]] = field(default_factory=dict)
    _tokens: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by origin

    def origins(self) -> tuple[str, ...]:
        """Every extension origin that a browser has vouched for."""
        self._refresh()
        return tuple(self._tokens)

    def proof(self, pairing: str, *, origin: str, nonce: str, port: int) -> str | None:
        """Our answer to a hello; None when *origin* does not own that pairing."""
        self._refresh()
        entry = self._entries.get(pairing)
        if entry is None or entry["origin"] != origin:
            return None
        return hello_proof(entry["secret"], nonce=nonce, port=port, boot=self.boot)

    def accepts(self, token: str, *, origin: str) -> bool:
        """True when *token* belongs to a pairing of *origin*. Takes the same time either way."""
        self._refresh()
        given = token.encode("utf-8", "surrogatepass")
        answers = [
            hmac.compare_digest(given, own.encode("ascii")) for own in self._tokens.get(origin, ())
        ]
        return any(answers)

    def end(self, pairing: str, *, token: str, origin: str) -> bool:
        """Forget *pairing* when *token* is its own: no profile ends that of another.

        False also when the file could not be written; then it still holds.
        """
        self._refresh()
        entry = self._entries.get(pairing)
        if entry is None or entry["origin"] != origin:
            return False
        own = session_token(entry["secret"], boot=self.boot)
        if not hmac.compare_digest(token.encode("utf-8", "surrogatepass"), own.encode("ascii")):
            return False
        try:
            native_host.forget(str(self.folder), pairing)
        except OSError as error:
            log.warning("a pairing could not be ended: %s", error.strerror)
            return False
        return True

    def _refresh(self) -> None:
        try:
            now = (self.folder / native_host.PAIRINGS).lstat()
            seen = (now.st_ino, now.st_mtime_ns, now.st_size)
        except FileNotFoundError:
            seen = None
        if seen == self._seen:
            return
        try:
            entries = native_host.read_pairings(str(self.folder))
        except ValueError:
            entries = _mend(self.folder)
        tokens: dict[str, tuple[str, ...]] = {}
        for entry in entries.values():
            token = session_token(entry["secret"], boot=self.boot)
            tokens[entry["origin"]] = (*tokens.get(entry["origin"], ()), token)
        self._entries, self._tokens, self._seen = entries, tokens, seen


def _mend(folder: Path) -> dict[str, dict[str, str]]:
    try:
        return native_host.mend_pairings(str(folder))
    except OSError as error:
        log.warning("the pairing file is broken and stays so: %s", error.strerror)
        return {}
