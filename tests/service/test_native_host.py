"""The native host: its frames, its files, and that it starts one service and no more."""

from __future__ import annotations

import json
import os
import stat
import struct
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest

from harness.service_process import Home
from harness.stub_service import STUB_COMMAND, stub_environment
from harness.waiting import wait_for
from notalone import native_host
from notalone.config import EXTENSION_ID, GECKO_ID

ORIGIN = f"chrome-extension://{EXTENSION_ID}"
FIREFOX = "moz-extension://00000000-0000-4000-8000-000000000001"
PAIR = {"op": "pair", "origin": ORIGIN, "pairing": None, "protocol": 1}
SCRIPT = native_host.__file__


@pytest.fixture
def folder(home: Home) -> Path:
    """A data folder as `notalone install` leaves it, but with the stub for a service."""
    settings = {
        "start": STUB_COMMAND,
        "path": stub_environment(home)["PYTHONPATH"],
        "extensions": [EXTENSION_ID],
        "gecko": GECKO_ID,
    }
    (home.data / native_host.SETTINGS).write_text(json.dumps(settings))
    (home.data / "native_host.py").write_bytes(Path(SCRIPT).read_bytes())
    return home.data


def talk(
    folder: Path, given: bytes, *, arguments: tuple[str, ...] = (f"{ORIGIN}/",)
) -> subprocess.CompletedProcess[bytes]:
    home = folder.parent
    return subprocess.run(
        [sys.executable, "-IS", folder / "native_host.py", *arguments],
        input=given,
        capture_output=True,
        env={"HOME": str(home), "PATH": os.environ["PATH"]},
        timeout=40,
        check=False,
    )


def answers(output: bytes) -> list[Any]:
    found = []
    while output:
        (length,) = struct.unpack("=I", output[:4])
        found.append(json.loads(output[4 : 4 + length]))
        output = output[4 + length :]
    return found


def ask(folder: Path, request: object, **more: Any) -> Any:
    done = talk(folder, native_host.frame(request), **more)
    (answer,) = answers(done.stdout)
    return answer


def test_first_call_pairs_and_starts_a_service_that_outlives_it(folder: Path) -> None:
    answer = ask(folder, PAIR)
    assert answer["ok"], answer
    state = native_host.running_service(str(folder))
    assert state is not None
    assert answer["port"] == state["port"]
    assert set(answer) == {"ok", "pairing", "secret", "port", "service", "protocol"}
    service = psutil.Process(int(str(state["pid"])))
    assert os.getsid(service.pid) == service.pid  # a session of its own
    assert service.cwd() == str(folder)


def test_second_call_gets_the_same_pairing_and_the_same_service(folder: Path) -> None:
    first = ask(folder, PAIR)
    again = ask(folder, {**PAIR, "pairing": first["pairing"]})
    assert again == first


def test_eight_calls_at_once_start_one_service(folder: Path, home: Home) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: ask(folder, PAIR), range(8)))
    assert all(reply["ok"] for reply in replies), replies
    assert len({reply["port"] for reply in replies}) == 1
    assert len({reply["pairing"] for reply in replies}) == 8
    assert len(native_host.read_pairings(str(folder))) == 8
    services = [one for one in home.processes() if "harness.stub_service" in one.cmdline()]
    assert len(services) == 1


def test_service_that_was_killed_is_started_again(folder: Path) -> None:
    ask(folder, PAIR)
    state = native_host.running_service(str(folder))
    assert state is not None
    psutil.Process(int(str(state["pid"]))).kill()
    wait_for(
        lambda: native_host.running_service(str(folder)) is None, what="the service to be gone"
    )
    assert (folder / native_host.SERVICE).exists()  # left behind, and not believed
    assert ask(folder, PAIR)["ok"]
    later = native_host.running_service(str(folder))
    assert later is not None
    assert later["boot"] != state["boot"]


def test_service_that_cannot_start_is_said_in_both_languages_without_waiting(folder: Path) -> None:
    settings = json.loads((folder / native_host.SETTINGS).read_text())
    settings["start"] = [sys.executable, "-c", "raise SystemExit(3)"]
    (folder / native_host.SETTINGS).write_text(json.dumps(settings))
    begun = time.monotonic()
    answer = ask(folder, PAIR)
    assert time.monotonic() - begun < native_host.START_WAIT_S / 2
    assert answer["error"] == "no_service"
    assert set(answer["say"]) == {"vi", "en"}
    for text in answer["say"].values():
        assert f"{native_host.command()} doctor" in text


