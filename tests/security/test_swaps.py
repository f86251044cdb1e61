"""Every file of ours is swapped in one step, whatever happens between any two system calls.

D59, D60 and D61 of docs/security.md, call by call: the process dies there, or the disk does not
take it. Afterwards what is read is all of the old or all of the new, and the next try succeeds.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from harness.compiled_lists import FEEDS, PHISHING, our_pruning, write_snapshot
from harness.faults import Fault, die, failing, system_calls, with_fault
from notalone import kept, native_host
from notalone.address import read_address
from notalone.compiled import open_compiled
from notalone.feeds.build import build, snapshot_path
from notalone.feeds.snapshot import read_snapshot, renew
from notalone.feeds.store import compiled_folder

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork")
ORIGIN = "chrome-extension://" + "a" * 32
VERSION = "ab" * 32
DAYS = (date(2026, 11, 22), date(2026, 11, 23))


class Swap(NamedTuple):
    """What writes content number 0, then 1, below a folder; and what reads which of them is there.

    *read* gives None for neither; it fails where what is there is of no use.
    """

    write: Callable[[Path, int], object]
    read: Callable[[Path], int | None]


def pair(folder: Path, number: int) -> None:
    """The first pairing, then one more."""
    if len(native_host.mend_pairings(str(folder))) <= number:
        native_host.pair(str(folder), ORIGIN, known_as=None)


def pairings(folder: Path) -> int:
    return len(native_host.read_pairings(str(folder))) - 1


def keep(folder: Path, number: int) -> None:
    kept.write(folder / "kept", number, version=VERSION)


def kept_number(folder: Path) -> int | None:
    return kept.read(folder / "kept", int, version=VERSION)


def renew_snapshot(folder: Path, number: int) -> None:
    if not snapshot_path(folder, PHISHING.id).exists():
        write_snapshot(folder, PHISHING, [f"host bad.example {DAYS[0]} {DAYS[0]}"])
    renew(snapshot_path(folder, PHISHING.id).parent, today=DAYS[number])


def snapshot(folder: Path) -> int:
    (row,) = read_snapshot(snapshot_path(folder, PHISHING.id))
    return DAYS.index(row.seen)


def build_list(folder: Path, number: int) -> None:
    """All of a build, from the snapshot to the pointer."""
    write_snapshot(folder, PHISHING, [f"host bad{number}.example"])
    build(folder, FEEDS, pruning=our_pruning())


def listed(folder: Path) -> int:
    found = open_compiled(compiled_folder(folder))
    assert found is not None
    addresses = [read_address(f"https://bad{number}.example/") for number in range(2)]
    (number,) = (at for at, one in enumerate(addresses) if one and found.find(one))
    return number


SWAPS = {
    "pairings": Swap(pair, pairings),
    "what is kept of the rules": Swap(keep, kept_number),
    "a feed's snapshot": Swap(renew_snapshot, snapshot),
    "the compiled list": Swap(build_list, listed),
}
FAULTS: dict[str, Fault] = {
    "dies": die,
    "cannot": failing(errno.ENOSPC),  # or EIO, EACCES: nothing of ours asks which
}


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is such a thing: to wait for a disk shows nothing here."""
    shared = Path("/dev/shm")  # noqa: S108 - in a folder of its own
    if not shared.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=shared) as folder:
        yield Path(folder)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", SWAPS)
def test_d60_fault_between_any_two_system_calls_leaves_the_old_or_the_new(
    name: str, fault: str, memory: Path
) -> None:
    swap = SWAPS[name]

    def fresh(number: int) -> Path:
        folder = memory / str(number)
        folder.mkdir()
        swap.write(folder, 0)
        assert swap.read(folder) == 0
        return folder

    calls = system_calls(lambda: swap.write(fresh(-1), 1)) - system_calls(lambda: fresh(-2))
    assert calls > 5, "this swap makes so few calls that something is amiss"
    found = set()
    for at in range(calls):
        folder = fresh(at)
        ended = with_fault(FAULTS[fault], at, partial(swap.write, folder, 1))
        after = swap.read(folder)
        found.add(after)
        assert after in (0, 1), f"neither is there after a fault before call {at}"
        assert ended in ((9,) if fault == "dies" else (0, 1)), f"call {at} ended with {ended}"
        swap.write(folder, 1)  # and nothing that was left stands in the way
        assert swap.read(folder) == 1, f"after a fault before call {at} it cannot be mended"
    assert found == {0, 1}
