"""A word sent in every field of every request is found in no file, no log and no refusal.

D27 and D28 of docs/security.md: also after crashes, signals, and with a disk that takes nothing.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import itertools
import json
import os
import resource
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.native_host import PairedClient, pair
from harness.qr_picture import qr_picture
from harness.raw_http import Caller, answer_of
from harness.search import files_holding
from harness.service_process import Home, RunningService
from harness.stub_service import log_of, running_stub
from harness.waiting import wait_for
from harness.watched_home import WatchedHome
from notalone.checker import build_checker
from notalone.guard import HELLO
from notalone.model import CheckRequest, Link, Message

TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
LURE = "em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"


def test_search_itself_finds_a_word(tmp_path: Path, canary: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "log").write_bytes(b"\x00before " + canary.encode() + b" after")
    assert files_holding(canary, tmp_path) == [tmp_path / "deep" / "log"]


# One request for each field that takes a text, and some that break the service's reading.
def requests_with(word: str) -> dict[str, object]:
    return {
        "message text": {"messages": [{"id": "1", "text": f"{word} {LURE}", "from_me": False}]},
        "own text": {"messages": [{"id": "1", "text": word, "from_me": True}]},
        "message id": {"messages": [{"id": word, "text": LURE, "from_me": None}]},
        "address": {"links": [{"id": "1", "url": f"https://{word}.vietcornbank.example/otp"}]},
        "listed address": {"links": [{"id": "1", "url": f"http://vnpost-giaohang.example/{word}"}]},
        "link text": {"links": [{"id": "1", "url": "https://x.example", "text": word}]},
        "link id": {"links": [{"id": word, "url": "https://x.example"}]},
        "earlier": {"earlier": [word]},
        "audience": {"audience": word},
        "unknown field": {word: word},
        "not JSON": f'{{"messages": [{word}'.encode(),
        "lone surrogate": f'{{"messages":[{{"id":"1","text":"\\ud800{word}"}}]}}'.encode(),
        "too deep": (b'{"messages":' + b"[" * 3000 + word.encode()),
        "too long": {"messages": [{"id": "1", "text": word + "a" * 5000}]},
        "far too long": {"messages": [{"id": "1", "text": word + "a" * 600_000}]},
    }


def test_d27_words_in_any_field_are_in_no_file_and_no_refusal(
    service: RunningService, paired_client: PairedClient, home: Home, canary: str
) -> None:
    for field, request in requests_with(canary).items():
        answer = paired_client.post("/v1/check", request)
        if answer.status != 200:
            assert canary not in str(answer.body), field
            assert canary not in str(answer.headers), field
    grey = base64.b64encode(canary.encode()).decode()
    for wrong in (
        {"width": len(canary), "height": 1, "grey": grey},
        {"width": 1, "height": 1, "grey": canary},
        {canary: canary},
    ):
        assert canary not in str(paired_client.post("/v1/qr", wrong).body)
    for typed in ({"do": "check", "pin": canary}, {"do": canary}, {"do": "set", "new": canary}):
        assert canary not in str(paired_client.post("/v1/pin", typed).body)
    code = qr_picture(canary)
    picture: dict[str, Any] = {"width": code.width, "height": code.height}
    picture["grey"] = base64.b64encode(code.tobytes()).decode()
    assert paired_client.post("/v1/qr", picture).body == {"texts": [canary]}
    paired_client.token = canary
    assert paired_client.post(f"/v1/{canary}", {}).status == 403
    refused = paired_client.post("/v1/hello", {"pairing": canary, "nonce": canary})
    assert canary not in str(refused)
    assert files_holding(canary, home.folder) == [], "while the service runs"
    service.stop()
    assert files_holding(canary, home.folder) == [], "after it has ended"
    assert "Traceback" not in service.log.read_text()


# --- when the service fails ----------------------------------------------------------------------


def heads_with(caller: Caller, word: str) -> Iterator[bytes]:
    """One request for each part of a head that takes a word."""
    body = json.dumps(requests_with(word)["message text"]).encode()
    yield caller.request(body, path=f"/v1/{word}")
    yield caller.request(body, path=f"/v1/check?{word}#{word}")
    yield caller.request(body, path=f"http://{word}/[")
    yield caller.request(body, method=word.upper())
    yield caller.request(body, X_Word=word)
    yield caller.request(body, path=HELLO, Cookie=word, Referer=f"https://{word}.example/")
    for name in ("Authorization", "Host", "Origin", "Content_Type", "Content_Length", "Expect"):
        yield caller.request(body, **{name: word})
    yield caller.request(body, Content_Length=str(10**5)) + word.encode()  # and then no more
    yield word.encode() + b"\r\n\r\n"


def test_d27_word_in_any_part_of_a_head_is_nowhere(home: Home, canary: str) -> None:
    with running_stub(home) as port:
        caller = Caller.paired(port, home.data)
        for request in heads_with(caller, canary):
            with contextlib.suppress(AssertionError):  # some wait for more, and get no answer
                assert canary.encode() not in answer_of(port, request).body
    assert files_holding(canary, home.folder) == []


def test_d28_bug_that_quotes_a_word_tells_nobody(home: Home, canary: str) -> None:
    with running_stub(home) as port:
        caller = Caller.paired(port, home.data)
        body = {"messages": [{"id": canary, "text": f"crash {canary}"}]}
        answer = answer_of(port, caller.request(json.dumps(body).encode()))
    assert (answer.status, answer.body) == (500, b'{"error":"internal"}')
    assert "ZeroDivisionError" in log_of(home)
    assert 'File "' not in log_of(home)
    assert files_holding(canary, home.folder) == []


@pytest.mark.parametrize("deadly", ("SIGABRT", "SIGSEGV", "SIGTERM", "SIGKILL"))
def test_d27_service_that_dies_in_the_middle_of_a_request_leaves_no_word(
    home: Home, canary: str, deadly: str
) -> None:
    with running_stub(home) as port:
        caller = Caller.paired(port, home.data)
        body = {"messages": [{"id": "1", "text": f"wait {canary} {LURE}"}]}
        pid = home.service_pid()
        assert pid is not None
        assert resource.prlimit(pid, resource.RLIMIT_CORE) == (0, 0)
        with caller.connect() as connection:
            connection.sendall(caller.request(json.dumps(body).encode()))
            assert answer_of(port, caller.request(b"{}")).status == 200  # it has read the first
            os.kill(pid, getattr(signal, deadly))
            wait_for(lambda: home.service_pid() is None, what=f"the service to end by {deadly}")
    assert files_holding(canary, home.folder) == []


def test_d27_full_disk_stops_no_check_and_the_crash_after_it_leaves_no_word(
    service: RunningService, paired_client: PairedClient, home: Home, canary: str
) -> None:
    assert service.process is not None
    resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (0, 0))  # no file can grow
    for field, request in requests_with(canary).items():
        answered = paired_client.post("/v1/check", request).status
        assert answered in (200, 400, 413, 422), field
    assert paired_client.check(messages=[{"id": "1", "text": LURE}])["messages"]
    service.process.send_signal(signal.SIGSEGV)
    assert service.process.wait(timeout=20) == -signal.SIGSEGV
    assert files_holding(canary, home.folder) == []


def test_d27_checks_open_no_file_to_write(tmp_path: Path, canary: str) -> None:
    home = WatchedHome(tmp_path / "home", ("open", "tempfile.", "os.rename", "shutil."))
    service = RunningService(home)
    try:
        client = pair(service.start())
        client.check(messages=[{"id": "1", "text": LURE}])
        wait_for((home.data / "rules.kept").exists, what="what was read of the rules to be kept")
        before = len(home.touched())
        assert before > 100, "the watcher saw nothing"
        for request in requests_with(canary).values():
            client.post("/v1/check", request)
        to_write = [
            said
            for event, said in home.touched()[before:]
            if event != "open" or int(said[2]) & TO_WRITE
        ]
    finally:
        service.stop()
    assert to_write == []


def test_what_is_remembered_holds_keyed_hashes_and_findings_and_no_text(canary: str) -> None:
    checker = build_checker()
    checker.check(
        CheckRequest(
            links=(Link("1", f"https://{canary}.example/{canary}", canary),),
            messages=(
                Message("1", f"{canary} {LURE}"),
                Message(canary, f"{canary} https://{canary}.example/otp", from_me=True),
            ),
        )
    )
    memory = checker._memory
    kept: list[Mapping[bytes, object]] = [memory.links._kept, memory.pairs._kept]
    kept += [memory.findings._kept, memory.wordings._kept]
    assert len(list(itertools.chain(*kept))) >= 3
    assert {len(key) for key in itertools.chain(*kept)} == {16}
    reached: dict[int, object] = {}
    left: list[object] = [*kept]
    while left:
        thing = left.pop()
        if id(thing) not in reached and not isinstance(thing, type):
            reached[id(thing)] = thing
            left += gc.get_referents(thing)
    texts = [thing for thing in reached.values() if isinstance(thing, str | bytes)]
    assert len(texts) > 3
    assert [text for text in texts if canary[:10] in str(text)] == []  # not even a piece
