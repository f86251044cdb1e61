"""The questions over HTTP (`hello`, `check`, `pair`, `qr`, `pin`, `unpair`), behind the guard.

Nothing that was sent is logged or echoed: an error is one of a few fixed codes, and a bug is logged
as its kind and our own lines of code, never with its message, which could quote a child's words.
"""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Protocol, TypeVar

import msgspec
from flask import Flask, Response, request
from flask_cors import cross_origin

from notalone import __version__, pairing_code, pin, qr
from notalone.config import LIMITS, PROTOCOL
from notalone.errors import RequestError
from notalone.guard import (
    CHECK,
    HELLO,
    PAIR,
    PIN,
    QR,
    REPLY_HEADERS,
    UNPAIR,
    Guard,
    Head,
    bearer,
    most_bytes,
)
from notalone.model import (
    CheckReply,
    CheckRequest,
    ErrorReply,
    HelloReply,
    HelloRequest,
    PairReply,
    PairRequest,
    PinReply,
    PinRequest,
    QrReply,
    QrRequest,
    RulesState,
    UnpairReply,
    UnpairRequest,
)

log = logging.getLogger(__name__)
Asked = TypeVar(
    "Asked", CheckRequest, HelloRequest, PairRequest, PinRequest, QrRequest, UnpairRequest
)
MAX_KEYS = 32  # in one JSON object
HTTP_ERRORS = {400: "bad_request", 404: "not_found", 413: "too_large", 500: "internal"}
_PACKAGE = str(Path(__file__).parent)


class Checks(Protocol):
    """What the rim needs of `checker.Checker`."""

    @property
    def rules_state(self) -> RulesState: ...

    def check(self, request: CheckRequest) -> CheckReply: ...


def create_app(checker: Checks, guard: Guard) -> Flask:
    """The application for one listening port. Every request passes *guard* first."""
    app = _QuietFlask("notalone", static_folder=None)
    pairings = guard.pairings

    @app.before_request
    def refuse_strangers() -> Response | None:
        request.max_content_length = most_bytes(request.path)
        status = guard.refusal(Head.from_environ(request.environ))
        return None if status is None else Response(status=status)

    @app.post(HELLO)
    def hello() -> Response:
        asked = decode(request.get_data(cache=False), HelloRequest)
        origin = request.headers["Origin"]  # the guard has seen it
        proof = pairings.proof(asked.pairing, origin=origin, nonce=asked.nonce, port=guard.port)
        if proof is None:
            return Response(status=403)
        return _json(
            HelloReply(
                proof=proof,
                boot=pairings.boot,
                port=guard.port,
                protocol=PROTOCOL,
                service=__version__,
                rules=checker.rules_state,
            )
        )

    @app.post(CHECK)
    def check() -> Response:
        return _json(checker.check(decode(request.get_data(cache=False), CheckRequest)))

    @app.post(PAIR)
    def pair() -> Response:
        try:
            asked = decode(request.get_data(cache=False), PairRequest)
        except RequestError:
            return Response(status=403)  # a stranger still, to whom we explain nothing
        with _writing():
            made = pairing_code.redeem(
                pairings.folder,
                origin=request.headers["Origin"],
                nonce=asked.nonce,
                port=guard.port,
                proof=asked.proof,
            )
        return Response(status=403) if made is None else _json(PairReply(made.pairing, made.proof))

    @app.post(QR)
    def read_qr() -> Response:
        asked = decode(request.get_data(cache=False), QrRequest)
        try:
            texts = qr.read_codes(asked.grey, width=asked.width, height=asked.height)
        except ValueError:
            raise RequestError("bad_request", status=422) from None
        return _json(QrReply(texts))

    @app.post(PIN)
    def use_pin() -> Response:
        asked = decode(request.get_data(cache=False), PinRequest)
        if (asked.do == "set") != (asked.new is not None):
            raise RequestError("bad_request", status=422)
        outcome: pin.Outcome = "ok"
        with _writing():
            if asked.do == "check":
                outcome = pin.check(pairings.folder, asked.pin)
            elif asked.do != "state":
                outcome = pin.change(pairings.folder, asked.new, pin=asked.pin)
        now = pin.state(pairings.folder)
        return _json(PinReply(outcome, now.is_set, now.wait_s, now.reset_in_s))

    @app.post(UNPAIR)
    def unpair() -> Response:
        asked = decode(request.get_data(cache=False), UnpairRequest)
        token = bearer(request.headers["Authorization"]) or ""  # the guard has seen it
        done = pairings.end(asked.pairing, token=token, origin=request.headers["Origin"])
        return _json(UnpairReply(done))

    @app.errorhandler(RequestError)
    def refuse_request(error: RequestError) -> Response:
        return _json(ErrorReply(error.code), status=error.status)

    for status, code in HTTP_ERRORS.items():
        app.register_error_handler(status, functools.partial(_refuse, status, code))

    @app.after_request
    def finish(reply: Response) -> Response:
        for name, value in REPLY_HEADERS:
            reply.headers[name] = value
        if not reply.content_length:
            del reply.headers["Content-Type"]  # as the door's own refusals
        grant = cross_origin(
            origins=list(pairings.origins()),
            methods=["POST"],
            allow_headers=["Authorization", "Content-Type"],
            automatic_options=False,
            allow_private_network=False,
        )
        return grant(lambda: reply)() if reply.status_code != 403 else reply

    return app


