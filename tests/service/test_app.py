"""The routes, what a body may hold, and that nothing sent is echoed or logged."""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from harness.qr_picture import qr_picture
from harness.stub_service import StubChecker
from notalone import native_host, pairing_code
from notalone.app import create_app, decode, fault
from notalone.config import LIMITS
from notalone.errors import RequestError
from notalone.guard import CHECK, HELLO, PAIR, PIN, QR, REPLY_HEADERS, UNPAIR, Guard
from notalone.model import CheckRequest
from notalone.pairing import Pairings, hello_proof, session_token

PORT = 21113
BOOT = "cd" * 16
NONCE = "ab" * 32
ORIGIN = "chrome-extension://" + "a" * 32
OTHER = "chrome-extension://" + "b" * 32
CANARY = "CANARY-5f0c"


def picture_body(grey: bytes, width: int, height: int) -> dict[str, Any]:
    return {"width": width, "height": height, "grey": base64.b64encode(grey).decode()}


class Worker:
    """Asks a test client as the extension's worker would."""

    def __init__(self, folder: Path) -> None:
        self.pairing, self.secret = native_host.pair(str(folder), ORIGIN, known_as=None)
        self.other, _ = native_host.pair(str(folder), OTHER, known_as=None)
        app = create_app(StubChecker(), Guard(Pairings(folder, BOOT), PORT))
        self.client: FlaskClient = app.test_client()

    def post(self, path: str, body: Any, /, **headers: str) -> TestResponse:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", path, raw, **headers)

    def ask(self, method: str, path: str, raw: bytes = b"", /, **headers: str) -> TestResponse:
        given = {
            "Host": f"127.0.0.1:{PORT}",
            "Origin": ORIGIN,
            "Sec-Fetch-Site": "none",
            "Content-Type": "application/json",
            "Authorization": f"Bearer {session_token(self.secret, boot=BOOT)}",
            **headers,
        }
        return self.client.open(
            path,
            method=method,
            data=raw,
            headers=given,
            environ_base={"SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1"},
        )


@pytest.fixture
def worker(tmp_path: Path) -> Worker:
    return Worker(tmp_path)


def test_hello_proves_the_secret_without_showing_it(worker: Worker) -> None:
    reply = worker.post(HELLO, {"pairing": worker.pairing, "nonce": NONCE}, Authorization="")
    assert reply.status_code == 200
    right = hello_proof(worker.secret, nonce=NONCE, port=PORT, boot=BOOT)
    assert reply.json is not None
    assert (reply.json["proof"], reply.json["boot"], reply.json["port"]) == (right, BOOT, PORT)
    assert worker.secret not in reply.text


@pytest.mark.parametrize("pairing", ("0" * 32, "other"), ids=("unknown", "of_another_origin"))
def test_hello_for_a_pairing_that_is_not_yours_is_refused(worker: Worker, pairing: str) -> None:
    asked = worker.other if pairing == "other" else pairing
    reply = worker.post(HELLO, {"pairing": asked, "nonce": NONCE})
    assert (reply.status_code, reply.data) == (403, b"")


def test_check_answers_every_message_and_link(worker: Worker) -> None:
    body = {
        "messages": [{"id": "1", "text": "lure"}, {"id": "2", "text": "hi", "from_me": True}],
        "links": [{"id": "a", "url": "https://shop.example/"}],
    }
    reply = worker.post(CHECK, body)
    assert reply.json is not None
    assert [one["id"] for one in reply.json["messages"]] == ["1", "2"]
    assert reply.json["messages"][0]["level"] == "danger"
    assert [one["id"] for one in reply.json["links"]] == ["a"]
    assert reply.json["rules"]["state"] == "fresh"


def test_app_stands_guarded_by_itself(worker: Worker) -> None:
    reply = worker.post(CHECK, {}, Authorization="Bearer x")
    assert (reply.status_code, reply.data) == (403, b"")


@pytest.mark.parametrize("status", (200, 403, 404, 422))
def test_every_reply_has_the_same_protecting_headers(worker: Worker, status: int) -> None:
    reply = {
        200: lambda: worker.post(CHECK, {}),
        403: lambda: worker.post(CHECK, {}, Origin="null"),
        404: lambda: worker.post("/v1/nothing", {}),
        422: lambda: worker.post(CHECK, {"links": 1}),
    }[status]()
    assert reply.status_code == status
    assert set(REPLY_HEADERS) <= set(reply.headers.items())
    assert "Server" not in reply.headers


