"""Speak to the native host as a browser does, and to the service as the extension does."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import json
import secrets
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.service_process import Home, RunningService
from notalone import install
from notalone.config import EXTENSION_ID, HOST, PROTOCOL

HANDED_DOWN = ("PATH", "HOME", "LANG", "TMPDIR", "NOTALONE_FEEDS")
ORIGIN = f"chrome-extension://{EXTENSION_ID}"


def native_host_path(home: Home) -> Path:
    """Put the native host into this person's data folder, as `install` does; the launcher."""
    return install.write_host(home.data)


def ask_native_host(
    home: Home,
    request: dict[str, Any],
    *,
    origin: str = ORIGIN,
    timeout_s: float = 30,
    launcher: Path | None = None,
) -> dict[str, Any]:
    """Start the host, say one framed message, read one framed answer, close its input.

    *launcher*: where it was put before; it is put there now where none is named.
    """
    body = json.dumps(request).encode()
    done = subprocess.run(
        [launcher or native_host_path(home), f"{origin}/"],
        input=struct.pack("=I", len(body)) + body,
        capture_output=True,
        # What a browser hands down: no NOTALONE_HOME, so the host must know its folder itself.
        env={key: home.environment[key] for key in HANDED_DOWN},
        cwd=home.folder,
        timeout=timeout_s,
        check=False,
    )
    assert len(done.stdout) >= 4, f"the native host said nothing: {done.stderr.decode()}"
    (length,) = struct.unpack("=I", done.stdout[:4])
    assert len(done.stdout) == 4 + length, "the native host said more than one message"
    answer = json.loads(done.stdout[4:])
    assert isinstance(answer, dict)
    return answer


@dataclass(slots=True)
class Answer:
    """One HTTP answer; `body` is None when it is empty."""

    status: int
    headers: dict[str, str]
    body: Any


@dataclass(slots=True)
class PairedClient:
    """Asks the service exactly as background/service.js does."""

    port: int
    pairing: str
    secret: bytes
    origin: str = ORIGIN
    token: str = ""

    def hello(self) -> dict[str, Any]:
        """Let the service prove that it knows the secret, then derive the token of this boot."""
        nonce = secrets.token_hex(32)
        answer = self.post("/v1/hello", {"pairing": self.pairing, "nonce": nonce})
        assert answer.status == 200, f"hello was answered with {answer.status}"
        reply = answer.body
        assert isinstance(reply, dict)
        proof = self._sign("notalone hello 1", nonce, str(self.port), reply["boot"])
        assert hmac.compare_digest(proof, reply["proof"]), "the service did not prove itself"
        self.token = self._sign("notalone token 1", reply["boot"])
        return reply

    def check(self, **request: Any) -> dict[str, Any]:
        """POST /v1/check with links=…, messages=…; the reply as plain JSON."""
        answer = self.post("/v1/check", request)
        assert answer.status == 200, f"check was answered with {answer.status}: {answer.body}"
        assert isinstance(answer.body, dict)
        return answer.body

    def post(self, path: str, body: Any, *, timeout_s: float = 30) -> Answer:
        """One POST with the headers a browser's worker sends."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {
            "Content-Type": "application/json",
            "Origin": self.origin,
            "Sec-Fetch-Site": "none",
            "Sec-Fetch-Mode": "cors",
            "Sec-Fetch-Dest": "empty",
        }
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        connection = http.client.HTTPConnection(HOST, self.port, timeout=timeout_s)
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.request("POST", path, raw, headers)  # may be refused half-way
            response = connection.getresponse()
            content = response.read()
            return Answer(
                response.status,
                {name.lower(): value for name, value in response.getheaders()},
                json.loads(content) if content else None,
            )
        finally:
            connection.close()

    def _sign(self, *fields: str) -> str:
        return hmac.new(self.secret, "\n".join(fields).encode(), hashlib.sha256).hexdigest()


def pair(service: RunningService) -> PairedClient:
    """Pair with a running service through its native host, then say hello."""
    answer = ask_native_host(
        service.home, {"op": "pair", "origin": ORIGIN, "pairing": None, "protocol": PROTOCOL}
    )
    assert answer["ok"], answer
    assert answer["port"] == service.port
    client = PairedClient(
        port=answer["port"], pairing=answer["pairing"], secret=bytes.fromhex(answer["secret"])
    )
    client.hello()
    return client
