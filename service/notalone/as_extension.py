"""Asks the native host and the service exactly as the extension does, so that a person can see
that they answer.

`notalone doctor` and the first run use it; nothing here knows more than a browser would.
"""

from __future__ import annotations

import hmac
import http.client
import json
import secrets
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notalone import native_host
from notalone.config import EXTENSION_ID, HOST, PROTOCOL
from notalone.errors import SetupError
from notalone.guard import CHECK, HELLO
from notalone.pairing import hello_proof, session_token

ORIGIN = f"chrome-extension://{EXTENSION_ID}"
HOST_TIMEOUT_S = 20.0  # a cold disk and a service that starts
HTTP_TIMEOUT_S = 60.0  # the first message waits for the engine


@dataclass(frozen=True, slots=True)
class Paired:
    """What the native host answered, and what it proved."""

    pairing: str
    secret: str
    port: int
    boot: str = ""

    def hello(self) -> Paired:
        """Make the service prove that it knows the secret.

        Raises: SetupError when it refuses, or proves nothing.
        """
        nonce = secrets.token_hex(32)
        reply = self._post(HELLO, {"pairing": self.pairing, "nonce": nonce})
        proof = hello_proof(self.secret, nonce=nonce, port=self.port, boot=str(reply.get("boot")))
        if not hmac.compare_digest(proof, str(reply.get("proof"))):
            raise SetupError(
                f"Một chương trình khác đang trả lời ở cổng {self.port}; hãy đóng nó lại.\n"
                f"Something else answers on port {self.port}: close that program."
            )
        return Paired(self.pairing, self.secret, self.port, str(reply["boot"]))

    def check(self, request: dict[str, Any]) -> dict[str, Any]:
        """The service's verdicts on *request*. Say hello first.

        Raises: SetupError when the service refuses or does not answer.
        """
        token = session_token(self.secret, boot=self.boot)
        return self._post(CHECK, request, Authorization=f"Bearer {token}")

    def _post(self, path: str, body: dict[str, Any], **more: str) -> dict[str, Any]:
        headers = {
            "Origin": ORIGIN,
            "Sec-Fetch-Site": "none",
            "Content-Type": "application/json",
            **more,
        }
        connection = http.client.HTTPConnection(HOST, self.port, timeout=HTTP_TIMEOUT_S)
        try:
            connection.request("POST", path, json.dumps(body).encode("utf-8"), headers)
            reply = connection.getresponse()
            content = reply.read()
        except (OSError, http.client.HTTPException) as error:
            raise SetupError(
                f"Phần kiểm tra ở cổng {self.port} không trả lời.\n"
                f"The service on port {self.port} does not answer ({type(error).__name__})."
            ) from None
        finally:
            connection.close()
        if reply.status != 200:
            raise SetupError(
                f"Phần kiểm tra từ chối {path} (mã {reply.status}).\n"
                f"The service refuses {path} (status {reply.status})."
            )
        answer: dict[str, Any] = json.loads(content)
        return answer


def pair(launcher: Path) -> Paired:
    """Run the native host once over its pipes and pair, as a browser's first start does.

    Raises: SetupError with the host's own sentence when it cannot.
    """
    request = {"op": "pair", "origin": ORIGIN, "pairing": None, "protocol": PROTOCOL}
    try:
        done = subprocess.run(  # noqa: S603 - the launcher that `install` wrote, no shell
            [str(launcher), f"{ORIGIN}/"],
            input=native_host.frame(request),
            capture_output=True,
            timeout=HOST_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SetupError(
            f"Không chạy được {launcher}; hãy chạy lại `{native_host.command()} install`.\n"
            f"{launcher} cannot be run ({type(error).__name__}): run "
            f"`{native_host.command()} install` again."
        ) from None
    reply = _read_frame(done.stdout)
    if not reply.get("ok"):
        say = reply.get("say") or {
            "vi": "Cầu nối với trình duyệt không trả lời gì.",
            "en": "The native host said nothing.",
        }
        raise SetupError(f"{say['vi']}\n{say['en']}")
    return Paired(reply["pairing"], reply["secret"], reply["port"])


def _read_frame(output: bytes) -> dict[str, Any]:
    if len(output) < 4:
        return {}
    (length,) = struct.unpack("=I", output[:4])
    if len(output) != 4 + length:
        return {}
    reply: dict[str, Any] = json.loads(output[4:])
    return reply