@pytest.mark.parametrize(
    ("body", "status", "code"),
    (
        (b"", 400, "bad_json"),
        (b"[" * 30_000, 400, "bad_json"),
        (b"[" * 30_000 + b"]" * 30_000, 400, "bad_json"),
        (b'{"a":' * 9 + b"1" + b"}" * 9, 400, "bad_json"),
        (b'{"links": [], "links": []}', 400, "bad_json"),
        (b'{"messages": [{"id": "1", "id": "2", "text": ""}]}', 400, "bad_json"),
        (b'{"x": NaN}', 400, "bad_json"),
        (b'{"x": -Infinity}', 400, "bad_json"),
        (b'{"x": 1e999}', 400, "bad_json"),
        (b'{"x": ' + b"1" * 5001 + b"}", 400, "bad_json"),
        (b'{"messages": [{"id": "1", "text": "\\ud800"}]}', 400, "bad_json"),
        (b'{"\\udfff": 1}', 400, "bad_json"),
        ('{"links": []}'.encode("utf-16"), 400, "bad_json"),
        (b'\xef\xbb\xbf{"links": []}', 400, "bad_json"),
        (b"\xff", 400, "bad_json"),
        (json.dumps(dict.fromkeys(map(str, range(33)))).encode(), 400, "bad_json"),
        (b"null", 422, "bad_request"),
        (b"[1]", 422, "bad_request"),
        (b'"x"', 422, "bad_request"),
        (b'{"messages": [{"text": "no id"}]}', 422, "bad_request"),
        (b'{"messages": [{"id": "1", "text": 1}]}', 422, "bad_request"),
        (b'{"messages": [{"id": "1", "text": null}]}', 422, "bad_request"),
        (b'{"messages": [{"id": "", "text": "x"}]}', 422, "bad_request"),
        (b'{"messages": [{"id": "1", "text": "x", "from_me": "yes"}]}', 422, "bad_request"),
        (b'{"audience": "baby"}', 422, "bad_request"),
    ),
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else None,
)
def test_body_that_is_wrong_gets_a_fixed_code(
    worker: Worker, body: bytes, status: int, code: str
) -> None:
    reply = worker.post(CHECK, body)
    assert (reply.status_code, reply.json) == (status, {"error": code})


@pytest.mark.parametrize(
    ("body", "is_taken"),
    (
        ({"messages": [{"id": "1", "text": "ạ" * LIMITS.text_chars}]}, True),
        ({"messages": [{"id": "1", "text": "ạ" * (LIMITS.text_chars + 1)}]}, False),
        ({"messages": [{"id": "1", "text": "😀" * LIMITS.text_chars}]}, True),
        ({"links": [{"id": "1", "url": "x" * LIMITS.url_chars}]}, True),
        ({"links": [{"id": "1", "url": "x" * (LIMITS.url_chars + 1)}]}, False),
        ({"links": [{"id": str(n), "url": "x"} for n in range(LIMITS.links)]}, True),
        ({"links": [{"id": str(n), "url": "x"} for n in range(LIMITS.links + 1)]}, False),
        ({"messages": [{"id": str(n), "text": ""} for n in range(LIMITS.messages + 1)]}, False),
        ({"earlier": ["S"] * (LIMITS.earlier + 1)}, False),
        ({"a_field_of_next_year": {"deep": [[[["ok"]]]]}}, True),
    ),
)
def test_limits_are_exact(worker: Worker, body: Any, is_taken: bool) -> None:
    assert (worker.post(CHECK, body).status_code == 200) is is_taken


def test_body_past_the_limit_is_too_large(worker: Worker) -> None:
    reply = worker.post(CHECK, b" " * (LIMITS.body_bytes + 1))
    assert (reply.status_code, reply.json) == (413, {"error": "too_large"})


