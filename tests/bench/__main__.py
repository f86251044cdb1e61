"""`make bench`: measure, print one table a part, and keep the last of each in docs/bench.md."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import psutil

from bench import batch, engine, links, memory, page, rspamd, start
from bench.table import Result, renewed, wrapped
from harness.service_process import REPOSITORY

DOCUMENT = REPOSITORY / "docs" / "bench.md"
PARTS: dict[str, Callable[[Path], Result]] = {
    "batch": batch.costs,
    "start": start.costs,
    "links": links.costs,
    "engine": engine.costs,
    "rspamd": rspamd.costs,
    "memory": memory.costs,
    "page": page.costs,
}


def opening() -> str:
    """What stands above the tables."""
    memory_gb = psutil.virtual_memory().total / 2**30
    about = f"""The last tables of `make bench` (one part alone: `make bench ARGS=engine`), measured
with Python {platform.python_version()} and spaCy {metadata.version("spacy")} on
{platform.system()}, {os.cpu_count()} processors, {memory_gb:.0f} GB. Both sides of each ratio are
measured in one run, in turn, as processor time unless the row says wall clock; medians. The ratios
carry over to other machines, the milliseconds do not. A goal that was not reached says so. "Load"
is how many other programs wanted a processor meanwhile."""
    return f"# How fast it is\n\n{wrapped(about)}\n"


def main() -> int:
    """Measure the parts that are asked for, print them, keep them."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS), help="all when none is named")
    asked = parser.parse_args().parts or list(PARTS)
    if unknown := set(asked).difference(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    for name in asked:
        with tempfile.TemporaryDirectory() as folder:
            result = PARTS[name](Path(folder))
        section = f"## {name} ({when()})\n\n{result.section}\n"
        print(section, flush=True)
        kept = DOCUMENT.read_text("utf-8") if DOCUMENT.is_file() else ""
        after = renewed(kept, name, section, parts=tuple(PARTS), opening=opening())
        DOCUMENT.write_text(after, encoding="utf-8")
    return 0


def when() -> str:
    """Today, and how busy the machine has been in the last five minutes."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    busy = psutil.getloadavg()[1] - 1  # one of them is the bench itself
    return f"{today}, load {max(0, busy):.1f}"


if __name__ == "__main__":
    sys.exit(main())
