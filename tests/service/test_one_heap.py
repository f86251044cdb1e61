"""Threads that hold memory share one heap of the C library, in the service too."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from notalone.one_heap import keep_one_heap

# As many threads as the service has, each with memory of its own that is too large for Python's
# own allocator; prints how many heaps the C library then has. The service does so where it would
# make its checker, and ends.
THREADS = """
import ctypes, re, sys, tempfile, threading
from notalone import server
def count():
    met = threading.Barrier(9)
    def hold():
        held = [bytes(2000) for _ in range(100)]
        met.wait()
        met.wait()
    for _ in range(8):
        threading.Thread(target=hold).start()
    met.wait()
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    with tempfile.NamedTemporaryFile() as said:
        file = ctypes.c_void_p(libc.fopen(said.name.encode(), b"w"))
        libc.malloc_info(0, file)
        libc.fclose(file)
        heaps = len(re.findall(rb"<heap nr", said.read()))
    met.wait()
    print(heaps)
    sys.exit()
server.start(build=count) if sys.argv[1] == "service" else count()
"""

is_glibc = sys.platform == "linux" and os.confstr("CS_GNU_LIBC_VERSION") is not None


def heaps(where: str, folder: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-c", THREADS, where],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "NOTALONE_HOME": str(folder),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    (counted,) = filter(str.isdigit, done.stdout.splitlines())  # the service says more
    return int(counted)


@pytest.mark.skipif(not is_glibc, reason="only glibc has a heap for each thread")
def test_eight_threads_of_the_service_share_one_heap(tmp_path: Path) -> None:
    assert heaps("service", tmp_path) == 1
    assert heaps("elsewhere", tmp_path) > 1, "without it there are more: this test would see them"


def test_c_library_that_knows_no_such_choice_keeps_its_own_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    assert not keep_one_heap()
