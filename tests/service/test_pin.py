"""A family's PIN: kept as a hash, slow to guess, also after a restart; gone a day after a reset."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from notalone import native_host, pin
from notalone.pin import FREE_TRIES, LONGEST_WAIT_S, RESET_AFTER_S, PinState

RIGHT, WRONG = "482913", "000000"


@dataclass
class Clock:
    """Seconds since 1970, as the test says."""

    at: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


SHIPPED = pin._hasher


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second and 64 MiB for each try are for strangers, not for tests."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(pin, "_hasher", lambda: quick)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> Path:
    assert pin.change(tmp_path, RIGHT, pin=None, now=clock) == "ok"
    return tmp_path


def test_without_a_pin_everything_is_free(tmp_path: Path) -> None:
    assert pin.state(tmp_path) == PinState(is_set=False)
    assert pin.check(tmp_path, None) == "ok"
    assert pin.ask_for_reset(tmp_path) == PinState(is_set=False)


def test_only_a_slow_hash_is_kept_for_the_owner_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pin, "_hasher", SHIPPED)
    assert pin.change(folder, RIGHT, pin=RIGHT) == "ok"
    kept = (folder / pin.FILE).read_text()
    assert "$argon2id$v=19$m=65536,t=3," in kept
    assert RIGHT not in kept
    assert (folder / pin.FILE).stat().st_mode & 0o077 == 0


def test_right_pin_is_right_and_changes_and_ends_it(folder: Path, clock: Clock) -> None:
    assert pin.check(folder, RIGHT, now=clock) == "ok"
    assert pin.check(folder, WRONG, now=clock) == "wrong"
    assert pin.change(folder, "1234", pin=WRONG, now=clock) == "wrong"
    assert pin.change(folder, None, pin=None, now=clock) == "wrong"
    assert pin.change(folder, "1234", pin=RIGHT, now=clock) == "ok"
    assert pin.check(folder, RIGHT, now=clock) == "wrong"
    assert pin.change(folder, None, pin="1234", now=clock) == "ok"
    assert pin.state(folder, now=clock) == PinState(is_set=False)


def test_five_tries_are_free_then_each_waits_twice_as_long_up_to_an_hour(
    folder: Path, clock: Clock
) -> None:
    for _ in range(FREE_TRIES):
        assert pin.check(folder, WRONG, now=clock) == "wrong"
    waits = []
    for _ in range(9):
        waits.append(pin.state(folder, now=clock).wait_s)
        assert pin.check(folder, RIGHT, now=clock) == "wait", "not even the right one"
        clock.at += waits[-1] - 1
        assert pin.check(folder, RIGHT, now=clock) == "wait"
        clock.at += 1
        assert pin.check(folder, WRONG, now=clock) == "wrong"
    assert waits == [30, 60, 120, 240, 480, 960, 1920, LONGEST_WAIT_S, LONGEST_WAIT_S]
    clock.at += LONGEST_WAIT_S
    assert pin.check(folder, RIGHT, now=clock) == "ok"
    assert pin.state(folder, now=clock) == PinState(is_set=True), "the count begins anew"


def test_thousand_tries_at_once_are_five(folder: Path, clock: Clock) -> None:
    tries = [f"{number:04}" for number in range(1000)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda one: pin.check(folder, one, now=clock), tries))
    assert outcomes.count("wrong") == FREE_TRIES
    assert outcomes.count("wait") == len(tries) - FREE_TRIES


def test_who_has_to_wait_is_told_so_without_waiting_in_line(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(FREE_TRIES):
        pin.check(folder, WRONG, now=clock)
    monkeypatch.setattr(pin, "LOCK_WAIT_S", 0)
    with native_host.locked(str(folder / pin.LOCK), wait_s=0):
        assert pin.check(folder, RIGHT, now=clock) == "wait"


def test_clock_that_was_set_back_makes_no_wait_longer(folder: Path, clock: Clock) -> None:
    for _ in range(FREE_TRIES):
        pin.check(folder, WRONG, now=clock)
    clock.at -= 10 * 365 * 86_400
    assert pin.state(folder, now=clock).wait_s == pin.FIRST_WAIT_S


def test_who_types_nothing_has_tried_nothing(folder: Path, clock: Clock) -> None:
    for _ in range(2 * FREE_TRIES):
        assert pin.change(folder, None, pin=None, now=clock) == "wrong"
    assert pin.check(folder, RIGHT, now=clock) == "ok"


def test_change_and_reset_wait_for_whoever_is_at_it(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pin, "LOCK_WAIT_S", 0)
    with native_host.locked(str(folder / pin.LOCK), wait_s=0):
        with pytest.raises(OSError, match="another process"):
            pin.change(folder, None, pin=RIGHT, now=clock)
        with pytest.raises(OSError, match="another process"):
            pin.ask_for_reset(folder, now=clock)
    assert pin.state(folder, now=clock) == PinState(is_set=True)


def test_try_counts_though_nobody_learns_how_it_ended(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> bool:
        raise KeyboardInterrupt  # the service is ended while it looks

    monkeypatch.setattr("argon2.PasswordHasher.verify", end)
    for _ in range(FREE_TRIES):
        with pytest.raises(KeyboardInterrupt):
            pin.check(folder, RIGHT, now=clock)
    assert pin.check(folder, RIGHT, now=clock) == "wait"


def test_reset_takes_a_day_and_the_right_pin_takes_it_back(folder: Path, clock: Clock) -> None:
    assert pin.ask_for_reset(folder, now=clock).reset_in_s == RESET_AFTER_S
    clock.at += 3600
    assert pin.ask_for_reset(folder, now=clock).reset_in_s == RESET_AFTER_S - 3600, (
        "the first counts"
    )
    assert pin.check(folder, WRONG, now=clock) == "wrong"
    assert pin.state(folder, now=clock).reset_in_s is not None
    assert pin.check(folder, RIGHT, now=clock) == "ok"
    assert pin.state(folder, now=clock).reset_in_s is None

    pin.ask_for_reset(folder, now=clock)
    clock.at += RESET_AFTER_S - 1
    assert pin.state(folder, now=clock) == PinState(is_set=True, reset_in_s=1)
    clock.at += 1
    assert pin.state(folder, now=clock) == PinState(is_set=False)
    assert pin.change(folder, "1234", pin=None, now=clock) == "ok"
    assert pin.check(folder, "1234", now=clock) == "ok"


@pytest.mark.parametrize("hash_", ("$argon2id$", "rubbish", "ặ"))
def test_hash_that_nobody_can_read_is_wrong_until_a_reset(
    folder: Path, clock: Clock, hash_: str
) -> None:
    (folder / pin.FILE).write_text(f'{{"hash": "{hash_}"}}', "utf-8")
    assert pin.check(folder, RIGHT, now=clock) == "wrong"
    pin.ask_for_reset(folder, now=clock)
    clock.at += RESET_AFTER_S
    assert pin.check(folder, RIGHT, now=clock) == "ok"


KEPT = '{"hash": "$argon2id$", "failures": 0, "failed_at": %s, "reset_at": %s}'


@pytest.mark.parametrize(
    "content",
    (
        *("", "{", "[]", '{"hash": 1}', "\x00" * 50),
        *(KEPT % given for given in (("NaN", "null"), ("0", "NaN"), ("0", "Infinity"))),
    ),
)
def test_damaged_file_is_no_pin(tmp_path: Path, content: str) -> None:
    (tmp_path / pin.FILE).write_text(content)
    (tmp_path / pin.FILE).chmod(0o600)
    assert pin.state(tmp_path) == PinState(is_set=False)
    assert pin.change(tmp_path, RIGHT, pin=None) == "ok"
