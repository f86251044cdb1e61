"""Who is on the other end: other users of this computer, and other computers.

D20, D21 and D23 of docs/security.md; D22, a squatter on our port, is for the extension to notice.
"""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from harness.raw_http import Caller, answer_of, parse
from harness.service_process import Home
from harness.stub_service import running_stub
from notalone import native_host, server
from notalone.errors import SetupError

ANOTHER = "127.0.0.3"  # of this computer; the tests beside this one may listen on 127.0.0.2
GOLDEN = b'{"messages": [{"id": "1", "text": "lure"}]}'
# Becomes another user where it may (as root), tries to read the secrets, then to ask without them.
ANOTHER_USER = """
import os, socket, sys
if os.geteuid() == 0:
    nobody = 65534
    os.setgroups([]); os.setgid(nobody); os.setuid(nobody)
    try:
        open(sys.argv[1])
    except PermissionError:
        pass
    else:
        sys.exit("another user can read the secrets")
with socket.socket() as connection:
    connection.settimeout(20)
    connection.connect(("127.0.0.1", int(sys.argv[2])))
    connection.sendall(bytes.fromhex(sys.argv[3]))
    print(connection.recv(65536).hex())
"""


def test_d20_secrets_are_for_the_owner_alone(attacked: Home, caller: Caller) -> None:
    assert caller.pairing
    for name in (native_host.PAIRINGS, native_host.SERVICE, native_host.SERVICE_LOCK):
        seen = (attacked.data / name).lstat()
        assert stat.S_IMODE(seen.st_mode) == 0o600, name
        assert seen.st_uid == os.geteuid()
    assert stat.S_IMODE(attacked.data.stat().st_mode) & 0o022 == 0


def test_d20_secret_is_never_written_through_a_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("of somebody else")
    (tmp_path / native_host.PAIRINGS).symlink_to(elsewhere)
    native_host.pair(str(tmp_path), Caller(0, "").origin, known_as=None)
    assert elsewhere.read_text() == "of somebody else"
    assert not (tmp_path / native_host.PAIRINGS).is_symlink()


def test_d21_another_user_gets_no_secret_and_an_empty_403(attacked: Home, caller: Caller) -> None:
    request = caller.request(GOLDEN, Authorization=None)
    secrets = str(attacked.data / native_host.PAIRINGS)
    sent = subprocess.run(
        [sys.executable, "-IS", "-c", ANOTHER_USER, secrets, str(caller.port), request.hex()],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert sent.returncode == 0, sent.stderr
    answer = parse(bytes.fromhex(sent.stdout))
    assert (answer.status, answer.body) == (403, b"")


def test_d23_only_loopback_is_listened_on_whatever_the_environment_says(home: Home) -> None:
    """Shells set HOST to the computer's name: it must neither open the door nor keep us away."""

    class Misled(Home):
        @property
        def environment(self) -> dict[str, str]:
            wide = "0.0.0.0"  # noqa: S104 - what must be ignored
            names = ("HOST", "BIND", "LISTEN", "NOTALONE_HOST", "FLASK_RUN_HOST", "SERVER_NAME")
            return {**super().environment, **dict.fromkeys(names, wide)}

    misled = Misled(home.folder)
    with running_stub(misled) as port:
        listening = [
            connection.laddr
            for connection in psutil.Process(misled.service_pid()).connections("inet")
            if connection.status == psutil.CONN_LISTEN
        ]
        assert listening == [("127.0.0.1", port)]


@pytest.mark.parametrize("host", ("0.0.0.0", "::", "192.168.1.7", "169.254.1.1"))  # noqa: S104
def test_d23_start_on_any_other_address_is_refused(
    host: str, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTALONE_HOME", str(home.data))
    with pytest.raises(SetupError, match="this computer only"):
        server.start(host=host, build=pytest.fail)
    assert home.announced() is None


def test_d23_whoever_comes_by_another_address_of_this_computer_finds_nobody(
    caller: Caller,
) -> None:
    own = {
        address.address
        for addresses in psutil.net_if_addrs().values()
        for address in addresses
        if address.family == socket.AF_INET and not address.address.startswith("127.")
    }
    for address in (*own, ANOTHER):
        with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
            socket.create_connection((address, caller.port), timeout=5)
    assert answer_of(caller.port, caller.request(GOLDEN)).status == 200