def test_service_that_cannot_start_leaves_no_pairing_behind(folder: Path) -> None:
    known = ask(folder, PAIR)["pairing"]
    state = native_host.running_service(str(folder))
    assert state is not None
    psutil.Process(int(str(state["pid"]))).kill()
    wait_for(
        lambda: native_host.running_service(str(folder)) is None, what="the service to be gone"
    )
    settings = json.loads((folder / native_host.SETTINGS).read_text())
    settings["start"] = [sys.executable, "-c", "raise SystemExit(3)"]
    (folder / native_host.SETTINGS).write_text(json.dumps(settings))
    assert ask(folder, PAIR)["error"] == "no_service"
    assert ask(folder, {**PAIR, "pairing": known})["error"] == "no_service"
    assert list(native_host.read_pairings(str(folder))) == [known]


@pytest.mark.parametrize("folder_name", ("bin", "Tài liệu", "bé's"))
def test_command_can_be_typed_as_it_stands(
    tmp_path: Path, folder_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / folder_name / "notalone"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "ran $1"\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program.with_name("python")))
    done = subprocess.run(
        ["/bin/sh", "-c", f"{native_host.command()} doctor"],
        capture_output=True,
        text=True,
        env={"PATH": "/nowhere"},
        check=False,
    )
    assert done.stdout == "ran doctor\n"


