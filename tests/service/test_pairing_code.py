"""A typed code pairs one extension once: proofs, limits, and what a stranger can do without it."""

from __future__ import annotations

import itertools
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notalone import native_host, pairing_code
from notalone.pairing import keyed_proof
from notalone.pairing_code import CODE, LIFE_S, MOST_TRIES

ORIGIN = "moz-extension://00000000-0000-4000-8000-000000000001"
NONCE = "ab" * 32
PORT = 21113
NOW = 1_790_000_000.0


@pytest.fixture(autouse=True)
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing_code, "ROUNDS", 1)


def offer(folder: Path) -> str:
    return pairing_code.offer(folder, now=lambda: NOW)


def redeem(
    folder: Path,
    code: str,
    *,
    origin: str = ORIGIN,
    signed_for: str = ORIGIN,
    port: int = PORT,
    signed_port: int = PORT,
    at: float = NOW,
) -> pairing_code.Redeemed | None:
    key = pairing_code.key_of(code)
    proof = keyed_proof(key, "notalone pair 1", NONCE, str(signed_port), signed_for)
    return pairing_code.redeem(
        folder, origin=origin, nonce=NONCE, port=port, proof=proof, now=lambda: at
    )


def test_code_has_sixty_bits_in_letters_that_nobody_mistakes() -> None:
    codes = {pairing_code.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(
        re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", c) for c in codes
    )
    assert len(pairing_code.ALPHABET) ** (pairing_code.GROUP * pairing_code.GROUPS) == 2**60


def test_key_keeps_its_published_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert pairing_code.key_of("K7QF-M2XD-9VTH") == pairing_code.key_of("K7QFM2XD9VTH")
    assert pairing_code.key_of("K7QF-M2XD-9VTH") == (
        "b052035439cc2f4b2a5135561cb30adb04d635ca08a33cf4a6967fe4909b4c89"
    )


def test_right_code_pairs_and_both_sides_make_the_same_secret(tmp_path: Path) -> None:
    code = offer(tmp_path)
    made = redeem(tmp_path, code)
    assert made is not None
    key = pairing_code.key_of(code)
    assert made.proof == keyed_proof(
        key, "notalone paired 1", NONCE, str(PORT), ORIGIN, made.pairing
    )
    kept = native_host.read_pairings(str(tmp_path))[made.pairing]
    assert kept["origin"] == ORIGIN
    assert kept["secret"] == keyed_proof(key, "notalone secret 1", NONCE, ORIGIN, made.pairing)


def test_code_works_once(tmp_path: Path) -> None:
    code = offer(tmp_path)
    assert redeem(tmp_path, code) is not None
    assert not (tmp_path / CODE).exists()
    assert redeem(tmp_path, code) is None
    assert len(native_host.read_pairings(str(tmp_path))) == 1


def test_two_right_answers_at_once_pair_once(tmp_path: Path) -> None:
    code = offer(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: redeem(tmp_path, code), range(8)))
    assert sum(one is not None for one in made) == 1
    assert len(native_host.read_pairings(str(tmp_path))) == 1


@pytest.mark.parametrize("at", (NOW + LIFE_S, NOW - 1), ids=("too late", "before it was made"))
def test_code_is_refused_outside_its_five_minutes(tmp_path: Path, at: float) -> None:
    code = offer(tmp_path)
    assert not pairing_code.is_waiting(tmp_path, now=lambda: at)
    assert redeem(tmp_path, code, at=at) is None
    assert redeem(tmp_path, code, at=NOW + LIFE_S - 1) is not None


def test_new_code_ends_the_one_before(tmp_path: Path) -> None:
    first = offer(tmp_path)
    second = offer(tmp_path)
    assert redeem(tmp_path, first) is None
    assert redeem(tmp_path, second) is not None


def test_proof_for_another_extension_or_port_is_refused(tmp_path: Path) -> None:
    code = offer(tmp_path)
    other = "moz-extension://00000000-0000-4000-8000-000000000002"
    assert redeem(tmp_path, code, origin=other) is None
    assert redeem(tmp_path, code, port=PORT + 1) is None, "somebody passes on what they heard"
    assert redeem(tmp_path, code) is not None


def test_a_thousand_guesses_end_the_code_and_pair_nobody(tmp_path: Path) -> None:
    code = offer(tmp_path)
    guesses = itertools.islice(iter(pairing_code.new_code, code), 1000)
    assert not any(redeem(tmp_path, guess) for guess in guesses)
    assert redeem(tmp_path, code) is None, "nor is the right one taken any more"
    assert native_host.read_pairings(str(tmp_path)) == {}


def test_a_few_mistakes_are_forgiven(tmp_path: Path) -> None:
    code = offer(tmp_path)
    for _ in range(MOST_TRIES - 1):
        assert redeem(tmp_path, "0000-0000-0000") is None
    assert redeem(tmp_path, code) is not None


def test_code_itself_is_never_written(tmp_path: Path) -> None:
    code = offer(tmp_path)
    content = (tmp_path / CODE).read_text()
    assert code not in content
    assert code.replace("-", "") not in content
    assert (tmp_path / CODE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content",
    ("", "[]", "null", "{", '{"key": "00", "made": 1, "tries": 0}', '{"key": 3}'),
)
def test_file_that_is_rubbish_is_no_code(tmp_path: Path, content: str) -> None:
    (tmp_path / CODE).write_text(content)
    assert not pairing_code.is_waiting(tmp_path, now=lambda: NOW)
    assert redeem(tmp_path, "0000-0000-0000") is None


def test_withdrawn_code_is_gone(tmp_path: Path) -> None:
    code = offer(tmp_path)
    pairing_code.withdraw(tmp_path)
    pairing_code.withdraw(tmp_path)
    assert redeem(tmp_path, code) is None


def test_end_waits_for_whoever_is_being_paired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code is gone before the pairing stands: a terminal that looks between must not say no."""
    begun, on = threading.Event(), threading.Event()
    add = native_host.add_pairing

    def slowly(*given: str, **named: str) -> None:
        begun.set()
        assert on.wait(10)
        add(*given, **named)

    code = offer(tmp_path)
    monkeypatch.setattr(native_host, "add_pairing", slowly)
    with ThreadPoolExecutor(2) as threads:
        paired = threads.submit(redeem, tmp_path, code)
        assert begun.wait(10)
        ended = threads.submit(pairing_code.end, tmp_path)
        with pytest.raises(TimeoutError):
            ended.result(timeout=0.2)
        on.set()
        ended.result(timeout=10)
        assert len(native_host.read_pairings(str(tmp_path))) == 1
        assert paired.result(timeout=10) is not None


def test_fault_while_pairing_uses_the_code_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    code = offer(tmp_path)
    monkeypatch.setattr(native_host, "add_pairing", full)
    with pytest.raises(OSError, match="no space"):
        redeem(tmp_path, code)
    monkeypatch.undo()
    assert not (tmp_path / CODE).exists()


def test_tries_are_counted_over_a_restart_of_the_service(tmp_path: Path) -> None:
    offer(tmp_path)
    redeem(tmp_path, "0000-0000-0000")
    assert json.loads((tmp_path / CODE).read_text())["tries"] == 1
