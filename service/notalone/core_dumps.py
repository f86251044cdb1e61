"""No picture of this process's memory, which holds a child's words, ever reaches the disk.

Where it runs as a Linux process, other programs of the same user cannot look into it either, nor a
debugger attach to it. Memory that the system itself swaps out is not ours to keep from the disk.
"""

from __future__ import annotations

import sys

PR_SET_DUMPABLE = 4  # linux/prctl.h


def forbid_core_dumps() -> None:
    """Leave no core file however this process ends; children inherit the limit.

    Raises: nothing; where the system has no such switch (Windows) there is nothing to do.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        # The limit alone does not hold back a core_pattern that pipes into a crash reporter.
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
