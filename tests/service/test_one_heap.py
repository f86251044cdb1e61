"""Threads that hold memory share one heap of the C library."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# As many threads as the service has, each with memory of its own that is too large for Python's
# own allocator; prints how many heaps the C library then has.
THREADS = """
import ctypes, re, sys, tempfile, threading
from notalone.one_heap import keep_one_heap
if sys.argv[1] == "one":
    assert keep_one_heap()
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
    print(len(re.findall(rb"<heap nr", said.read())))
met.wait()
"""

is_glibc = sys.platform == "linux" and os.confstr("CS_GNU_LIBC_VERSION") is not None


def heaps(how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", THREADS, how],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.skipif(not is_glibc, reason="only glibc has a heap for each thread")
def test_eight_threads_share_one_heap() -> None:
    assert heaps("one") == 1
    assert heaps("usual") > 1, "without it there are more: this test would see them"