def test_codes_of_a_picture_are_told(worker: Worker) -> None:
    picture = qr_picture("Chào bạn")
    reply = worker.post(QR, picture_body(picture.tobytes(), picture.width, picture.height))
    assert (reply.status_code, reply.json) == (200, {"texts": ["Chào bạn"]})
    empty = worker.post(QR, picture_body(bytes(100), 10, 10))
    assert (empty.status_code, empty.json) == (200, {"texts": []})


@pytest.mark.parametrize(
    "body",
    (
        pytest.param({"width": 10, "height": 11, "grey": "A" * 136}, id="too few pixels"),
        pytest.param({"width": 8193, "height": 1, "grey": "A" * 10924}, id="too wide"),
        pytest.param({"width": 10**9, "height": 10**9, "grey": ""}, id="enormous"),
        pytest.param({"width": 0, "height": 0, "grey": ""}, id="empty"),
        pytest.param({"width": -2, "height": -2, "grey": "AAAAAA=="}, id="negative"),
        pytest.param({"width": 1.5, "height": 2, "grey": "AAAA"}, id="half a pixel"),
        pytest.param({"width": 1, "height": 1, "grey": "<svg/>"}, id="not base64"),
        pytest.param({"width": 1, "height": 1, "grey": [0]}, id="not text"),
        pytest.param({"width": 1, "height": 1}, id="no pixels"),
    ),
)
def test_what_is_no_picture_is_refused(worker: Worker, body: Any) -> None:
    reply = worker.post(QR, body)
    assert (reply.status_code, reply.json) == (422, {"error": "bad_request"})


