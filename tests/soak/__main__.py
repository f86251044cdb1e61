"""`make soak`: every target that is too long for every test, measured, in one table.

Ends with 1 when a target is missed. ARGS="--share 0.01 --minutes 2": less of everything;
ARGS="load fuzz": only those parts.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psutil

from soak import combinations, fuzz, growth, guided, hostile, kills, load, page, swaps
from soak.figures import Figure, table

# The full run of each: how many, or how long.
PARTS: dict[str, Callable[[Path, float, float], list[Figure]]] = {
    "load": lambda folder, share, _: load.figures(folder, count=round(10**6 * share)),
    "combinations": lambda folder, share, _: combinations.figures(
        folder, count=round(10**6 * share)
    ),
    "hostile": lambda folder, share, _: hostile.figures(folder, seconds=max(10, 120 * share)),
    "growth": lambda folder, _, minutes: growth.figures(folder, minutes=minutes),
    "page": lambda folder, _, minutes: page.figures(folder, minutes=minutes / 2),
    "kills": lambda folder, share, _: kills.figures(folder, moments=round(1000 * share)),
    "swaps": lambda folder, share, _: swaps.figures(folder, count=round(1000 * share)),
    "fuzz": lambda folder, share, _: fuzz.figures(folder, count=round(10**5 * share)),
    "guided": lambda folder, share, _: guided.figures(folder, seconds=max(5, round(300 * share))),
}


def main() -> int:
    """Measure the parts that are asked for, print the table; 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS), help="all when none is named")
    parser.add_argument("--share", type=float, default=1.0, help="of every count; 1 is the target")
    parser.add_argument(
        "--minutes",
        type=float,
        default=60.0,
        help="of the memory's slope; half of them of a page's heap",
    )
    options = parser.parse_args()
    if unknown := set(options.parts).difference(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    figures = []
    for name in options.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as folder:
            found = PARTS[name](Path(folder), options.share, options.minutes)
        for figure in found:
            print(*figure.cells, sep=" · ", file=sys.stderr, flush=True)
        figures += found
    print(f"\n{when()}\n\n{table(figures)}")
    return 0 if all(figure.is_met for figure in figures) else 1


def when() -> str:
    """Today, and on what."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    busy = psutil.getloadavg()[2]
    return (
        f"{today}, Python {platform.python_version()} on {platform.system()}, "
        f"{psutil.cpu_count()} processors, load {busy:.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
