"""A real Firefox with our extension loaded for one run, in a home of its own."""

from __future__ import annotations

import gc
import json
import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from marionette_driver.addons import Addons
from marionette_driver.by import By
from marionette_driver.marionette import Marionette

from harness.chromium import EXTENSION, Language
from harness.service_process import Home
from harness.waiting import wait_for
from notalone import install
from notalone.config import GECKO_ID

EXECUTABLE = "/usr/bin/firefox-esr"
ADDRESS = "11111111-2222-4333-8444-555555555555"  # Firefox would choose one at random
PREFERENCES = {
    "extensions.webextensions.uuids": json.dumps({GECKO_ID: ADDRESS}),
    # Nothing but loopback: every other name is refused before it is looked up.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.allow_hijacking_localhost": False,
}


@dataclass(slots=True)
class Firefox:
    """One running browser."""

    marionette: Any
    home: Home

    def own_page(self, name: str) -> None:
        """Go to one of the extension's own pages, in the tab in front."""
        self.marionette.navigate(f"moz-extension://{ADDRESS}/pages/{name}.html")

    def close_welcome(self) -> None:
        """Wait for the page that opens after the first install, and close it."""
        first = self.marionette.current_window_handle
        more = wait_for(
            lambda: [tab for tab in self.marionette.window_handles if tab != first],
            what="the welcome page to open by itself",
        )
        self.marionette.switch_to_window(more[0])
        self.marionette.close()
        self.marionette.switch_to_window(first, focus=True)

    def text(self, selector: str) -> str:
        """The words of the first element that *selector* finds."""
        return str(self.marionette.find_element(By.CSS_SELECTOR, selector).text)

    def click(self, selector: str) -> None:
        self.marionette.find_element(By.CSS_SELECTOR, selector).click()

    def in_closed_root(self, host: str, selector: str) -> Any:
        """An element inside the closed shadow root of *host*; None while it is not there."""
        hosts = self.marionette.find_elements(By.CSS_SELECTOR, host)
        for one in hosts:
            found = one.shadow_root.find_elements(By.CSS_SELECTOR, selector)
            if found:
                return found[0]
        return None


def free_port() -> int:
    """A port for the driver: its usual one may belong to another run on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def untidy() -> Iterator[None]:
    """For the driver's own leaks: its open sockets are let go in here, and not complained of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
        gc.collect()


@contextmanager
def firefox(*, home: Home, language: Language = "vi") -> Iterator[Firefox]:
    """Start Firefox in *home*, load the extension, and quit at the end."""
    install.write_manifest(
        home.folder / ".mozilla" / "native-messaging-hosts",
        "firefox",
        install.write_host(home.data),
    )
    surroundings = {"HOME": str(home.folder), "TMPDIR": str(home.temporary), "LANG": "C.UTF-8"}
    surroundings["NOTALONE_FEEDS"] = "off"
    with mock.patch.dict(os.environ, surroundings):
        with untidy():
            browser = Marionette(
                bin=EXECUTABLE,
                port=free_port(),
                startup_timeout=60,
                headless=True,
                app_args=["--remote-allow-system-access"],
                gecko_log=str(home.folder / "gecko.log"),
                prefs={**PREFERENCES, "intl.locale.requested": language},
                workspace=str(home.temporary),
            )
        try:
            with untidy():
                browser.start_session()
                Addons(browser).install(str(EXTENSION), temp=True)
            running = Firefox(browser, home)
            running.close_welcome()
            yield running
        finally:
            with untidy():
                browser.quit(in_app=True)
                browser.cleanup()
                browser.instance = None  # or it cleans up again while Python ends, and fails
