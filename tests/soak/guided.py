"""Fuzzing guided by coverage, with atheris: `python -m soak.guided body -max_total_time=60`.

atheris is no dependency (it is built for Linux, and for some Pythons only): `pip install atheris`.
What is to be instrumented is imported late.
What it finds becomes a seed in `targets.py`, or a test of its own.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

from soak.figures import Figure, none_of
from soak.kills import PATH


def main() -> None:
    """Fuzz the target that is named first; the rest is libFuzzer's."""
    import atheris

    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["notalone"]):
        from soak.targets import TARGETS
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


def figures(folder: Path, *, seconds: int) -> list[Figure]:
    """Each target for *seconds*; told only where atheris is not installed."""
    if importlib.util.find_spec("atheris") is None:
        return [Figure("fuzzing guided by coverage", "not measured: pip install atheris")]
    from soak.targets import SEEDS

    found = []
    for name in SEEDS:
        corpus = folder / name
        corpus.mkdir(parents=True)
        for number, seed in enumerate(SEEDS[name]):
            (corpus / str(number)).write_bytes(seed)
        done = subprocess.run(
            [
                sys.executable,
                *("-m", "soak.guided", name, f"-max_total_time={seconds}", "-timeout=5"),
                *(f"-artifact_prefix={folder}/", "-max_len=4096", str(corpus)),
            ],
            env={**os.environ, "PYTHONPATH": os.pathsep.join((PATH, *sys.path))},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        runs = re.findall(r"Done (\d+) runs|^#(\d+)", done.stderr, re.MULTILINE)
        tried = max((int(one or other) for one, other in runs), default=0)
        if done.returncode:
            print(done.stderr[-3000:], file=sys.stderr)
        what = f"fuzzing guided by coverage: {name}, {tried:,} inputs: mistakes found"
        found.append(none_of(what, int(done.returncode != 0)))
    return found


if __name__ == "__main__":
    main()
