"""HTTP by hand, byte for byte, for what no well-behaved client would send."""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
from dataclasses import dataclass, field
from pathlib import Path

from notalone import native_host
from notalone.config import EXTENSION_ID, HOST
from notalone.guard import CHECK, HELLO, Head
from notalone.pairing import session_token

ORIGIN = f"chrome-extension://{EXTENSION_ID}"
ANSWER_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """The first answer in a stream of bytes; `rest` is what came after it."""

    status: int
    headers: dict[str, str]
    body: bytes
    rest: bytes = b""


def parse(stream: bytes) -> RawAnswer:
    """Split *stream* into its first answer and the rest."""
    head, _, after = stream.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value for name, _, value in (line.partition(": ") for line in lines) if name
    }
    length = int(headers.get("content-length", 0))
    return RawAnswer(int(first.split(" ")[1]), headers, after[:length], after[length:])


def answer_of(port: int, request: bytes, *, linger_s: float = 0) -> RawAnswer:
    """Send *request* on a connection of its own and read the answer.

    With *linger_s* wait that long for bytes after it, which then stand in `rest`.
    """
    with socket.create_connection((HOST, port), timeout=ANSWER_TIMEOUT_S) as connection:
        # Refused with bytes unsent: the answer is there all the same.
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            connection.sendall(request)
        return read_answer(connection, linger_s=linger_s)


def read_answer(connection: socket.socket, *, linger_s: float = 0) -> RawAnswer:
    """Read one answer from *connection*, which stays open."""
    stream = b""
    try:
        while chunk := connection.recv(65_536):
            stream += chunk
            if _is_whole(stream):
                if not linger_s:
                    break
                connection.settimeout(linger_s)
    except (ConnectionResetError, TimeoutError):
        pass  # ended with bytes unread: what came before still counts
    assert stream, "the server ended without an answer"
    return parse(stream)


def _is_whole(stream: bytes) -> bool:
    if b"\r\n\r\n" not in stream:
        return False
    answer = parse(stream)
    return len(answer.body) == int(answer.headers.get("content-length", 0))


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who holds a right token, and may spoil one thing at a time."""

    port: int
    token: str
    origin: str = ORIGIN
    site: str = "none"
    pairing: str = field(default="")

    @classmethod
    def paired(cls, port: int, folder: Path, *, origin: str = ORIGIN, site: str = "none") -> Caller:
        """Pair in *folder* and derive the token from what the service announced."""
        pairing, secret = native_host.pair(str(folder), origin, known_as=None)
        state = native_host.running_service(str(folder))
        assert state is not None
        token = session_token(secret, boot=str(state["boot"]))
        return cls(port, token, origin, site, pairing)

    def connect(self) -> socket.socket:
        return socket.create_connection((HOST, self.port), timeout=ANSWER_TIMEOUT_S)

    def request(
        self, body: bytes, /, *, method: str = "POST", path: str = CHECK, **headers: str | None
    ) -> bytes:
        """A right request; *headers* replace (`_` for `-`), None takes away."""
        given: dict[str, str | None] = {
            "Host": f"{HOST}:{self.port}",
            "Origin": self.origin,
            "Sec-Fetch-Site": self.site,
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.token}",
            "Content-Length": str(len(body)),
        }
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{name}: {value}" for name, value in given.items() if value is not None]
        return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode("latin-1") + body

    def head(self, **headers: str | None) -> Head:
        """The head of a right request as the guard reads it; *headers* replace, None takes away."""
        given: dict[str, str | None] = {
            "HOST": f"{HOST}:{self.port}",
            "ORIGIN": self.origin,
            "SEC_FETCH_SITE": self.site,
            "CONTENT_TYPE": "application/json",
            "AUTHORIZATION": f"Bearer {self.token}",
            **headers,
        }
        kept = {name: value for name, value in given.items() if value is not None}
        return Head(peer=HOST, method="POST", path=CHECK, version="1.1", headers=kept)

    def checked(self, body: object) -> bytes:
        """What is answered to a check, byte for byte.

        Raises: AssertionError when it is refused.
        """
        answer = answer_of(self.port, self.request(json.dumps(body).encode()))
        assert answer.status == 200, answer
        return answer.body

    def hello(self, pairing: str) -> RawAnswer:
        body = {"pairing": pairing, "nonce": secrets.token_hex(32)}
        request = self.request(json.dumps(body).encode(), path=HELLO, Authorization=None)
        return answer_of(self.port, request)
