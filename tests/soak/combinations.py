"""Header combinations without a valid token, most of them right but for one or two things."""

from __future__ import annotations

import io
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.raw_http import Caller
from harness.stub_service import StubChecker
from notalone import native_host
from notalone.app import create_app
from notalone.config import HOST
from notalone.guard import CHECK, HELLO, Guard
from notalone.model import CheckReply, CheckRequest
from notalone.pairing import Pairings, hello_proof, new_boot, session_token
from soak.figures import Figure, at_most, none_of

CHROMIUM = "chrome-extension://" + "a" * 32
FIREFOX = "moz-extension://00000000-0000-4000-8000-000000000001"
PORT = 21113
GUESSES = 10_000
MOST_TOLD_US = 50
RIGHT_SHARE = 0.7  # of each header: so that many heads are wrong in one thing only
# A right body for both questions, but for a pairing that nobody has.
BODY = b'{"messages":[{"id":"1","text":"lure"}],"pairing":"' + b"0" * 32 + b'","nonce":"'
BODY += b"0" * 64 + b'"}'


class CountingChecker(StubChecker):
    """Counts whoever got through."""

    def __init__(self) -> None:
        self.asked = 0

    def check(self, request: CheckRequest) -> CheckReply:
        self.asked += 1
        return super().check(request)


