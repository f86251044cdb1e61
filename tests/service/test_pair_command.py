"""`notalone pair` with a real service: what the terminal shows, what an extension gets for it."""

from __future__ import annotations

import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest

from harness.native_host import ORIGIN, Answer, PairedClient
from harness.service_process import Home, RunningService
from harness.stub_service import running_stub
from harness.waiting import wait_for
from notalone import native_host, pair_command, pairing_code
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


def knock(port: int, code: str, *, origin: str = ORIGIN, key: str = "") -> tuple[Answer, str, str]:
    """One POST to `pair` as the worker makes it; with the nonce and the key it was made from."""
    stranger = PairedClient(port=port, pairing="", secret=b"", origin=origin)
    nonce, key = secrets.token_hex(32), key or pairing_code.key_of(code)
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
        assert list((home.folder / ".config").glob("*/*")), "it starts at log-in from now on"
        again, _, _ = knock(service.port, code)
    assert (again.status, again.body) == (403, None), "a code works once"
    secret = keyed_proof(key, "notalone secret 1", nonce, ORIGIN, pairing)
    client = PairedClient(port=service.port, pairing=pairing, secret=bytes.fromhex(secret))
    client.hello()
    reply = client.check(links=[{"id": "1", "url": "http://vnpost-giaohang.example/"}])
    assert reply["links"][0]["level"] == "danger"


def test_browser_that_is_being_paired_as_the_code_ends_is_told_of(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The code is gone before the pairing stands: the terminal must not say no in between."""
    monkeypatch.setenv("NOTALONE_HOME", str(home.data))
    monkeypatch.setattr(native_host, "ensure_service", lambda *_: {})
    monkeypatch.setattr(pair_command, "_keep_running", lambda _: None)
    monkeypatch.setattr(pairing_code, "ROUNDS", 1)
    add, mend, looked = native_host.add_pairing, native_host.mend_pairings, threading.Event()

    def slowly(*given: str, **named: str) -> None:
        looked.wait(1)  # until the terminal has looked, or has not in all that time
        add(*given, **named)

    def look(folder: str) -> dict[str, dict[str, str]]:
        if not pairing_code.is_waiting(home.data):
            looked.set()
        return mend(folder)

    def typed(code: str) -> None:
        looked.clear()
        nonce = secrets.token_hex(32)
        proof = keyed_proof(pairing_code.key_of(code), "notalone pair 1", nonce, "1", ORIGIN)
        redeem = partial(pairing_code.redeem, origin=ORIGIN, nonce=nonce, port=1, proof=proof)
        threads.submit(redeem, home.data)

    monkeypatch.setattr(native_host, "add_pairing", slowly)
    with ThreadPoolExecutor(1) as threads:
        monkeypatch.setattr(pair_command, "_show", typed)
        monkeypatch.setattr(native_host, "mend_pairings", look)
        assert pair_command.run() == 0
    assert "Đã nối với trình duyệt." in capsys.readouterr().out


def test_it_starts_the_service_when_none_runs(home: Home) -> None:
    with showing_a_code(home) as (_, code):
        state = wait_for(home.announced, what="the service to be announced")
        port = state["port"]
        assert isinstance(port, int)
        assert knock(port, code)[0].status == 200


@pytest.fixture
def port(home: Home) -> Iterator[int]:
    """A service that starts quickly: what it would say of messages plays no part here."""
    with running_stub(home) as port:
        yield port


def guess(port: int) -> int:
    """Knock with a proof made of nothing; the status."""
    stranger = PairedClient(port=port, pairing="", secret=b"")
    body = {"nonce": secrets.token_hex(32), "proof": secrets.token_hex(32)}
    return stranger.post(PAIR, body).status


def test_wrong_tries_end_it_and_pair_nobody(home: Home, port: int) -> None:
    with showing_a_code(home) as (process, code):
        assert {guess(port) for _ in range(pairing_code.MOST_TRIES)} == {403}
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 1
        assert "không dùng được nữa" in said
        assert knock(port, code)[0].status == 403, "the right one comes too late"
    assert native_host.read_pairings(str(home.data)) == {}


def test_a_thousand_guesses_pair_nobody(home: Home, port: int) -> None:
    code = pairing_code.offer(home.data)
    assert {guess(port) for _ in range(1000)} == {403}
    assert knock(port, code)[0].status == 403
    assert native_host.read_pairings(str(home.data)) == {}
    again = pairing_code.offer(home.data)
    assert knock(port, again)[0].status == 200, "the next code works"


def test_code_of_six_minutes_ago_is_refused(home: Home, port: int) -> None:
    code = pairing_code.offer(home.data, now=lambda: time.time() - 360)
    assert knock(port, code)[0].status == 403


def test_ctrl_c_ends_the_code(home: Home, port: int) -> None:
    with showing_a_code(home) as (process, code):
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert knock(port, code)[0].status == 403
    assert not (home.data / pairing_code.CODE).exists()


def test_stranger_is_told_nothing_and_a_page_may_not_even_try(home: Home, port: int) -> None:
    quiet = guess(port)
    code = pairing_code.offer(home.data)
    assert guess(port) == quiet == 403, "the same, whether a code waits or not"
    for body in (b"", b"[]", b"{", b'{"nonce": 1}', b'{"nonce": "", "proof": ""}'):
        answer = PairedClient(port=port, pairing="", secret=b"").post(PAIR, body)
        assert (answer.status, answer.body) == (403, None)
    pages = ("https://evil.example", "null", "http://127.0.0.1:21113")
    for origin in (*pages, "chrome-extension://" + "b" * 32):
        for _ in range(pairing_code.MOST_TRIES):
            assert knock(port, "0000-0000-0000", origin=origin, key="0" * 64)[0].status == 403
    assert knock(port, code)[0].status == 200, "they cost no try"
