"""A browser among strangers: our extension, another one, pages of others, and a service that tells
what arrived at it. The same for Chromium and Firefox, for `tests/security/test_in_browsers.py`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psutil
from marionette_driver import errors
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Playwright

from harness import chromium as browsers
from harness.firefox import ADDRESS, Tab, firefox
from harness.service_process import Home
from harness.strangers import (
    ELSEWHERE,
    OTHER_ID,
    Stranger,
    other_extension,
    stranger,
    taken_over,
)
from harness.stub_service import running_stub
from harness.waiting import wait_for
from harness.watched_door import WATCHED_COMMAND, WATCHES, Arrived, arrived
from notalone.config import EXTENSION_ID, GECKO_ID, NATIVE_HOST_NAME

OTHER_ADDRESS = "11111111-2222-4333-8444-666666666666"  # of the other extension in Firefox
REBOUND = "rebind.test"


class Opened(Protocol):
    """A tab of either browser."""

    def evaluate(self, expression: str, arg: Any = None) -> Any: ...


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a browser before it starts."""

    home: Home
    site_port: int
    service_port: int
    kept: Path  # what arrives at the service
    local: Stranger
    public: Stranger
    rebound: Stranger

    def end_service(self) -> None:
        """As a crash or a log-out would; its port is free afterwards."""
        pid = self.home.service_pid()
        assert pid is not None
        process = psutil.Process(pid)
        process.kill()
        process.wait(timeout=15)


@contextlib.contextmanager
def around(folder: Path, site_port: int) -> Iterator[Around]:
    """The service, and strangers beside it, in a home in *folder*."""
    home = Home(folder)
    kept = folder / "heads"
    with (
        running_stub(home, {WATCHES: str(kept)}, command=WATCHED_COMMAND) as port,
        stranger() as local,
        stranger() as public,
        stranger(ELSEWHERE, port) as rebound,
    ):
        yield Around(home, site_port, port, kept, local, public, rebound)
    home.end_everything()


@dataclass(slots=True)
class Seat:
    """A browser, and what it is told of."""

    name: str
    around: Around
    origin: str  # of our extension
    other: str  # of the other one
    other_id: str  # by which extensions call ours
    site: str  # what this browser says of our worker's requests
    public_url: str  # a page that this browser takes for one of the internet
    tab: Callable[[str], Opened]
    icon: Callable[[], dict[str, str]]
    manifest: Path  # by which the browser finds our native host

    @property
    def port(self) -> int:
        """Of the service."""
        return self.around.service_port

    @property
    def service(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def url(self, row: str) -> str:
        """Where to ask, so that it can be told from all else that arrives."""
        return f"{self.service}/v1/check?{row}"

    def seen(self, row: str) -> list[Arrived]:
        """What came of it so far."""
        return [one for one in arrived(self.around.kept) if one.query == row]

    def wait_for_row(self, row: str) -> Arrived:
        """The first request of that row."""
        return wait_for(lambda: self.seen(row), what=f"{row} to arrive")[0]

    def asked(self) -> list[Arrived]:
        """What our own worker asked, and was let in with."""
        return [
            one for one in arrived(self.around.kept) if one.origin == self.origin and not one.query
        ]


@contextlib.contextmanager
def in_chromium(around: Around, playwright: Playwright) -> Iterator[Seat]:
    """A Chromium there."""
    home = around.home
    other = other_extension(home.folder / "other")
    with browsers.chromium(
        playwright,
        home=home,
        site_port=around.site_port,
        extension=taken_over(home.folder / "ours"),
        beside=(other,),
        names={REBOUND: ELSEWHERE},
    ) as browser:

        def tab(url: str) -> Opened:
            page = browser.context.new_page()
            with contextlib.suppress(PlaywrightError):  # an empty 403 is no page
                page.goto(url)
            return page

        browser.wait_for_welcome()
        yield Seat(
            "chromium",
            around,
            origin=f"chrome-extension://{EXTENSION_ID}",
            other=f"chrome-extension://{browsers.id_of(other)}",
            other_id=EXTENSION_ID,
            site="none",
            public_url="https://page.test/decoys.html",
            tab=tab,
            icon=browser.icon,
            manifest=browser.profile / "NativeMessagingHosts" / f"{NATIVE_HOST_NAME}.json",
        )


@contextlib.contextmanager
def in_firefox(around: Around, _: Playwright) -> Iterator[Seat]:
    """A Firefox there."""
    home = around.home
    addresses = {GECKO_ID: ADDRESS, OTHER_ID: OTHER_ADDRESS}
    with firefox(
        home=home,
        site_port=around.site_port,
        extension=taken_over(home.folder / "ours"),
        beside=(other_extension(home.folder / "other"),),
        more={
            "extensions.webextensions.uuids": json.dumps(addresses),
            "network.proxy.no_proxies_on": REBOUND,
            "network.dns.forceResolve": ELSEWHERE,
            "network.lna.enabled": True,
            "network.lna.blocking": True,
            "network.lna.address_space.public.override": f"127.0.0.1:{around.public.port}",
        },
    ) as browser:

        def tab(url: str) -> Opened:
            opened = browser.marionette.open(type="tab", focus=True)
            browser.marionette.switch_to_window(opened["handle"])
            with contextlib.suppress(errors.UnknownException):  # an empty 403 is no page
                browser.marionette.navigate(url)
            return Tab(browser, opened["handle"])

        manifests = home.folder / ".mozilla" / "native-messaging-hosts"
        yield Seat(
            "firefox",
            around,
            origin=f"moz-extension://{ADDRESS}",
            other=f"moz-extension://{OTHER_ADDRESS}",
            other_id=GECKO_ID,
            site="same-origin",
            public_url=f"http://localhost:{around.public.port}/",
            tab=tab,
            icon=browser.icon,
            manifest=manifests / f"{NATIVE_HOST_NAME}.json",
        )
