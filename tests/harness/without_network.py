"""A service and its client alone in a network namespace that has nothing but loopback.

Run as `unshare -rn python -m harness.without_network FOLDER`, with a request on standard input;
prints the answer and what the kernel counted, whatever library asked for it.
"""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import subprocess
import sys
from pathlib import Path

from harness.native_host import pair
from harness.service_process import Home, RunningService

SIOCSIFFLAGS = 0x8914  # linux/sockios.h
IFF_UP = 1
COMMAND = ("unshare", "--map-root-user", "--net")


def is_allowed() -> bool:
    """Whether this computer lets us make a network namespace at all."""
    try:
        return subprocess.run([*COMMAND, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def main() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14x", b"lo", IFF_UP)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, request)
    before = counted()
    service = RunningService(Home(Path(sys.argv[1])))
    try:
        client = pair(service.start())  # asks once: hello
        reply = client.check(**json.load(sys.stdin))  # and once more
    finally:
        service.stop()
    after = counted()
    print(
        json.dumps(
            {
                "reply": reply,
                "interfaces": [name for _, name in socket.if_nameindex()],
                "counted": {name: after[name] - before[name] for name in before},
            }
        )
    )


def counted() -> dict[str, int]:
    """Connections begun and datagrams sent by anybody in this namespace."""
    lines = Path("/proc/net/snmp").read_text().splitlines()
    found: dict[str, int] = {}
    for names, numbers in zip(lines[::2], lines[1::2], strict=True):
        kind, *rest = names.split()
        found |= {
            f"{kind}{name}": int(number)
            for name, number in zip(rest, numbers.split()[1:], strict=True)
        }
    six = dict(line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    return {
        "connections": found["Tcp:ActiveOpens"],
        "datagrams": found["Udp:OutDatagrams"] + int(six["Udp6OutDatagrams"]),
    }


if __name__ == "__main__":
    main()
