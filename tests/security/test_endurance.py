"""The quick forms of `make soak`: the same code, fewer times, nothing timed.

D59, D60, D65 and D66 of docs/security.md, fuzzed requests, and headers without a valid token.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from bench import workload
from e2e.zalo_chat import CODE
from harness import shipped
from harness.raw_http import Caller, answer_of
from harness.service_process import Home
from notalone import native_host, pairing
from notalone.guard import CHECK, HELLO, Guard, Head
from notalone.openapi import describe
from notalone.pairing import Pairings, session_token
from soak import __main__ as soak
from soak import combinations, fuzz, growth, kills, load, page, swaps
from soak.figures import Figure, none_of
from soak.serving import serving

DESCRIPTION = schemathesis.openapi.from_dict(describe())


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Caller]]:
    """The real service, and its paired worker."""
    with serving(tmp_path_factory.mktemp("real")) as served:
        yield served


def test_d65_ten_thousand_checks_over_32_connections_are_all_right(
    real: tuple[Home, Caller],
) -> None:
    _, caller = real
    answered = load.ask(caller.port, load.questions(caller), 10_000)
    assert (answered.wrong, answered.errors) == (0, 0)
    assert len(answered.latencies_s) == 10_000


def test_an_answer_to_somebody_else_is_counted_as_wrong(real: tuple[Home, Caller]) -> None:
    _, caller = real
    (request, answer), *_ = load.questions(caller)
    spoilt = load.ask(caller.port, [(request, answer.replace(load.IDS, b"another"))], 3)
    assert (spoilt.wrong, spoilt.errors) == (3, 0)


def test_fuzzed_requests_crash_nothing_and_are_all_answered(real: tuple[Home, Caller]) -> None:
    home, caller = real
    pid = fuzz.pid_of(home)
    found = fuzz.fuzzed(caller, pid, 600)
    assert (found.failed, found.unanswered) == (0, 0)
    assert fuzz.pid_of(home) == pid


def test_d66_a_thousand_new_messages_take_no_memory_that_a_family_would_notice(
    real: tuple[Home, Caller],
) -> None:
    home, caller = real
    pid = fuzz.pid_of(home)
    batches = workload.batches(links=0, messages=50, repeated=False)
    for batch in islice(batches, 20):
        caller.checked(batch)
    before = growth.resident_mb(pid)
    for batch in islice(batches, 20):
        caller.checked(batch)
    assert growth.resident_mb(pid) - before < 20


def test_what_the_memory_is_measured_with_is_new_each_time_and_fills_every_cache() -> None:
    examples = {words for cue in shipped.rulebook().cues for words in cue.match}
    rounds = len(workload.TALK) + 1
    said = [*islice(growth.talk(), 20 * rounds)]
    assert len({*said}) == len(said)
    of_cues = [text for text in said if text.partition(" ")[2] in examples]
    assert of_cues == said[rounds - 1 :: rounds]


def test_chat_page_gets_a_lure_among_so_many_messages() -> None:
    said = [*islice(page.texts(), 4 * page.EVERY_LURE)]
    assert len({*said}) == len(said)
    lures = [text for text in said if text.endswith(CODE)]
    assert lures == said[page.EVERY_LURE - 1 :: page.EVERY_LURE]


def test_d66_service_is_weighed_while_it_is_asked(real: tuple[Home, Caller]) -> None:
    home, caller = real
    found = [*growth.samples(caller, fuzz.pid_of(home), growth.talk(), minutes=0.01)]
    assert found[0].requests == 0
    assert all(10 < one.mb < 1000 for one in found)


def test_d60_each_answer_is_from_one_list_while_lists_are_swapped(
    real: tuple[Home, Caller],
) -> None:
    home, caller = real
    seen = swaps.swapped(home, caller, 6)
    assert seen.answers > 6
    assert (seen.failed, seen.mixed) == (0, 0)


@pytest.mark.parametrize(("sides", "version"), (("a", "a"), ("b", "b"), ("ab", "ab"), ("", "")))
def test_answer_from_two_lists_at_once_is_counted_as_mixed(sides: str, version: str) -> None:
    links = [
        {"id": link, "level": "danger" if link[len("https://bad-")] in sides else "no_information"}
        for link in swaps.LINKS
    ]
    assert swaps.version_of(json.dumps({"links": links}).encode()) == version
    one_missing = [*links[:-1], {**links[-1], "level": "no_information"}]
    if "b" in sides:
        assert swaps.version_of(json.dumps({"links": one_missing}).encode()) == "ab"


def test_d59_settings_writes_that_are_killed_lose_nothing_acknowledged(tmp_path: Path) -> None:
    assert kills.killing("killing_pairings", tmp_path, 40) == ["0", "0"]


# --- the description ------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", (CHECK, HELLO))
def test_service_answers_as_it_describes_itself(
    real: tuple[Home, Caller], path: str, mode: GenerationMode
) -> None:
    """Requests that the description calls right, and wrong: no other status, type or shape."""
    _, caller = real
    worker = {"Origin": caller.origin, "Sec-Fetch-Site": caller.site}
    right = {**worker, "Authorization": f"Bearer {caller.token}"}

    @settings(
        max_examples=25,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=DESCRIPTION[path]["POST"].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        answer = case.call(base_url=f"http://127.0.0.1:{caller.port}", headers=right)
        case.validate_response(answer, headers=worker)

    ask()


# --- headers without a valid token ----------------------------------------------------------------


def test_ten_thousand_header_combinations_without_a_valid_token_get_nothing(
    tmp_path: Path,
) -> None:
    assert combinations.accepted_in_process(tmp_path, 10_000) == (0, 0)


def test_the_same_combinations_with_a_valid_token_do_get_through(tmp_path: Path) -> None:
    _, secret = native_host.pair(str(tmp_path), combinations.CHROMIUM, known_as=None)
    boot = pairing.new_boot()
    guard = Guard(Pairings(tmp_path, boot), combinations.PORT)
    right = f"Bearer {session_token(secret, boot=boot)}"
    passed = 0
    for method, path, version, headers in islice(
        combinations.heads(combinations.PORT, secret, boot, seed=3), 2000
    ):
        given = {**headers, "AUTHORIZATION": right}
        passed += guard.refusal(Head("127.0.0.1", method, path, version, given)) is None
    assert passed > 50  # so many heads are right but for their token


def test_combinations_through_real_sockets_get_nothing_but_a_refusal(
    caller: Caller, attacked: Home
) -> None:
    (entry, *_) = native_host.read_pairings(str(attacked.data)).values()
    state = native_host.running_service(str(attacked.data))
    assert state is not None
    for request in combinations.requests(caller, entry["secret"], str(state["boot"]), 300):
        answer = answer_of(caller.port, request)
        assert answer.body == b"", request
        is_preflight = request.startswith(b"OPTIONS ") and answer.status == 200
        assert is_preflight or answer.status in (400, 403), request


# --- the table ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "status"), ((0, 0), (1, 1)), ids=("all_met", "one_missed"))
def test_soak_ends_with_1_when_a_target_is_missed(
    count: int,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = [Figure("told only", "7"), none_of("wrong answers", count)]
    monkeypatch.setattr(soak, "PARTS", {"load": lambda *_: found})
    monkeypatch.setattr("sys.argv", ["soak"])
    assert soak.main() == status
    assert f"| wrong answers | {count} | 0{', **missed**' if count else ''} |" in (
        capsys.readouterr().out
    )
