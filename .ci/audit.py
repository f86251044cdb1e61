"""Ask the registries for known holes in every package that is pinned here; `make audit`.

pip-audit asks for Python's, npm for those of JavaScript. Both are quiet about what they could not
ask: here that is said, and is no all-clear. The service carries `run.txt`, Setup.exe `windows.txt`
too; the others are tools of those who work on it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sbom

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("run", "windows", "test", "audit")
FOUND, UNASKED = 1, 2  # exit statuses
PIP_AUDIT = (sys.executable, "-m", "pip_audit")
NPM = ("npm", "audit", "--json", "--package-lock-only")


@dataclass(slots=True)
class Answer:
    """What one of them says of its packages."""

    asked: int = 0
    holes: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)  # a package, or everything, and why


def of_python(locks: list[Path], command: tuple[str, ...] = PIP_AUDIT) -> Answer:
    """Every pin of *locks*, also those for other systems than this one."""
    pins = sorted({pin[:2] for lock in locks for pin in sbom.pinned(lock.read_text("utf-8"))})
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "pins.txt"
        listed.write_text("".join(f"{name}=={version}\n" for name, version in pins), "utf-8")
        options = ("--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json")
        said = _json_of((*command, *options, "--requirement", str(listed)))
    if isinstance(said, str) or "dependencies" not in said:
        return Answer(unasked=[f"{len(pins)} packages: {_reason(said)}"])
    answer = Answer()
    for one in said["dependencies"]:
        if "skip_reason" in one:
            answer.unasked.append(one["skip_reason"])
            continue
        answer.asked += 1
        for hole in one["vulns"]:
            mended = ", ".join(hole["fix_versions"]) or "nowhere yet"
            answer.holes.append(f"{one['name']} {one['version']}: {hole['id']}, mended in {mended}")
    return answer


def of_javascript(root: Path, command: tuple[str, ...] = NPM) -> Answer:
    """Every package of package-lock.json: tools only, nothing of it is shipped."""
    said = _json_of(command, cwd=root)
    if isinstance(said, str) or "metadata" not in said:
        return Answer(unasked=[f"every package of package-lock.json: {_reason(said)}"])
    holes = [
        f"{name} {hole['range']}: {hole['severity']}, {_mended(hole)}"
        for name, hole in sorted(said["vulnerabilities"].items())
    ]
    return Answer(said["metadata"]["dependencies"]["total"], holes)


def _mended(hole: dict[str, Any]) -> str:
    return "a newer version mends it" if hole.get("fixAvailable") else "mended nowhere yet"


def _json_of(command: tuple[str, ...], *, cwd: Path | None = None) -> dict[str, Any] | str:
    """What *command* says as JSON; where that is none, why."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words, no shell
            command, cwd=cwd, capture_output=True, text=True, check=False, timeout=600
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        return (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
    return said if isinstance(said, dict) else "it said something else"


def _reason(said: dict[str, Any] | str) -> str:
    return said if isinstance(said, str) else str(said.get("message", "it said something else"))


def main() -> int:
    """Ask both, and say what they said."""
    parser = argparse.ArgumentParser(prog="audit", description=__doc__)
    parser.add_argument("locks", nargs="*", type=Path, help="requirements files; ours by default")
    options = parser.parse_args()
    locks = options.locks or [ROOT / "requirements" / f"{name}.txt" for name in LOCKS]
    answers = {"Python": of_python(locks), "JavaScript": of_javascript(ROOT)}
    for kind, answer in answers.items():
        print(f"{kind}: {answer.asked} packages asked about, {len(answer.holes)} known holes")
        for hole in answer.holes:
            print(f"  hole: {hole}")
        for unasked in answer.unasked:
            print(f"  not asked: {unasked}")
    if any(answer.holes for answer in answers.values()):
        print("\nCó lỗ hổng đã biết: nâng các gói trên (make lock) rồi chạy lại make test.")
        print("There are known holes: take newer versions of these (make lock), then make test.")
        return FOUND
    if any(answer.unasked for answer in answers.values()):
        print("\nChưa hỏi được hết, nên chưa thể nói là không có lỗ hổng nào.")
        print("Not everything could be asked about, so this is no all-clear.")
        return UNASKED
    return 0


if __name__ == "__main__":
    sys.exit(main())
