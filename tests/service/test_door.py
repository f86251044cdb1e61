"""The server behind one socket, on real connections: who is refused, waits, drips."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.raw_http import Caller, answer_of, read_answer
from harness.service_process import Home
from harness.stub_service import WAIT_S, running_stub
from notalone.config import LIMITS
from notalone.guard import CHECK, HELLO, QR


@pytest.fixture
def caller(home: Home) -> Iterator[Caller]:
    with running_stub(home) as port:
        yield Caller.paired(port, home.data)


def test_keep_alive_answers_one_after_another(caller: Caller) -> None:
    request = caller.request(b"{}")
    with caller.connect() as connection:
        for _ in range(3):
            connection.sendall(request)
            assert read_answer(connection).status == 200


def test_refusal_closes_the_connection_and_what_follows_is_not_read(caller: Caller) -> None:
    smuggled = caller.request(b"{}")
    bad = caller.request(smuggled, Origin="https://evil.example")
    answer = answer_of(caller.port, bad, linger_s=0.3)
    assert (answer.status, answer.body) == (403, b"")
    assert answer.headers["connection"] == "close"
    assert answer.rest == b""


def test_links_are_answered_while_messages_wait(caller: Caller) -> None:
    slow = caller.request(json.dumps({"messages": [{"id": "1", "text": "wait"}]}).encode())
    quick = caller.request(
        json.dumps({"links": [{"id": "1", "url": "https://a.example"}]}).encode()
    )
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(answer_of, caller.port, slow) for _ in range(4)]
        begun = time.monotonic()
        assert answer_of(caller.port, quick).status == 200
        assert time.monotonic() - begun < WAIT_S
        assert all(one.result().status == 200 for one in waiting)


def test_who_drips_is_shown_out_and_others_are_served(caller: Caller) -> None:
    parts = ("head", "body", "blank_lines")
    request = caller.request(b"{}")
    with caller.connect() as ours, ThreadPoolExecutor(len(parts)) as pool:
        dripping = [pool.submit(drip, caller, part) for part in parts]
        while not all(one.done() for one in dripping):
            ours.sendall(request)  # the same connection, each time for a whole request_s anew
            assert read_answer(ours).status == 200
            time.sleep(0.05)  # or it takes a whole processor from the tests beside it
        for part, one in zip(parts, dripping, strict=True):
            assert one.result() >= LIMITS.request_s - 1, part
        ours.sendall(request)
        assert read_answer(ours).status == 200
    assert answer_of(caller.port, request).status == 200


def drip(caller: Caller, part: str) -> float:
    """Say *part* of a request byte by byte until shown out; how long that took, in seconds."""
    request = caller.request(b" " * 4000)
    head, body = request.split(b"\r\n\r\n", 1)
    drip = {"head": head, "body": body, "blank_lines": b"\r\n" * 2000}[part]
    with caller.connect() as connection:
        connection.sendall(head + b"\r\n\r\n" if part == "body" else b"")
        begun = time.monotonic()
        connection.settimeout(0.2)
        ended = False
        for byte in drip:
            assert time.monotonic() - begun < 3 * LIMITS.request_s, part
            try:
                connection.sendall(bytes((byte,)))
                ended = connection.recv(1) == b""
            except TimeoutError:
                continue
            except OSError:
                ended = True
            if ended:
                break
        assert ended, part
        return time.monotonic() - begun


def test_newcomer_is_heard_though_the_house_is_full_of_silent_ones(caller: Caller) -> None:
    request = caller.request(b"{}")
    with contextlib.ExitStack() as crowd:
        silent = [crowd.enter_context(caller.connect()) for _ in range(LIMITS.connections)]
        assert answer_of(caller.port, request).status == 200
        assert silent[0].recv(1) == b""  # who waited longest made room
        for other in silent[1:]:
            other.setblocking(False)
            with pytest.raises(BlockingIOError):  # the others' time is not over yet
                other.recv(1)


def test_house_is_never_fuller_than_it_may_be(caller: Caller) -> None:
    with contextlib.ExitStack() as crowd:
        came = [crowd.enter_context(caller.connect()) for _ in range(3 * LIMITS.connections)]
        assert answer_of(caller.port, caller.request(b"{}")).status == 200
        inside = 0
        for one in came:
            one.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                assert one.recv(1) == b""
                continue
            inside += 1
        assert inside <= LIMITS.connections


def test_who_waits_for_an_answer_makes_room_for_nobody(caller: Caller) -> None:
    slow = caller.request(json.dumps({"messages": [{"id": "1", "text": "wait"}]}).encode())
    request = caller.request(b"{}")
    with contextlib.ExitStack() as crowd:
        ours = crowd.enter_context(caller.connect())
        ours.sendall(slow)
        for _ in range(LIMITS.connections):  # each has shown a token, and came later
            other = crowd.enter_context(caller.connect())
            other.sendall(request)
            assert read_answer(other).status == 200
        assert read_answer(ours).status == 200


def test_who_never_showed_a_token_is_shown_out_before_who_did(caller: Caller) -> None:
    request = caller.request(b"{}")
    with contextlib.ExitStack() as crowd:
        ours = crowd.enter_context(caller.connect())
        ours.sendall(request)
        assert read_answer(ours).status == 200
        for _ in range(10):  # by then the door too knows that ours was answered
            assert answer_of(caller.port, request).status == 200
        for _ in range(2 * LIMITS.connections):
            crowd.enter_context(caller.connect())
        assert answer_of(caller.port, request).status == 200  # all before it are in
        ours.sendall(request)
        assert read_answer(ours).status == 200


def test_hello_is_no_token(caller: Caller) -> None:
    request = caller.request(b"{}")
    with contextlib.ExitStack() as crowd:
        stranger, ours = (crowd.enter_context(caller.connect()) for _ in range(2))
        nonce = {"pairing": caller.pairing, "nonce": "0" * 64}
        stranger.sendall(caller.request(json.dumps(nonce).encode(), path=HELLO, Authorization=None))
        assert read_answer(stranger).status == 200
        for _ in range(2 * LIMITS.connections):  # by then its turn has come, whoever was slow
            crowd.enter_context(caller.connect())
            ours.sendall(request)
            assert read_answer(ours).status == 200
        stranger.setblocking(False)
        assert stranger.recv(1) == b""


@pytest.mark.parametrize(
    ("path", "most", "status"),
    ((CHECK, LIMITS.body_bytes, 200), (QR, LIMITS.picture_body_bytes, 422)),
)
def test_body_of_exactly_the_limit_is_read(
    caller: Caller, path: str, most: int, status: int
) -> None:
    body = b"{}".ljust(most)
    assert answer_of(caller.port, caller.request(body, path=path)).status == status
    announced = caller.request(b"", path=path, Content_Length=str(most + 1))
    assert answer_of(caller.port, announced).status == 413


def test_expect_continue_does_not_hang_on_a_refusal(caller: Caller) -> None:
    request = caller.request(b"", Expect="100-continue", Origin="https://evil.example")
    assert answer_of(caller.port, request.replace(b"Length: 0", b"Length: 5")).status == 403


def test_silence_is_ended(caller: Caller) -> None:
    with caller.connect() as connection:
        connection.settimeout(3 * LIMITS.request_s)
        assert connection.recv(1) == b""