def test_only_a_picture_may_be_long(worker: Worker) -> None:
    side = 1000
    picture = picture_body(bytes(LIMITS.picture_pixels), side, LIMITS.picture_pixels // side)
    assert worker.post(QR, picture).status_code == 200
    for path, most in ((QR, LIMITS.picture_body_bytes), (CHECK, LIMITS.body_bytes)):
        assert worker.post(path, b" " * (most + 1)).status_code == 413, path


def test_pin_is_set_tried_and_taken_away(worker: Worker) -> None:
    def use(do: str, **more: str) -> Any:
        return worker.post(PIN, {"do": do, **more}).json

    free = {"outcome": "ok", "is_set": False, "wait_s": 0, "reset_in_s": None}
    there = {**free, "is_set": True}
    assert use("state") == free
    assert use("set", new="482913") == there
    assert use("check", pin="000000") == {**there, "outcome": "wrong"}
    assert use("set", new="1234", pin="000000")["outcome"] == "wrong"
    assert use("check", pin="482913") == there
    for _ in range(5):
        use("remove", pin="000000")
    waits = use("remove", pin="482913")
    assert (waits["outcome"], waits["is_set"]) == ("wait", True)
    assert 0 < waits["wait_s"] <= 30


@pytest.mark.parametrize(
    "body",
    (
        {},
        {"do": "reset"},
        {"do": "set"},
        {"do": "check", "new": "1234"},
        {"do": "set", "new": "123"},
        {"do": "set", "new": "1" * 13},
        {"do": "set", "new": "12a4"},
        {"do": "set", "new": "\u0661\u0662\u0663\u0664"},
        {"do": "check", "pin": 1234},
    ),
)
def test_what_cannot_be_done_with_a_pin_is_refused(worker: Worker, body: Any) -> None:
    reply = worker.post(PIN, body)
    assert (reply.status_code, reply.json) == (422, {"error": "bad_request"})


def test_pin_that_the_disk_does_not_take_is_told_as_that(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(native_host, "write_private", full)
    reply = worker.post(PIN, {"do": "set", "new": "482913"})
    assert (reply.status_code, reply.json) == (507, {"error": "unwritable"})
    monkeypatch.undo()
    assert worker.post(PIN, {"do": "set", "new": "482913"}).json["outcome"] == "ok"  # type: ignore[index]


def test_pairing_that_the_disk_does_not_take_is_told_as_that(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairing_code.offer(tmp_path)

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(native_host, "write_private", full)
    asked = {"nonce": NONCE, "proof": "0" * 64}
    firefox = {"Origin": "moz-extension://" + "0" * 8 + "-0000-4000-8000-" + "0" * 12}
    reply = worker.post(PAIR, asked, **firefox, **{"Sec-Fetch-Site": "same-origin"})
    assert (reply.status_code, reply.json) == (507, {"error": "unwritable"})


def test_a_worker_gives_up_its_own_pairing_and_no_other(worker: Worker, tmp_path: Path) -> None:
    sibling, _ = native_host.pair(str(tmp_path), ORIGIN, known_as=None)  # another profile
    for others in (worker.other, sibling, "0" * 32):
        assert worker.post(UNPAIR, {"pairing": others}).json == {"done": False}
    assert set(native_host.read_pairings(str(tmp_path))) == {worker.pairing, worker.other, sibling}
    assert worker.post(UNPAIR, {"pairing": worker.pairing}).json == {"done": True}
    assert set(native_host.read_pairings(str(tmp_path))) == {worker.other, sibling}
    assert worker.post(UNPAIR, {"pairing": worker.pairing}).status_code == 403


@pytest.mark.parametrize("body", ({}, {"pairing": "no"}, {"pairing": 1}, [], {"pairing": None}))
def test_what_names_no_pairing_ends_none(worker: Worker, body: Any) -> None:
    assert worker.post(UNPAIR, body).status_code == 422


def test_bug_is_logged_without_the_childs_words(
    worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        reply = worker.post(CHECK, {"messages": [{"id": "1", "text": f"crash {CANARY}"}]})
    assert (reply.status_code, reply.json) == (500, {"error": "internal"})
    assert "ZeroDivisionError" in caplog.text
    assert CANARY not in caplog.text
    assert CANARY not in reply.text


def test_refusal_does_not_echo_what_was_sent(worker: Worker) -> None:
    for body in ({"audience": CANARY}, {CANARY: 1, "links": CANARY}):
        assert CANARY not in worker.post(CHECK, body).text
    assert CANARY not in worker.post(f"/{CANARY}", {}).text


def test_preflight_is_granted_to_a_recorded_origin_only(worker: Worker) -> None:
    preflight = {"Access-Control-Request-Method": "POST"}
    granted = worker.ask("OPTIONS", CHECK, **preflight)
    assert granted.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "POST" in granted.headers["Access-Control-Allow-Methods"]
    for origin in ("https://evil.example", "null", "chrome-extension://" + "c" * 32):
        refused = worker.ask("OPTIONS", CHECK, **preflight, Origin=origin)
        assert (refused.status_code, refused.data) == (403, b"")
        assert not [name for name, _ in refused.headers if name.startswith("Access-Control")]


def test_no_preflight_opens_the_private_network(worker: Worker) -> None:
    reply = worker.ask(
        "OPTIONS",
        CHECK,
        **{
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Private-Network": "true",
        },
    )
    assert reply.headers.get("Access-Control-Allow-Private-Network") != "true"


def test_origin_paired_later_is_granted_too(worker: Worker, tmp_path: Path) -> None:
    late = "moz-extension://00000000-0000-4000-8000-000000000001"
    assert worker.ask("OPTIONS", CHECK, Origin=late).status_code == 403
    native_host.pair(str(tmp_path), late, known_as=None)
    granted = worker.ask(
        "OPTIONS", CHECK, **{"Origin": late, "Access-Control-Request-Method": "POST"}
    )
    assert granted.headers["Access-Control-Allow-Origin"] == late


def test_decode_gives_tuples_in_order() -> None:
    asked = decode(
        b'{"messages": [{"id": "b", "text": ""}, {"id": "a", "text": ""}]}', CheckRequest
    )
    assert tuple(message.id for message in asked.messages) == ("b", "a")


@pytest.mark.parametrize(
    ("depth", "code"), ((LIMITS.json_depth, "bad_request"), (LIMITS.json_depth + 1, "bad_json"))
)
def test_depth_is_counted_exactly(depth: int, code: str) -> None:
    with pytest.raises(RequestError) as refused:
        decode(b"[" * depth + b"]" * depth, CheckRequest)
    assert refused.value.code == code


def test_fault_names_our_lines_and_not_the_message() -> None:
    with pytest.raises(RequestError) as refused:
        decode(b"{", CheckRequest)
    assert fault(refused.value).startswith("RequestError in app.py:")
    assert CANARY not in fault(ValueError(CANARY))
