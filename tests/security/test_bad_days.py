"""The service on a computer with which something is wrong: its disk, its files, its clock.

D62, D63 and D64 of docs/security.md. Whatever it is, a lure is judged as on any other day.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from harness import read_only
from harness.compiled_lists import compile_rows
from harness.native_host import PairedClient, pair
from harness.other_time import Misled, SetClock
from harness.raw_http import Caller, answer_of
from harness.service_process import REPOSITORY, Home, RunningService
from harness.waiting import wait_for
from notalone.config import KEPT_LINKS, KEPT_RULES
from notalone.migrations import bring_forward

LURE = read_only.LURE
LISTED = "bad.example"  # by a list of others
BLOCKED = "vnpost-giaohang.example"  # by our own rules
RUBBISH = {
    "random bytes": lambda path: path.write_bytes(os.urandom(max(64, path.stat().st_size))),
    "another form of JSON": lambda path: path.write_text('[{"": [null, 1e9]}]'),
}
KEPT_FOR_GOOD = ("service.lock", "pairings.lock", "lock")  # empty; who holds them is the system's


def levels(client: PairedClient) -> tuple[str, str]:
    """What is said of a lure, and of an address that is on a list."""
    reply = client.check(
        messages=[{"id": "1", "text": LURE, "from_me": False}],
        links=[{"id": "1", "url": f"https://{LISTED}/"}],
    )
    return reply["messages"][0]["level"], reply["links"][0]["level"]


# --- the disk ---


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What became of a service whose folder was locked while it ran."""
    done = subprocess.run(
        [
            *read_only.command(),
            *(sys.executable, "-m", "harness.read_only", str(tmp_path_factory.mktemp("locked"))),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_d62_folder_that_is_locked_stops_no_check(locked: dict[str, Any]) -> None:
    assert locked["levels"] == ["danger"] * 6
    assert locked["known"], "a browser that has paired gets its secret again"


def test_d62_what_cannot_be_kept_is_said(locked: dict[str, Any]) -> None:
    assert locked["new"]["error"] == "no_data_folder"
    assert "The disk may be full or read-only" in locked["new"]["say"]["en"]
    assert locked["pin"] == [507, {"error": "unwritable"}]


def test_d62_start_in_a_locked_folder_says_why_in_both_languages(locked: dict[str, Any]) -> None:
    status, said = locked["start"]
    assert status == 1
    assert "Không ghi được vào" in said
    assert "mend the permissions" in said
    assert "Traceback" not in said + locked["log"]


# --- the files ---


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_d63_every_file_replaced_by_rubbish_costs_no_verdict(home: Home, rubbish: str) -> None:
    bring_forward(home.data)  # or the list would be taken for one of an older version
    compile_rows(home.data, [f"host {LISTED}"])
    service = RunningService(home).start()
    client = pair(service)
    assert levels(client) == ("danger", "danger")
    assert client.post("/v1/pin", {"do": "set", "new": "2468"}).status == 200
    for name in (KEPT_RULES, KEPT_LINKS):
        wait_for((home.data / name).exists, what=f"{name} to be kept")
    service.stop()
    files = [path for path in home.data.rglob("*") if path.is_file()]
    spoilt = [path for path in files if path.name not in KEPT_FOR_GOOD]
    assert {"pairings.json", "pin.json", "current", KEPT_RULES} <= {path.name for path in spoilt}
    for path in spoilt:
        RUBBISH[rubbish](path)

    service.start()
    again = pair(service)
    lure, listed = levels(again)
    assert lure == "danger"
    assert listed == "no_information", "that list is gone, until the next pull"
    ours = again.check(links=[{"id": "1", "url": f"https://{BLOCKED}/"}])
    assert ours["links"][0]["level"] == "danger"
    assert again.post("/v1/pin", {"do": "state"}).body["is_set"] is False
    assert [*home.data.glob("pairings.json.broken-*")], "what nobody could read is set aside"
    service.stop()
    assert "Traceback" not in service.log.read_text("utf-8")


# --- the clock ---


@pytest.fixture
def misled(home: Home) -> Misled:
    person = Misled(home.folder)
    bring_forward(person.data)  # or the list would be taken for one of an older version
    compile_rows(person.data, [f"host {LISTED} 2026-11-12 2026-11-22"])
    person.set_clock(0)
    return person


@pytest.mark.parametrize("years", (-10, 10))
def test_d64_wrong_clock_at_the_start_keeps_rules_and_lists(misled: Misled, years: int) -> None:
    misled.set_clock(years)
    service = SetClock(misled)
    try:
        client = pair(service.start())
        lure, listed = levels(client)
        rules = client.hello()["rules"]
    finally:
        service.stop()
    assert lure == "danger"
    assert listed == ("caution" if years > 0 else "danger"), "a report of ten years ago is greyed"
    assert rules["state"] == ("old" if years > 0 else "fresh"), "and old rules are said to be old"
    assert (rules["age_days"] > 3600) == (years > 0)


def test_d64_clock_that_jumps_while_it_runs_crashes_nothing_and_lends_no_token_time(
    misled: Misled,
) -> None:
    service = SetClock(misled)
    try:
        client = pair(service.start())
        for years in (0, 10, -10, 0):
            misled.set_clock(years)
            assert levels(client)[0] == "danger"
            assert client.hello()["rules"]["version"]
        assert levels(client) == ("danger", "danger")
        token = client.token
        service.kill()
        misled.set_clock(-10)  # before the service that made the token was started
        service.start()
        old = Caller(service.port, token)
        answer = answer_of(service.port, old.request(b"{}"))
        assert (answer.status, answer.body) == (403, b""), "a token ends with its service"
    finally:
        service.stop()


# --- two at once ---


def test_two_services_at_once_are_one(home: Home) -> None:
    """Five that start in the same moment: one serves, the others say where and go."""
    service = RunningService(home)
    starting = [
        subprocess.Popen(
            service.command,
            env=home.environment,
            cwd=home.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(5)
    ]
    try:
        wait_for(
            lambda: sum(one.poll() is not None for one in starting) == 4,
            what="four of five to end",
            within_s=60,
        )
        ended = [one for one in starting if one.poll() is not None]
        assert [one.returncode for one in ended] == [0] * 4
        assert all("already running" in one.communicate()[0] for one in ended)
        (serving,) = (one for one in starting if one.poll() is None)
        announced = wait_for(home.announced, what="the one to say where it is")
        assert announced["pid"] == serving.pid
        assert levels(pair(RunningService(home, None)))[0] == "danger"
    finally:
        for one in starting:
            one.terminate()
            one.communicate(timeout=15)
