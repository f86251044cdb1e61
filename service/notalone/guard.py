"""May this caller ask at all? Decided from the request's head, before a byte of its body is read.

The token is the fence; the headers are a second one, since another extension can forge them all.
The checks and their order are fixed, so that nothing can be learned from which of them failed:
whoever is not our own paired worker gets the same empty 403, for paths that exist and for those
that do not. A head that no browser could have sent (no Host, HTTP/1.0, a full address in the first
line, a transfer coding) gets an empty 400.

The door (`door.py`) asks before it reads the body; the Flask application asks again, so that it is
never reachable unguarded whatever serves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from notalone import extension_ids, native_host, pairing_code
from notalone.config import HOST, LIMITS
from notalone.pairing import Pairings

HELLO = "/v1/hello"  # needs no token: it is how the worker learns whether to send one
CHECK = "/v1/check"
PAIR = "/v1/pair"  # for an extension we do not know yet, and only while a code waits to be typed
QR = "/v1/qr"
PIN = "/v1/pin"
UNPAIR = "/v1/unpair"  # a worker gives up its own pairing
PATHS = (HELLO, CHECK, PAIR, QR, PIN, UNPAIR)
PAIR_BYTES = 512  # of a body; all that a stranger may make us read

JSON_TYPES = frozenset(
    ("application/json", "application/json; charset=utf-8", "application/json;charset=utf-8")
)
# Chromium calls its own worker's request "none", Firefox "same-origin": security.md 2.2.
SEC_FETCH_SITE = {"chrome-extension": "none", "moz-extension": "same-origin"}

REPLY_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
)


def most_bytes(path: str) -> int:
    """How long the body of a request to *path* may be."""
    return LIMITS.picture_body_bytes if path == QR else LIMITS.body_bytes


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a request before its body. Header names are upper case with `_`, as in CGI.

    A header sent twice arrives as one value joined by ", ", which no exact comparison accepts.
    """

    peer: str
    method: str
    path: str
    version: str  # "1.1", or "" for HTTP/0.9
    headers: Mapping[str, str]
    is_absolute: bool = False  # the first line named a whole address
    has_coding: bool = False  # there was a Transfer-Encoding

    @classmethod
    def from_environ(cls, environ: Mapping[str, object]) -> Head:
        """The head of a WSGI request."""
        headers = {
            name.removeprefix("HTTP_"): str(value)
            for name, value in environ.items()
            if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH")
        }
        return cls(
            peer=str(environ.get("REMOTE_ADDR", "")),
            method=str(environ.get("REQUEST_METHOD", "")),
            path=str(environ.get("PATH_INFO", "")),
            version=str(environ.get("SERVER_PROTOCOL", "")).removeprefix("HTTP/"),
            headers=headers,
            has_coding="TRANSFER_ENCODING" in headers,
        )


@dataclass(frozen=True, slots=True)
class Guard:
    """The checks of one listening port."""

    pairings: Pairings
    port: int

    def refusal(self, head: Head) -> int | None:
        """The status to refuse *head* with, or None when the request may go on."""
        if head.peer != HOST:
            return 403
        host = head.headers.get("HOST")
        if head.version != "1.1" or head.is_absolute or head.has_coding or not host:
            return 400
        if host != f"{HOST}:{self.port}" or "UPGRADE" in head.headers:
            return 403
        origin = head.headers.get("ORIGIN", "")
        if head.path == PAIR and head.method == "POST":
            return None if self._may_pair(head, origin) else 403
        if origin not in self.pairings.origins():
            return 403
        if head.method == "OPTIONS":
            return None if head.path in PATHS else 403
        return None if self._is_our_worker(head, origin) else 403

    def _is_our_worker(self, head: Head, origin: str) -> bool:
        return _is_workers_json(head, origin) and (head.path == HELLO or self.has_token(head))

    def _may_pair(self, head: Head, origin: str) -> bool:
        scheme, _, identity = origin.partition("://")
        length = head.headers.get("CONTENT_LENGTH", "")
        return (
            native_host.ORIGIN.fullmatch(origin) is not None
            and _is_workers_json(head, origin)
            and length.isdecimal()
            and int(length) <= PAIR_BYTES
            and pairing_code.is_waiting(self.pairings.folder)
            and (scheme == "moz-extension" or identity in extension_ids.known(self.pairings.folder))
        )

    def has_token(self, head: Head) -> bool:
        """Whether *head* brings a token of its own origin. Takes the same time either way.

        Wrong ones are not counted. A guess among 2^256 needs no limit, and on loopback every
        program has the same address: a limit would lock out the family together with the guesser.
        """
        token = bearer(head.headers.get("AUTHORIZATION", ""))
        origin = head.headers.get("ORIGIN", "")
        return token is not None and self.pairings.accepts(token, origin=origin)


def bearer(authorization: str) -> str | None:
    """The token in an Authorization header; None for any other scheme."""
    scheme, _, token = authorization.partition(" ")
    return token if scheme == "Bearer" else None


def _is_workers_json(head: Head, origin: str) -> bool:
    """A POST of JSON as an extension's background sends it, in the browser that *origin* is of."""
    scheme = origin.partition("://")[0]
    return (
        head.method == "POST"
        and head.headers.get("SEC_FETCH_SITE") == SEC_FETCH_SITE.get(scheme)
        and head.headers.get("CONTENT_TYPE", "").lower() in JSON_TYPES
        and "CONTENT_ENCODING" not in head.headers
    )