# --- reading a body ------------------------------------------------------------------------------


def decode(body: bytes, kind: type[Asked]) -> Asked:
    """Read *body* as one *kind*, and refuse what two readers could understand differently.

    Raises: RequestError "bad_json" for anything that is not plain JSON in UTF-8 (deeper than
    LIMITS.json_depth, a key twice, NaN, half a surrogate pair), "bad_request" for a wrong shape.
    """
    try:
        given = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_unique_keys,
            parse_constant=_refuse_number,
            parse_float=_finite,
        )
        _require_plain(given)
    except (ValueError, RecursionError):
        raise RequestError("bad_json") from None
    try:
        return msgspec.convert(given, kind, strict=True)
    except msgspec.ValidationError:
        raise RequestError("bad_request", status=422) from None


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs) or len(pairs) > MAX_KEYS:
        raise ValueError("a key stands twice, or there are too many")
    return found


def _refuse_number(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number too large to hold")
    return number


def _require_plain(given: object) -> None:
    """Walk *given* once: nothing nested too deep, and every text can be written as UTF-8."""
    level: list[object] = [given]
    depth = 0
    while level:
        inner: list[object] = []
        for value in level:
            if isinstance(value, str):
                value.encode("utf-8")  # UnicodeEncodeError is a ValueError
            elif isinstance(value, dict | list):
                if depth == LIMITS.json_depth:
                    raise ValueError("nested too deep")
                inner.extend(value)
                if isinstance(value, dict):
                    inner.extend(value.values())
        level = inner
        depth += 1


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    """Around what is kept on the disk: one that is full or locked is told as that, and no bug."""
    try:
        yield
    except OSError:
        raise RequestError("unwritable", status=507) from None


# --- answering -----------------------------------------------------------------------------------


def _json(reply: object, *, status: int = 200) -> Response:
    return Response(msgspec.json.encode(reply), status=status, mimetype="application/json")


def _refuse(status: int, code: str, _error: Exception) -> Response:
    return _json(ErrorReply(code), status=status)


def fault(error: BaseException) -> str:
    """What a log may say of a bug: its kind and our own lines, without its message.

    >>> fault(ValueError("words of a child"))
    'ValueError in code that is not ours'
    """
    frames = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(_PACKAGE)
    ]
    return f"{type(error).__name__} in {' > '.join(frames) or 'code that is not ours'}"


class _QuietFlask(Flask):
    """Flask would log the whole traceback, with the exception's message."""

    def log_exception(
        self,
        exc_info: (tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]),
    ) -> None:
        if exc_info[1] is not None:
            log.error("a request failed: %s", fault(exc_info[1]))
