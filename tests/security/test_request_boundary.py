"""The boundary of the service, attacked byte by byte: a real process, raw sockets, loopback only.

Numbers in comments are those of the attack list the project keeps.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from harness.raw_http import Caller, RawAnswer, answer_of
from harness.service_process import Home
from harness.stub_service import log_of, running_stub
from notalone.config import LIMITS
from notalone.guard import CHECK, HELLO, QR

FIREFOX = "moz-extension://00000000-0000-4000-8000-000000000001"
GOLDEN = json.dumps({"messages": [{"id": "1", "text": "lure"}]}).encode()
CANARY = "CANARY-2b7d"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    person = Home(tmp_path_factory.mktemp("boundary") / "home")
    yield person
    person.end_everything()


@pytest.fixture(scope="module")
def caller(home: Home) -> Iterator[Caller]:
    with running_stub(home) as port:
        yield Caller.paired(port, home.data)


@pytest.fixture(autouse=True)
def golden_case_is_right_afterwards(caller: Caller) -> Iterator[None]:
    yield
    answer = answer_of(caller.port, caller.request(GOLDEN))
    assert json.loads(answer.body)["messages"][0]["level"] == "danger"


def bare(answer: RawAnswer) -> tuple[int, bytes, dict[str, str]]:
    """An answer without its time of day."""
    return answer.status, answer.body, {k: v for k, v in answer.headers.items() if k != "date"}


@pytest.fixture(scope="module")
def refused(caller: Caller) -> tuple[int, bytes, dict[str, str]]:
    """What a stranger gets: every refusal must be this, byte for byte."""
    return bare(answer_of(caller.port, caller.request(GOLDEN, Authorization=None)))


def test_stranger_gets_an_empty_403(refused: tuple[int, bytes, dict[str, str]]) -> None:
    status, body, headers = refused
    assert (status, body) == (403, b"")
    assert "server" not in headers
    assert not [name for name in headers if name.startswith("access-control")]


def test_firefox_is_served_as_chromium_is(caller: Caller, home: Home) -> None:
    firefox = Caller.paired(caller.port, home.data, origin=FIREFOX, site="same-origin")
    assert answer_of(caller.port, firefox.request(GOLDEN)).status == 200


@pytest.mark.parametrize(
    "headers",
    (
        {"Authorization": "Bearer " + "0" * 64},  # D02
        {"Origin": "https://evil.example"},  # D03
        {"Origin": "null"},  # D04
        {"Origin": None},
        {"Origin": FIREFOX},
        {"Origin": "moz-extension://00000000-0000-4000-8000-000000000002"},
        {"Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": None},
        {"Content_Type": "text/plain"},  # D10
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Encoding": "gzip"},
        {"Upgrade": "websocket", "Connection": "Upgrade"},
        {"Host": "evil.test:21113"},  # D05
    ),
    ids=lambda headers: "-".join(f"{name}={value}" for name, value in headers.items()),
)
def test_one_wrong_header_gets_the_strangers_answer(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], headers: dict[str, Any]
) -> None:
    assert bare(answer_of(caller.port, caller.request(GOLDEN, **headers))) == refused


@pytest.mark.parametrize(  # D06
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
    ),
)
def test_other_spellings_of_the_host_get_the_strangers_answer(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], host: str
) -> None:
    request = caller.request(GOLDEN, Host=host.format(port=caller.port))
    assert bare(answer_of(caller.port, request)) == refused


def test_two_hosts_are_refused(caller: Caller) -> None:  # D07
    request = caller.request(GOLDEN).replace(
        b"\r\n", f"\r\nHost: 127.0.0.1:{caller.port}\r\n".encode(), 1
    )
    assert request.count(b"Host: ") == 2
    assert answer_of(caller.port, request).status in (400, 403)


@pytest.mark.parametrize("twice", ("Origin", "Sec-Fetch-Site", "Content-Type", "Authorization"))
def test_header_sent_twice_is_refused(caller: Caller, twice: str) -> None:
    request = caller.request(GOLDEN)
    line = next(line for line in request.split(b"\r\n") if line.startswith(twice.encode()))
    doubled = request.replace(line, line + b"\r\n" + line, 1)
    assert answer_of(caller.port, doubled).status == 403


@pytest.mark.parametrize("method", ("GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE"))  # D14
@pytest.mark.parametrize("path", (HELLO, CHECK, "/", "/v1/nothing"))
def test_no_method_but_post_does_anything(caller: Caller, method: str, path: str) -> None:
    answer = answer_of(caller.port, caller.request(b"", method=method, path=path))
    assert (answer.status, answer.body) == (403, b"")


@pytest.mark.parametrize("path", (CHECK, "/v1/nothing", "/", "/v1/check/", "/%2e%2e/x"))  # D12
def test_refusal_tells_nothing_about_paths(
    caller: Caller, refused: tuple[int, bytes, dict[str, str]], path: str
) -> None:
    request = caller.request(GOLDEN, path=path, Authorization=None)
    assert bare(answer_of(caller.port, request)) == refused


@pytest.mark.parametrize("origin", ("https://evil.example", "null", "http://127.0.0.1:21113"))
def test_preflight_of_a_page_is_granted_nothing(caller: Caller, origin: str) -> None:  # D13
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


def test_preflight_of_our_own_worker_is_granted(caller: Caller) -> None:
    request = caller.request(
        b"", method="OPTIONS", Authorization=None, Access_Control_Request_Method="POST"
    )
    answer = answer_of(caller.port, request)
    assert answer.headers["access-control-allow-origin"] == caller.origin


def test_hello_with_an_unknown_pairing_is_an_empty_403(caller: Caller) -> None:
    assert caller.hello(caller.pairing).status == 200
    answer = caller.hello("0" * 32)
    assert (answer.status, answer.body) == (403, b"")


@pytest.mark.parametrize(
    "spoil",
    (
        lambda c: c.request(GOLDEN, Host=None),  # D08
        lambda c: c.request(GOLDEN).replace(b"HTTP/1.1", b"HTTP/1.0", 1),
        lambda c: c.request(GOLDEN).replace(b" HTTP/1.1", b"", 1),  # D30: HTTP/0.9
        lambda c: c.request(GOLDEN, path=f"http://127.0.0.1:{c.port}{CHECK}"),
        lambda c: c.request(GOLDEN, Content_Length=None, Transfer_Encoding="chunked"),  # D29
        lambda c: c.request(GOLDEN, Transfer_Encoding="chunked"),
        lambda c: c.request(GOLDEN, Transfer_Encoding="gzip"),
        lambda c: c.request(GOLDEN, Content_Length="+5"),
        lambda c: c.request(GOLDEN, Content_Length="-5"),
        lambda c: c.request(GOLDEN, Content_Length="5, 5"),
        lambda c: c.request(GOLDEN, Content_Length="0x10"),
        lambda c: c.request(GOLDEN).replace(
            b"Content-Length", b"Content-Length: 3\r\nContent-Length"
        ),
        lambda c: c.request(GOLDEN).replace(b"\r\nOrigin", b"\r\nOrigin\x00"),
        lambda c: c.request(GOLDEN).replace(b"\r\nOrigin: ", b"\nOrigin: "),
        lambda _: b"\x16\x03\x01\x02\x00\x01\r\n\r\n",  # somebody speaks TLS
    ),
    ids=(
        "no_host",
        "http_1_0",
        "http_0_9",
        "absolute",
        "chunked",
        "length_and_chunked",
        "other_coding",
        "plus",
        "negative",
        "list",
        "hex",
        "two_lengths",
        "nul",
        "bare_newline",
        "tls",
    ),
)
def test_what_no_browser_sends_is_an_empty_400(caller: Caller, spoil: object) -> None:
    assert callable(spoil)
    answer = answer_of(caller.port, spoil(caller))
    assert (answer.status, answer.body) == (400, b"")


@pytest.mark.parametrize(("count", "status"), ((94, 200), (101, 431)), ids=("a_hundred", "more"))
def test_a_hundred_headers_are_enough(caller: Caller, count: int, status: int) -> None:  # D30
    extra = {f"X-{number}": "1" for number in range(count)}
    assert answer_of(caller.port, caller.request(GOLDEN, **extra)).status == status


def test_head_longer_than_the_limit_is_refused(caller: Caller) -> None:  # D30
    request = caller.request(GOLDEN, X_Long="x" * LIMITS.header_bytes)
    assert answer_of(caller.port, request).status == 431


@pytest.mark.parametrize(  # D29
    ("path", "length"),
    (
        (CHECK, LIMITS.body_bytes + 1),
        (CHECK, 2_000_000_000),
        (HELLO, LIMITS.body_bytes + 1),
        (QR, LIMITS.picture_body_bytes + 1),
        (QR, 2_000_000_000),
    ),
)
def test_too_long_a_body_is_refused_before_it_comes(caller: Caller, path: str, length: int) -> None:
    announced = caller.request(b"", path=path, Content_Length=str(length))
    answer = answer_of(caller.port, announced)
    assert (answer.status, answer.body) == (413, b'{"error":"too_large"}')
    if path == HELLO:
        return  # it needs no token
    stranger = caller.request(b"", path=path, Content_Length=str(length), Authorization=None)
    assert answer_of(caller.port, stranger).status == 403


def test_stranger_is_answered_before_his_body_comes(caller: Caller) -> None:
    head = caller.request(b"", Content_Length="1000", Authorization="Bearer x")
    assert answer_of(caller.port, head).status == 403


def test_bodies_and_words_reach_no_file_and_no_log(caller: Caller, home: Home) -> None:  # D27
    words = {"messages": [{"id": CANARY, "text": f"crash {CANARY}"}], "links": [], CANARY: CANARY}
    long = {"messages": [{"id": "1", "text": CANARY * 300}] * 50}
    for body in (words, long, {"links": CANARY}):
        raw = json.dumps(body).encode()
        answer = answer_of(caller.port, caller.request(raw, X_Word=CANARY))
        assert CANARY.encode() not in answer.body or body is long
        answer_of(caller.port, caller.request(raw, path=f"/{CANARY}", Authorization=CANARY))
    seen = [path for path in home.folder.rglob("*") if path.is_file()]
    assert len(seen) > 3
    assert [path for path in seen if CANARY in path.read_text("utf-8", "replace")] == []
    assert "ZeroDivisionError" in log_of(home)
    assert 'File "' not in log_of(home)


def test_a_hundred_hostile_requests_cost_no_memory(caller: Caller, home: Home) -> None:
    pid = home.service_pid()
    assert pid is not None
    service = psutil.Process(pid)
    hostile = [
        caller.request(b"[" * 30_000),
        caller.request(b'{"messages": [{"id": "1", "text": "\\ud800"}]}'),
        caller.request(GOLDEN, Origin="null"),
        caller.request(b" " * LIMITS.body_bytes),
    ]
    for request in hostile * 25:  # until every thread has its buffers
        assert answer_of(caller.port, request).status in (400, 403)
    before = service.memory_info().rss
    for request in hostile * 25:
        answer_of(caller.port, request)
    assert service.memory_info().rss - before < 5_000_000


def test_secret_is_in_no_reply(caller: Caller, home: Home) -> None:
    pairings = json.loads(Path(home.data / "pairings.json").read_text())
    secrets = [entry["secret"].encode() for entry in pairings.values()]
    replies = (
        caller.hello(caller.pairing).body + answer_of(caller.port, caller.request(GOLDEN)).body
    )
    assert not any(secret in replies for secret in secrets)
