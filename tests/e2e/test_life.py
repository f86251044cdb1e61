"""A family's computer from the installation to the last trace of it, with the real packages.

Install, log in again, the browser wakes the service, a card; a newer version comes while the
browser is open, a card; uninstall, and the home folder is as it was.
"""

from __future__ import annotations

import hashlib
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from e2e.pictures import SCREENS
from e2e.zalo_chat import open_with_card
from harness import chromium as browsers
from harness.chromium import Chromium
from harness.packages import built_wheel, copied_sources
from harness.service_process import Home
from harness.waiting import wait_for

OF_THE_BROWSER = (".cache", ".config/chromium", ".local/share/pki", ".pki", "tmp")
OURS = ("notalone", "khongmotminh")
NEWER = "0.2.0"


class Computer:
    """One person's account: a Python environment as pipx makes it, and what is put into it."""

    def __init__(self, home: Home) -> None:
        shutil.rmtree(home.data)
        home.data = home.folder / ".local" / "share" / "notalone"
        self.home = home
        self.pipx = home.folder / ".local" / "share" / "pipx"
        self.environment = self.pipx / "venvs" / "notalone"

    def make_environment(self) -> None:
        subprocess.run(
            [sys.executable, "-m", "venv", "--without-pip", self.environment], check=True
        )
        # its dependencies are those of the tests: no network
        (self.packages / "others.pth").write_text(sysconfig.get_path("purelib"))

    @property
    def packages(self) -> Path:
        (folder,) = self.environment.glob("lib/python3*/site-packages")
        return folder

    def put(self, wheel: Path) -> None:
        """What `pipx install` and `pipx upgrade` do."""
        python = str(self.environment / "bin" / "python")
        pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
        options = ["--quiet", "--no-deps", "--no-index", "--force-reinstall"]
        subprocess.run([*pip, "install", *options, str(wheel)], check=True)

    def run(self, *arguments: str) -> str:
        """`notalone ARGUMENTS` as this person types it; what it said."""
        done = subprocess.run(
            [self.environment / "bin" / "notalone", *arguments],
            env=self.sees,
            cwd=self.home.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    @property
    def sees(self) -> dict[str, str]:
        left_out = ("NOTALONE_HOME", "PYTHONPATH")
        given = {k: v for k, v in self.home.environment.items() if k not in left_out}
        return {**given, "PATH": "/usr/bin:/bin"}

    @contextmanager
    def logged_in(self) -> Iterator[None]:
        """What the system starts at log-in, as its own file says, until the session ends."""
        config = self.home.folder / ".config"
        places = ("systemd/user/notalone.service", "autostart/vn.khongmotminh.notalone.desktop")
        (place,) = (config / name for name in places if (config / name).is_file())
        (line,) = (one for one in place.read_text().splitlines() if one.startswith("Exec"))
        command = shlex.split(line.partition("=")[2].removeprefix(":"))
        process = subprocess.Popen(command, env={**self.sees}, cwd="/")
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)

    def shut_down(self) -> None:
        """As when the computer is switched off: nothing of this person runs any more."""
        self.home.end_everything()

    def version(self) -> object:
        """Of the service that runs."""
        announced = self.home.announced()
        return announced and self.home.service_pid() and announced["service"]

    def everything(self) -> dict[str, str]:
        """Every file and folder of this person but the browser's own, with what is in it."""
        found = {}
        for path in self.home.folder.rglob("*"):
            name = path.relative_to(self.home.folder).as_posix()
            if path.is_symlink():
                found[name] = f"to {path.readlink()}"
            else:
                is_file = path.is_file()
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if is_file else "folder"
        return {
            name: content
            for name, content in found.items()
            if not name.endswith(".netlog.json")
            and (
                not name.startswith(OF_THE_BROWSER)
                or any(mark in name for mark in ("NativeMessagingHosts", *OURS))
            )
        }


def see_a_card(browser: Chromium, *, picture: str) -> None:
    page, _ = open_with_card(browser)
    page.screenshot(path=SCREENS / f"{picture}.vi.light.png")
    page.close()


def see(browser: Chromium, name: str, *, picture: str) -> None:
    page = browser.own_page(name)
    page.locator("#state-line:not(:empty)").wait_for()
    page.screenshot(path=SCREENS / f"{picture}.vi.light.png", full_page=True)
    page.close()


def wait_for_state(browser: Chromium, state: str) -> None:
    page = browser.own_page("popup")
    wait_for(
        lambda: browser.status(page)["state"] == state,
        what=f"the extension to say {state}",
        within_s=60,
        poll_s=0.1,
    )
    page.close()


@pytest.fixture
def computer(home: Home) -> Computer:
    return Computer(home)


def newer_wheel(folder: Path) -> Path:
    """A build of the next version, which speaks the next protocol too."""
    source = copied_sources(folder / "source")
    for name, old, new in (
        ("__init__.py", '__version__ = "', f'__version__ = "{NEWER}"  # was "'),
        ("config.py", "PROTOCOL = 1", "PROTOCOL = 2"),
    ):
        path = source / "service" / "notalone" / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
    return built_wheel(folder / "dist", source=source)


def test_life_of_an_installation(
    computer: Computer, playwright: Playwright, site_port: int, tmp_path: Path
) -> None:
    home = computer.home
    profile = home.folder / ".config" / "chromium"
    for used_before in (profile, home.folder / ".local" / "share" / "pki"):
        used_before.mkdir(parents=True)
    before = computer.everything()

    computer.make_environment()
    computer.put(built_wheel(tmp_path / "first"))
    said = computer.run("install")
    assert "Chromium: đã nối" in said
    assert "Tự chạy khi đăng nhập máy" in said
    first = computer.run("--version").split()[1]

    with computer.logged_in():
        wait_for(lambda: computer.version() == first, what="the service at log-in", within_s=30)
    wait_for(lambda: not home.processes(), what="the session to end")

    with browsers.chromium(
        playwright,
        home=home,
        site_port=site_port,
        native_host=False,
        profile=profile,
        extension=computer.packages / "notalone" / "extension",
    ) as browser:
        browser.wait_until_on()  # nothing but the browser has started it
        assert computer.version() == first
        see(browser, "welcome", picture="life-1-installed")
        see_a_card(browser, picture="life-2-card")

        computer.put(newer_wheel(tmp_path / "second"))
        computer.run("install")
        wait_for_state(browser, "update_needed")
        assert computer.version() == NEWER
        assert browser.icon()["title"] == browser.message("state_update_needed")
        see(browser, "popup", picture="life-3-update-needed")
        see_a_card(browser, picture="life-4-card-after-the-update")

    removed = computer.run("uninstall")
    assert "NativeMessagingHosts" in removed
    assert "notalone.service" in removed or "autostart" in removed
    wait_for(lambda: not home.processes(), what="everything to end")
    shutil.rmtree(computer.pipx)  # `pipx uninstall`
    assert computer.everything() == before