def heads(
    port: int, secret: str, boot: str, *, seed: int
) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Method, path, version and headers (as in CGI) without end; none has a valid token."""
    token = session_token(secret, boot=boot)
    proof = hello_proof(secret, nonce="0" * 64, port=port, boot=boot)
    wrong_tokens = [
        None,
        "",
        "Bearer",
        "Bearer ",
        f"Bearer {'0' * 64}",
        f"Bearer {token[:-1]}",
        f"Bearer {token[:-1]}{'1' if token[-1] == '0' else '0'}",
        f"Bearer {token.upper() if token.upper() != token else token[1:]}",
        f"Bearer  {token}",
        f"bearer {token}",
        f"Basic {token}",
        f"Bearer {token}, Bearer {token}",
        f"Bearer {session_token(secret, boot=new_boot())}",
        f"Bearer {proof}",
        f"Bearer {secret}",
        token,
    ]
    right_and_wrong: dict[str, tuple[list[str], list[str | None]]] = {
        "HOST": (
            [f"{HOST}:{port}"],
            [None, HOST, f"localhost:{port}", f"rebind.test:{port}", f"[::1]:{port}", "", "0"],
        ),
        "ORIGIN": (
            [CHROMIUM, FIREFOX],
            [None, "null", "https://evil.example", f"http://{HOST}:{port}", CHROMIUM + "/"],
        ),
        "SEC_FETCH_SITE": (
            ["none", "same-origin"],
            [None, "cross-site", "same-site", "none, none", "NONE"],
        ),
        "CONTENT_TYPE": (
            ["application/json", "application/json; charset=utf-8"],
            [None, "text/plain", "application/json;charset=utf-16", "multipart/form-data"],
        ),
    }
    others: dict[str, list[str]] = {
        "CONTENT_ENCODING": ["gzip", "identity"],
        "UPGRADE": ["websocket", "h2c"],
        "COOKIE": [f"token={token}"],
        "X_AUTHORIZATION": [f"Bearer {token}"],
        "PROXY_AUTHORIZATION": [f"Bearer {token}"],
        "X_FORWARDED_FOR": [HOST],
        "X_HTTP_METHOD_OVERRIDE": ["POST"],
        "REFERER": [f"{CHROMIUM}/pages/popup.html"],
    }
    paths = [
        CHECK,
        HELLO,
        "/",
        "/v1/check/",
        "/v1/nothing",
        "/V1/CHECK",
        "//v1/check",
        "/v1/./check",
    ]
    draw = random.Random(seed)
    while True:
        headers: dict[str, str] = {}
        for name, (right, wrong) in right_and_wrong.items():
            value = draw.choice(right if draw.random() < RIGHT_SHARE else wrong)
            if value is not None:
                headers[name] = value
        given = draw.choice(wrong_tokens)
        if given is not None:
            headers["AUTHORIZATION"] = given
        for name, values in others.items():
            if draw.random() < 0.05:
                headers[name] = draw.choice(values)
        is_post = draw.random() < 0.8
        method = "POST" if is_post else draw.choice(("GET", "PUT", "HEAD", "OPTIONS", "post", "X"))
        version = "1.1" if draw.random() < 0.95 else "1.0"
        path = CHECK if draw.random() < RIGHT_SHARE else draw.choice(paths)
        yield method, path, version, headers


def accepted_in_process(folder: Path, count: int, *, seed: int = 7) -> tuple[int, int]:
    """How many of *count* heads got a check, or anything but a refusal; how many a 5xx."""
    _, secret = native_host.pair(str(folder), CHROMIUM, known_as=None)
    native_host.pair(str(folder), FIREFOX, known_as=None)
    boot = new_boot()
    checker = CountingChecker()
    app = create_app(checker, Guard(Pairings(folder, boot), PORT))
    told = 0
    failed = 0
    status = [""]

    def start_response(line: str, _headers: Any, _info: Any = None) -> Any:
        status[0] = line

    generated = heads(PORT, secret, boot, seed=seed)
    for _ in range(count):
        method, path, version, headers = next(generated)
        environ: dict[str, Any] = {
            "REMOTE_ADDR": HOST,
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_PROTOCOL": f"HTTP/{version}",
            "SERVER_NAME": HOST,
            "SERVER_PORT": str(PORT),
            "CONTENT_LENGTH": str(len(BODY)),
            "wsgi.input": io.BytesIO(BODY),
            "wsgi.url_scheme": "http",
            **{
                name if name == "CONTENT_TYPE" else f"HTTP_{name}": headers[name]
                for name in headers
            },
        }
        said = b"".join(app(environ, start_response))
        is_preflight = method == "OPTIONS" and not said
        told += status[0].startswith("2") and not is_preflight
        failed += status[0].startswith("5")
    return checker.asked + told, failed


def told_by_time_us(folder: Path) -> float:
    """By how many µs a token wrong in its last digit is refused later than one wrong in its first.

    The difference of the medians, asked in turn.
    """
    _, secret = native_host.pair(str(folder), CHROMIUM, known_as=None)
    boot = new_boot()
    pairings = Pairings(folder, boot)
    token = session_token(secret, boot=boot)
    wrong = [f"x{token[1:]}", f"{token[:-1]}x"]
    spent: list[list[float]] = [[], []]
    for _ in range(GUESSES):
        for which, given in enumerate(wrong):
            began = time.perf_counter()
            assert not pairings.accepts(given, origin=CHROMIUM)
            spent[which].append(time.perf_counter() - began)
    first, last = map(statistics.median, spent)
    return abs(last - first) * 1e6


def requests(
    caller: Caller, secret: str, boot: str, count: int, *, seed: int = 8
) -> Iterator[bytes]:
    """*count* such heads as bytes, with the same body."""
    generated = heads(caller.port, secret, boot, seed=seed)
    for _ in range(count):
        method, path, version, headers = next(generated)
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        first = f"{method} {path} HTTP/{version}"
        head = "\r\n".join((first, *lines, f"Content-Length: {len(BODY)}", "", ""))
        yield head.encode("ascii") + BODY


def figures(folder: Path, *, count: int) -> list[Figure]:
    folder.mkdir(parents=True, exist_ok=True)
    accepted, failed = accepted_in_process(folder, count)
    what = f"{count:,} header combinations without a valid token"
    guesses = f"{GUESSES:,} tokens wrong in their first digit or last: difference in time"
    return [
        none_of(f"{what}: accepted", accepted),
        none_of(f"{what}: 5xx", failed),
        at_most(guesses, told_by_time_us(folder), MOST_TOLD_US, "µs"),
    ]
