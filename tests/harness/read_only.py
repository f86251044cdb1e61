"""A service whose data folder can be written no more, from one moment on.

Run as `… python -m harness.read_only FOLDER` behind `command()`: permissions do not hold back an
administrator, as who tests often is, unless this power is laid down. Prints what became of it, as
JSON.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from harness.native_host import ORIGIN, PairedClient, ask_native_host, native_host_path, pair
from harness.service_process import Home, RunningService
from notalone.config import PROTOCOL

LURE = "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"


def command() -> list[str]:
    """What starts a program that no folder's permissions can be overridden by."""
    if os.geteuid():
        return []
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


def main() -> None:
    home = Home(Path(sys.argv[1]))
    service = RunningService(home)
    try:
        client = pair(service.start())
        launcher = native_host_path(home)
        before = level(client)
        home.data.chmod(0o500)
        after = [level(client) for _ in range(3)]
        asked = ask_native_host(
            home,
            {"op": "pair", "origin": ORIGIN, "pairing": None, "protocol": PROTOCOL},
            launcher=launcher,
        )
        known = ask_native_host(
            home,
            {"op": "pair", "origin": ORIGIN, "pairing": client.pairing, "protocol": PROTOCOL},
            launcher=launcher,
        )
        pin = client.post("/v1/pin", {"do": "set", "new": "2468"})
        still = level(client)
    finally:
        service.stop()
    started = home.run("start")
    home.data.chmod(0o700)
    again = pair(service.start())
    mended = level(again)
    service.stop()
    print(
        json.dumps(
            {
                "levels": [before, *after, still, mended],
                "new": asked,
                "known": known["ok"],
                "pin": [pin.status, pin.body],
                "start": [started.returncode, started.stdout + started.stderr],
                "log": service.log.read_text("utf-8"),
            }
        )
    )


def level(client: PairedClient) -> str:
    reply = client.check(messages=[{"id": "1", "text": LURE, "from_me": False}])
    return str(reply["messages"][0]["level"])


if __name__ == "__main__":
    main()
