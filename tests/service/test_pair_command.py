"""`notalone pair` with a real service: what the terminal shows, what an extension gets for it."""

from __future__ import annotations

import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from harness.native_host import ORIGIN, Answer, PairedClient
from harness.service_process import Home, RunningService
from harness.waiting import wait_for
from notalone import native_host, pairing_code
from notalone.guard import PAIR
from notalone.pairing import keyed_proof

SHOWN = re.compile(r"^ {4}((?:\w{4}-){2}\w{4})$", re.MULTILINE)


@contextmanager
def showing_a_code(home: Home) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`notalone pair` at work, and the code that it shows."""
    process = subprocess.Popen(
        [sys.executable, "-m", "notalone", "pair"],
        env=home.environment,
        cwd=home.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = ""
        while not (shown := SHOWN.search(said)):
            line = process.stdout.readline()
            assert line, f"it ended: {said}"
            said += line
        yield process, shown[1]
    finally:
        process.kill()
        process.communicate()


def knock(port: int, code: str, *, origin: str = ORIGIN) -> tuple[Answer, str, str]:
    """One POST to `pair` as the worker makes it; with the nonce and the key it was made from."""
    stranger = PairedClient(port=port, pairing="", secret=b"", origin=origin)
    nonce, key = secrets.token_hex(32), pairing_code.key_of(code)
    proof = keyed_proof(key, "notalone pair 1", nonce, str(port), origin)
    return stranger.post(PAIR, {"nonce": nonce, "proof": proof}), nonce, key


def test_code_from_the_terminal_pairs_an_extension_that_then_checks(
    home: Home, service: RunningService
) -> None:
    with showing_a_code(home) as (process, code):
        answer, nonce, key = knock(service.port, code)
        assert answer.status == 200
        pairing = answer.body["pairing"]
        assert set(answer.body) == {"pairing", "proof"}, "no secret travels"
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 0, said
        assert "Đã nối với trình duyệt." in said
        assert (home.folder / ".config/autostart/vn.khongmotminh.notalone.desktop").is_file()
        again, _, _ = knock(service.port, code)
    assert (again.status, again.body) == (403, None), "a code works once"
    secret = keyed_proof(key, "notalone secret 1", nonce, ORIGIN, pairing)
    client = PairedClient(port=service.port, pairing=pairing, secret=bytes.fromhex(secret))
    client.hello()
    reply = client.check(links=[{"id": "1", "url": "http://vnpost-giaohang.example/"}])
    assert reply["links"][0]["level"] == "danger"


def test_it_starts_the_service_when_none_runs(home: Home) -> None:
    with showing_a_code(home) as (_, code):
        state = wait_for(home.announced, what="the service to be announced")
        port = state["port"]
        assert isinstance(port, int)
        assert knock(port, code)[0].status == 200


def test_wrong_tries_end_it_and_pair_nobody(home: Home, service: RunningService) -> None:
    with showing_a_code(home) as (process, code):
        for _ in range(pairing_code.MOST_TRIES):
            answer, _, _ = knock(service.port, "0000-0000-0000")
            assert (answer.status, answer.body) == (403, None)
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 1
        assert "không dùng được nữa" in said
        assert knock(service.port, code)[0].status == 403, "the right one comes too late"
    assert native_host.read_pairings(str(home.data)) == {}


def test_ctrl_c_ends_the_code(home: Home, service: RunningService) -> None:
    with showing_a_code(home) as (process, code):
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert knock(service.port, code)[0].status == 403
    assert not (home.data / pairing_code.CODE).exists()


@pytest.mark.parametrize(
    "origin",
    ("https://evil.example", "null", "chrome-extension://" + "b" * 32, "http://127.0.0.1:21113"),
)
def test_page_and_other_extension_are_refused_even_with_the_code(
    home: Home, service: RunningService, origin: str
) -> None:
    code = pairing_code.offer(home.data)
    assert knock(service.port, code, origin=origin)[0].status == 403
    assert pairing_code.is_waiting(home.data), "and it costs no try"


def test_answer_is_the_same_whether_a_code_waits_or_not(
    home: Home, service: RunningService
) -> None:
    before = knock(service.port, "0000-0000-0000")[0]
    pairing_code.offer(home.data)
    during = knock(service.port, "0000-0000-0000")[0]
    assert (before.status, before.body) == (during.status, during.body) == (403, None)
