"""Who may ask: the boundary of the service, attacked byte by byte by raw sockets on loopback.

D01 to D15 of docs/security.md, as far as they need no browser.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.raw_http import Caller, RawAnswer, answer_of, read_answer
from harness.service_process import Home
from notalone import native_host
from notalone.guard import CHECK, HELLO, Guard
from notalone.pairing import Pairings

FIREFOX = "moz-extension://00000000-0000-4000-8000-000000000001"
GOLDEN = b'{"messages": [{"id": "1", "text": "lure"}]}'
PAGE = "https://evil.example"
WRONG_TOKEN = "Bearer " + "0" * 64

pytestmark = pytest.mark.usefixtures("unharmed")


def bare(answer: RawAnswer) -> tuple[int, bytes, dict[str, str]]:
    """An answer without its time of day."""
    return answer.status, answer.body, {k: v for k, v in answer.headers.items() if k != "date"}


@pytest.fixture(scope="module")
def refused(caller: Caller) -> tuple[int, bytes, dict[str, str]]:
    """What a stranger gets: every refusal must be this, byte for byte."""
    return bare(answer_of(caller.port, caller.request(GOLDEN, Authorization=None)))


def test_d01_stranger_gets_an_empty_403(refused: tuple[int, bytes, dict[str, str]]) -> None:
    status, body, headers = refused
    assert (status, body) == (403, b"")
    assert "server" not in headers
    assert not [name for name in headers if name.startswith("access-control")]


def test_d02_wrong_tokens_open_nothing_and_lock_nobody_out(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]]
) -> None:
    wrong = caller.request(GOLDEN, Authorization=WRONG_TOKEN)
    for _ in range(10):
        assert {str(bare(answer_of(caller.port, wrong))) for _ in range(25)} == {str(refused)}
        assert answer_of(caller.port, caller.request(GOLDEN)).status == 200


def test_d02_no_token_that_is_nearly_right_is_accepted(caller: Caller, attacked: Home) -> None:
    state = native_host.running_service(str(attacked.data))
    assert state is not None
    guard = Guard(Pairings(attacked.data, str(state["boot"])), caller.port)
    right = caller.head()
    assert guard.refusal(right) is None
    token = caller.token
    near = [
        token[:at] + digit + token[at + 1 :] for at in range(64) for digit in "0123456789abcdef"
    ]
    near += [token[:length] for length in range(64)]
    near += [token.upper(), f" {token}", f"{token} ", f"{token},", f"{token}, Bearer {token}", ""]
    for given in (given for given in near if given != token):
        head = caller.head(AUTHORIZATION=f"Bearer {given}")
        assert guard.refusal(head) == 403, given


@pytest.mark.parametrize("origin", (PAGE, "http://127.0.0.1:21113", "http://localhost", "file://"))
def test_d03_page_with_the_right_token_gets_the_strangers_answer(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], origin: str
) -> None:
    assert bare(answer_of(caller.port, caller.request(GOLDEN, Origin=origin))) == refused


@pytest.mark.parametrize(
    "headers",
    (
        {"Origin": "null"},
        {"Origin": None},
        {"Origin": FIREFOX},
        {"Origin": FIREFOX, "Sec_Fetch_Site": "same-origin"},
        {"Origin": "moz-extension://00000000-0000-4000-8000-000000000002"},
        {"Origin": "chrome-extension://" + "b" * 32},
        {"Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": None},
    ),
    ids=lambda headers: "-".join(f"{name}={value}" for name, value in headers.items()),
)
def test_d04_origin_or_fetch_site_of_another_gets_the_strangers_answer(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], headers: dict[str, Any]
) -> None:
    assert bare(answer_of(caller.port, caller.request(GOLDEN, **headers))) == refused


def test_d04_our_worker_is_served_in_chromium_and_in_firefox(
    caller: Caller, attacked: Home
) -> None:
    firefox = Caller.paired(caller.port, attacked.data, origin=FIREFOX, site="same-origin")
    for worker in (caller, firefox):
        assert answer_of(worker.port, worker.request(GOLDEN)).status == 200
    for spoilt in (
        firefox.request(GOLDEN, Sec_Fetch_Site="none"),
        firefox.request(GOLDEN, Authorization=f"Bearer {caller.token}"),
    ):
        assert answer_of(caller.port, spoilt).status == 403


@pytest.mark.parametrize("origin", ("http://rebind.test:21113", None), ids=("post", "get"))
def test_d05_rebound_page_gets_the_strangers_answer(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], origin: str | None
) -> None:
    host = f"rebind.test:{caller.port}"
    request = caller.request(GOLDEN, Host=host, Origin=origin, Sec_Fetch_Site=None)
    assert bare(answer_of(caller.port, request)) == refused
    with_all_else_right = caller.request(GOLDEN, Host=host)
    assert bare(answer_of(caller.port, with_all_else_right)) == refused


@pytest.mark.parametrize(
    "host",
    (
        "127.0.0.1",
        "127.0.0.1.evil.test:{port}",
        "127.0.0.1:{port}.evil",
        "0:{port}",
        "2130706433:{port}",
        "0x7f.1:{port}",
        "127.1:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "LOCALHOST.:{port}",
        "user@127.0.0.1:{port}",
        "localhost:{port}",
        "[::1]:{port}",
        "127.0.0.1:0{port}",
    ),
)
def test_d06_other_spellings_of_the_host_get_the_strangers_answer(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], host: str
) -> None:
    request = caller.request(GOLDEN, Host=host.format(port=caller.port))
    assert bare(answer_of(caller.port, request)) == refused


def test_d07_two_hosts_are_refused(caller: Caller) -> None:
    request = caller.request(GOLDEN).replace(
        b"\r\n", f"\r\nHost: 127.0.0.1:{caller.port}\r\n".encode(), 1
    )
    assert request.count(b"Host: ") == 2
    assert answer_of(caller.port, request).status in (400, 403)


def test_d08_no_host_is_an_empty_400(caller: Caller) -> None:
    answer = answer_of(caller.port, caller.request(GOLDEN, Host=None))
    assert (answer.status, answer.body) == (400, b"")


@pytest.mark.parametrize(
    "content_type",
    (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/jsonp",
        None,
    ),
)
def test_d10_form_with_a_json_body_gets_the_strangers_answer(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], content_type: str | None
) -> None:
    request = caller.request(GOLDEN, Content_Type=content_type)
    assert bare(answer_of(caller.port, request)) == refused


# What pages can send without asking first, as Chromium and Firefox were seen to send it.
FROM_A_PAGE: dict[str, dict[str, Any]] = {
    "fetch": {"Origin": PAGE},
    "beacon": {"Origin": PAGE, "Content_Type": "text/plain;charset=UTF-8"},
    "form": {"Origin": PAGE, "Content_Type": "text/plain"},
    "no_cors": {"method": "GET", "Origin": None},
    "image": {"method": "GET", "Origin": None, "Sec_Fetch_Dest": "image"},
    "script": {"method": "GET", "Origin": None, "Sec_Fetch_Dest": "script"},
    "sandboxed_frame": {"Origin": "null"},
    "web_socket": {
        "method": "GET",
        "Origin": PAGE,
        "Sec_Fetch_Site": None,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Version": "13",
    },
    "navigation": {"method": "GET", "Origin": None, "Sec_Fetch_Mode": "navigate"},
}


@pytest.mark.parametrize("vector", FROM_A_PAGE)
def test_d11_whatever_a_page_sends_gets_the_strangers_answer(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], vector: str
) -> None:
    headers = {"Authorization": None, "Sec_Fetch_Site": "cross-site", **FROM_A_PAGE[vector]}
    body = b"" if headers.get("method") == "GET" else GOLDEN
    for path in (CHECK, HELLO):
        assert bare(answer_of(caller.port, caller.request(body, path=path, **headers))) == refused


def test_d11_even_our_own_worker_cannot_upgrade(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]]
) -> None:
    request = caller.request(GOLDEN, Upgrade="websocket", Connection="Upgrade")
    assert bare(answer_of(caller.port, request)) == refused


@pytest.mark.parametrize("twice", ("Origin", "Sec-Fetch-Site", "Content-Type", "Authorization"))
def test_header_sent_twice_is_refused(caller: Caller, twice: str) -> None:
    request = caller.request(GOLDEN)
    line = next(line for line in request.split(b"\r\n") if line.startswith(twice.encode()))
    doubled = request.replace(line, line + b"\r\n" + line, 1)
    assert answer_of(caller.port, doubled).status == 403


@pytest.mark.parametrize("method", ("GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE"))
@pytest.mark.parametrize("path", (HELLO, CHECK, "/", "/v1/nothing"))
def test_d14_no_method_but_post_does_anything(caller: Caller, method: str, path: str) -> None:
    answer = answer_of(caller.port, caller.request(b"", method=method, path=path))
    assert (answer.status, answer.body) == (403, b"")


@pytest.mark.parametrize("path", (CHECK, "/v1/nothing", "/", "/v1/check/", "/%2e%2e/x"))
def test_d12_refusal_tells_nothing_about_paths(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], path: str
) -> None:
    request = caller.request(GOLDEN, path=path, Authorization=None)
    assert bare(answer_of(caller.port, request)) == refused


@pytest.mark.parametrize("origin", ("https://evil.example", "null", "http://127.0.0.1:21113"))
def test_d13_preflight_of_a_page_is_granted_nothing(caller: Caller, origin: str) -> None:
    request = caller.request(
        b"",
        method="OPTIONS",
        Origin=origin,
        Sec_Fetch_Site="cross-site",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Private_Network="true",
        Access_Control_Request_Local_Network="true",
    )
    answer = answer_of(caller.port, request)
    assert (answer.status, answer.body) == (403, b"")
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_d13_preflight_of_our_own_worker_is_granted(caller: Caller) -> None:
    request = caller.request(
        b"", method="OPTIONS", Authorization=None, Access_Control_Request_Method="POST"
    )
    answer = answer_of(caller.port, request)
    assert answer.headers["access-control-allow-origin"] == caller.origin


@pytest.mark.parametrize("path", (CHECK, "/v1/nothing"))
def test_d15_other_extension_with_every_header_forged_gets_the_strangers_answer(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], path: str
) -> None:
    for token in (None, WRONG_TOKEN, "Bearer", "Bearer ", f"Basic {caller.token}", caller.token):
        request = caller.request(GOLDEN, path=path, Authorization=token)
        assert bare(answer_of(caller.port, request)) == refused


def test_d15_hello_tells_only_a_proof_for_that_nonce(caller: Caller) -> None:
    first, second = caller.hello(caller.pairing), caller.hello(caller.pairing)
    assert json.loads(first.body)["proof"] != json.loads(second.body)["proof"]
    assert caller.token.encode() not in first.body


def test_d15_hello_with_an_unknown_pairing_is_an_empty_403(caller: Caller) -> None:
    assert caller.hello(caller.pairing).status == 200
    answer = caller.hello("0" * 32)
    assert (answer.status, answer.body) == (403, b"")


def test_pairing_that_was_revoked_opens_nothing_from_the_next_request_on(
    caller: Caller, attacked: Home, refused: tuple[int, bytes, dict[str, str]]
) -> None:
    """Over a connection that was let in a moment ago, too."""
    theirs = Caller.paired(caller.port, attacked.data, origin="chrome-extension://" + "c" * 32)
    with theirs.connect() as connection:
        connection.sendall(theirs.request(GOLDEN))
        assert read_answer(connection).status == 200
        native_host.forget(str(attacked.data), theirs.pairing)
        connection.sendall(theirs.request(GOLDEN))
        assert bare(read_answer(connection)) == refused
    assert theirs.hello(theirs.pairing).status == 403


def test_secret_is_in_no_reply(caller: Caller, attacked: Home) -> None:
    pairings = json.loads(Path(attacked.data / "pairings.json").read_text())
    secrets = [entry["secret"].encode() for entry in pairings.values()]
    replies = (
        caller.hello(caller.pairing).body + answer_of(caller.port, caller.request(GOLDEN)).body
    )
    assert not any(secret in replies for secret in secrets)
