"""Settings writes that are killed at moments spread over their work; `-m harness.killing_pairings`.

A child pairs one browser profile after the other and notes each as soon as it is told that it is
paired. After every kill the file must be readable and hold whatever was noted. Prints two counts:
how often the file could not be used, and how many pairings were lost that had been acknowledged.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from harness.killed import dying_at, killed, undisturbed
from notalone import native_host

ORIGIN = "chrome-extension://" + "a" * 32
WRITES = 4  # in one life of a child


def main() -> None:
    data, moments = Path(sys.argv[1]), int(sys.argv[2])
    noted = data / "noted"
    data.mkdir(parents=True, exist_ok=True)
    operations, usual_s = undisturbed(partial(write, data, noted), data / "operations")
    corrupt = lost = 0
    for moment in range(moments):
        noted.write_bytes(b"")
        share = moment / max(1, moments - 1)
        if moment % 2:
            killed(partial(write, data, noted), share * usual_s)
        else:
            work = partial(write, data, noted)
            killed(partial(dying_at, round(share * operations), work))
        try:
            known = native_host.read_pairings(str(data))
        except ValueError:
            corrupt += 1
            continue
        lost += len(set(noted.read_text("ascii").split()) - set(known))
    print(corrupt, lost)


def write(data: Path, noted: Path) -> None:
    """Pair, and note at once what was acknowledged."""
    for _ in range(WRITES):
        pairing, _secret = native_host.pair(str(data), ORIGIN, known_as=None)
        descriptor = os.open(noted, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, f"{pairing}\n".encode("ascii"))
        os.close(descriptor)


if __name__ == "__main__":
    main()