def test_command_without_a_program_beside_python_goes_through_python(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python3")
    assert native_host.command() == "/no/such/python3 -m notalone"


@pytest.mark.parametrize(
    ("settings", "error"),
    ((None, "broken"), (b"{", "broken"), (b"[]", "broken"), (b"{}", "broken")),
    ids=("missing", "half", "list", "empty"),
)
def test_damaged_installation_is_said(folder: Path, settings: bytes | None, error: str) -> None:
    (folder / native_host.SETTINGS).unlink()
    if settings is not None:
        (folder / native_host.SETTINGS).write_bytes(settings)
    assert ask(folder, PAIR)["error"] == error


def test_firefox_is_known_by_the_add_on_it_names(folder: Path) -> None:
    request = {**PAIR, "origin": FIREFOX}
    assert ask(folder, request, arguments=("/some/manifest.json", GECKO_ID))["ok"]


@pytest.mark.parametrize(
    ("request_", "arguments"),
    (
        ({**PAIR, "origin": "https://evil.example"}, (f"{ORIGIN}/",)),
        ({**PAIR, "origin": f"{ORIGIN}/"}, (f"{ORIGIN}/",)),
        ({**PAIR, "origin": "chrome-extension://" + "b" * 32}, (f"{ORIGIN}/",)),
        ({**PAIR, "origin": "chrome-extension://" + "b" * 32}, ("chrome-extension://bbb/",)),
        (PAIR, ()),
        ({**PAIR, "origin": FIREFOX}, ("/some/manifest.json", "other@addon.example")),
        ({**PAIR, "origin": 7}, (f"{ORIGIN}/",)),
        ({**PAIR, "pairing": ["x"]}, (f"{ORIGIN}/",)),
        ({**PAIR, "op": "unpair"}, (f"{ORIGIN}/",)),
        (["pair"], (f"{ORIGIN}/",)),
        (None, (f"{ORIGIN}/",)),
    ),
    ids=(
        "page",
        "slash",
        "other_extension",
        "unlisted_extension",
        "no_browser",
        "other_addon",
        "number",
        "pairing_list",
        "other_op",
        "list",
        "null",
    ),
)
def test_whoever_the_browser_does_not_vouch_for_gets_no_secret(
    folder: Path, request_: object, arguments: tuple[str, ...]
) -> None:
    answer = ask(folder, request_, arguments=arguments)
    assert answer["error"] == "bad_request"
    assert "secret" not in answer
    assert not (folder / native_host.PAIRINGS).exists()


def test_no_request_lets_another_extension_in(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    other = "chrome-extension://" + "b" * 32
    asked: tuple[dict[str, object], ...] = (
        {**PAIR, "origin": other, "extensions": ["b" * 32]},
        {**PAIR, "origin": other, "named": ["b" * 32]},
        {**PAIR, "op": "name", "extension": "b" * 32},
        {**PAIR, "op": "install", "arguments": ["--extension-id", "b" * 32]},
    )
    for request in asked:
        answer = ask(folder, request, arguments=(f"{other}/", "--extension-id", "b" * 32))
        assert answer["error"] == "bad_request"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_pairing_of_another_origin_is_not_handed_out(folder: Path) -> None:
    first = ask(folder, PAIR)
    stolen = {**PAIR, "origin": FIREFOX, "pairing": first["pairing"]}
    other = ask(folder, stolen, arguments=("/some/manifest.json", GECKO_ID))
    assert other["ok"]
    assert other["pairing"] != first["pairing"]
    assert other["secret"] != first["secret"]


def test_two_frames_get_two_answers_and_nothing_else_is_written(folder: Path) -> None:
    done = talk(folder, native_host.frame(PAIR) + native_host.frame({"op": "?"}))
    first, second = answers(done.stdout)
    assert first["ok"]
    assert second["error"] == "bad_request"
    assert done.returncode == 0


@pytest.mark.parametrize(
    "given",
    (
        b"\xff\xff\xff\xff",
        struct.pack("=I", 2 * 1024 * 1024) + b"x",
        struct.pack("=I", 10) + b"{",
        struct.pack("=I", 3) + b"\xff\xfe\xfd",
        struct.pack("=I", 60_000) + b"[" * 60_000,
    ),
    ids=("endless", "too_long", "cut_off", "not_utf8", "deep"),
)
def test_frame_that_cannot_be_read_gets_an_answer(folder: Path, given: bytes) -> None:
    done = talk(folder, given)
    (answer,) = answers(done.stdout)
    assert answer["error"] == "bad_request"


def test_closed_pipe_ends_the_host_in_silence(folder: Path) -> None:
    done = talk(folder, b"")
    assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 0)


def test_secrets_are_for_the_owner_only(folder: Path) -> None:
    native_host.pair(str(folder), ORIGIN, known_as=None)
    assert stat.S_IMODE((folder / native_host.PAIRINGS).stat().st_mode) == 0o600
    (folder / native_host.PAIRINGS).chmod(0o644)
    native_host.read_pairings(str(folder))
    assert stat.S_IMODE((folder / native_host.PAIRINGS).stat().st_mode) == 0o600


def test_file_half_written_never_takes_the_place_of_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    native_host.write_private(str(path), b"old")
    with pytest.raises(TypeError):
        native_host.write_private(str(path), "not bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_written_file_does_not_follow_a_link(tmp_path: Path) -> None:
    target, path = tmp_path / "target", tmp_path / "file"
    target.write_bytes(b"mine")
    path.symlink_to(target)
    native_host.write_private(str(path), b"new")
    assert target.read_bytes() == b"mine"
    assert not path.is_symlink()


@pytest.mark.parametrize("kind", ("link", "folder", "pipe", "long"))
def test_what_is_no_plain_file_of_ours_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "file"
    if kind == "link":
        path.symlink_to(tmp_path / "nowhere")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(b"x" * (native_host.MAX_FILE_BYTES + 1))
    with pytest.raises(ValueError, match=r"cannot|is "):
        native_host.read_private(str(path))


def test_oldest_pairing_makes_room_for_the_newest(tmp_path: Path) -> None:
    made = [
        native_host.pair(str(tmp_path), ORIGIN, known_as=None)[0]
        for _ in range(native_host.MAX_PAIRINGS + 2)
    ]
    assert list(native_host.read_pairings(str(tmp_path))) == made[2:]


def test_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    held = native_host.take_lock(path, wait_s=0)
    assert held is not None
    assert native_host.take_lock(path, wait_s=0.05) is None
    with (
        pytest.raises(OSError, match="another process holds it"),
        native_host.locked(path, wait_s=0),
    ):
        pass
    os.close(held)
    again = native_host.take_lock(path, wait_s=0)
    assert again is not None
    os.close(again)
    with native_host.locked(path, wait_s=0):
        assert native_host.take_lock(path, wait_s=0) is None
    with native_host.locked(path, wait_s=0):
        pass  # it was given back


def test_full_disk_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: str, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(native_host, "write_private", refuse)
    answer = native_host.answer(PAIR, [f"{ORIGIN}/"], str(folder))
    assert answer["error"] == "no_data_folder"
