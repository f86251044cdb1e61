"""Proof, token, and the pairing file as the service reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from notalone import native_host
from notalone.pairing import Pairings, hello_proof, new_boot, session_token

ORIGIN = "chrome-extension://" + "a" * 32
OTHER = "moz-extension://00000000-0000-4000-8000-000000000001"
BOOT = "cd" * 16
NONCE = "ab" * 32


@pytest.fixture
def pairings(tmp_path: Path) -> Pairings:
    return Pairings(tmp_path, BOOT)


def test_proof_and_token_keep_their_published_bytes() -> None:
    secret = "00" * 31 + "01"
    assert hello_proof(secret, nonce=NONCE, port=21113, boot=BOOT) == (
        "74fbada819cbd0b2afe5c0565e7e4c96b1217c020ebf52da26e233a3f2dd8a45"
    )
    assert session_token(secret, boot=BOOT) == (
        "537be403b76d2fc8f600884cd1811265209034fc93027346f0a5219ad6f9bec2"
    )


def test_boot_id_is_new_each_time() -> None:
    assert new_boot() != new_boot()
    assert len(new_boot()) == 32


def test_without_a_file_nobody_is_known(pairings: Pairings) -> None:
    assert pairings.origins() == ()
    assert not pairings.accepts("", origin=ORIGIN)


def test_pairing_made_while_running_is_known_at_once(pairings: Pairings, tmp_path: Path) -> None:
    assert pairings.origins() == ()
    _, secret = native_host.pair(str(tmp_path), ORIGIN, known_as=None)
    assert pairings.origins() == (ORIGIN,)
    assert pairings.accepts(session_token(secret, boot=BOOT), origin=ORIGIN)


def test_forgotten_pairing_is_unknown_at_once(pairings: Pairings, tmp_path: Path) -> None:
    pairing, secret = native_host.pair(str(tmp_path), ORIGIN, known_as=None)
    assert pairings.origins() == (ORIGIN,)
    native_host.forget(str(tmp_path), pairing)
    assert not pairings.accepts(session_token(secret, boot=BOOT), origin=ORIGIN)
    assert pairings.origins() == ()


def test_each_profile_of_one_browser_has_its_own_token(pairings: Pairings, tmp_path: Path) -> None:
    secrets = [native_host.pair(str(tmp_path), ORIGIN, known_as=None)[1] for _ in range(3)]
    tokens = {session_token(secret, boot=BOOT) for secret in secrets}
    assert len(tokens) == 3
    assert all(pairings.accepts(token, origin=ORIGIN) for token in tokens)


def test_token_of_one_origin_is_refused_from_another(pairings: Pairings, tmp_path: Path) -> None:
    _, secret = native_host.pair(str(tmp_path), ORIGIN, known_as=None)
    native_host.pair(str(tmp_path), OTHER, known_as=None)
    assert not pairings.accepts(session_token(secret, boot=BOOT), origin=OTHER)


@pytest.mark.parametrize(
    "token", ("", "0" * 64, "đ" * 64, "\udc80"), ids=("empty", "zeros", "letters", "surrogate")
)
def test_invented_token_is_refused(pairings: Pairings, tmp_path: Path, token: str) -> None:
    native_host.pair(str(tmp_path), ORIGIN, known_as=None)
    assert not pairings.accepts(token, origin=ORIGIN)


def test_token_of_an_earlier_boot_is_refused(pairings: Pairings, tmp_path: Path) -> None:
    _, secret = native_host.pair(str(tmp_path), ORIGIN, known_as=None)
    assert not pairings.accepts(session_token(secret, boot="ef" * 16), origin=ORIGIN)


def test_proof_is_given_only_to_the_origin_that_paired(pairings: Pairings, tmp_path: Path) -> None:
    pairing, secret = native_host.pair(str(tmp_path), ORIGIN, known_as=None)
    native_host.pair(str(tmp_path), OTHER, known_as=None)
    right = hello_proof(secret, nonce=NONCE, port=21113, boot=BOOT)
    assert pairings.proof(pairing, origin=ORIGIN, nonce=NONCE, port=21113) == right
    assert pairings.proof(pairing, origin=OTHER, nonce=NONCE, port=21113) is None
    assert pairings.proof("0" * 32, origin=ORIGIN, nonce=NONCE, port=21113) is None


@pytest.mark.parametrize(
    "content",
    (b"", b"{", b"[]", b"\xff\xfe", b'{"x": 1}', b'{"' + b"0" * 32 + b'": {"secret": "short"}}'),
    ids=("empty", "half", "list", "not_utf8", "bad_id", "bad_secret"),
)
def test_broken_file_is_set_aside_and_pairing_goes_on(
    pairings: Pairings, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / native_host.PAIRINGS).write_bytes(content)
    assert pairings.origins() == ()
    assert [path.read_bytes() for path in tmp_path.glob("pairings.json.broken-*")] == [content]
    assert "pair again by themselves" in capsys.readouterr().err
    native_host.pair(str(tmp_path), ORIGIN, known_as=None)
    assert pairings.origins() == (ORIGIN,)


def test_link_in_place_of_the_file_is_not_followed(pairings: Pairings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    native_host.pair(str(elsewhere), ORIGIN, known_as=None)
    (tmp_path / native_host.PAIRINGS).symlink_to(elsewhere / native_host.PAIRINGS)
    assert pairings.origins() == ()


def test_broken_file_that_cannot_be_moved_knows_nobody(
    pairings: Pairings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(native_host, "mend_pairings", refuse)
    (tmp_path / native_host.PAIRINGS).write_bytes(b"{")
    assert pairings.origins() == ()


def test_a_pairing_ends_by_its_own_token_alone(pairings: Pairings, tmp_path: Path) -> None:
    mine, secret = native_host.pair(str(tmp_path), ORIGIN, known_as=None)
    theirs, _ = native_host.pair(str(tmp_path), ORIGIN, known_as=None)
    token = session_token(secret, boot=BOOT)
    assert not pairings.end(theirs, token=token, origin=ORIGIN)
    assert not pairings.end(mine, token=token, origin=OTHER)
    assert not pairings.end(mine, token="", origin=ORIGIN)
    assert pairings.end(mine, token=token, origin=ORIGIN)
    assert not pairings.accepts(token, origin=ORIGIN)
    assert set(native_host.read_pairings(str(tmp_path))) == {theirs}


def test_a_pairing_that_cannot_be_ended_holds_and_is_not_said_to_have_ended(
    pairings: Pairings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, secret = native_host.pair(str(tmp_path), ORIGIN, known_as=None)

    def full(_folder: str, _pairing: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(native_host, "forget", full)
    token = session_token(secret, boot=BOOT)
    assert not pairings.end(mine, token=token, origin=ORIGIN)
    assert pairings.accepts(token, origin=ORIGIN)
