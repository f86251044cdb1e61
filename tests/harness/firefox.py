"""A real Firefox with our extension loaded for one run, in a home of its own."""

from __future__ import annotations

import json
import os
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
        """Go to one of the extension's own pages."""
        self.marionette.navigate(f"moz-extension://{ADDRESS}/pages/{name}.html")

    def run(self, script: str, *arguments: object) -> Any:
        """Run *script* in the page in front; a promise is waited for."""
        return self.marionette.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            f"(async (...given) => {{ {script} }})(...arguments).then(done, (e) => done(String(e)));",
            script_args=arguments,
        )

    def click(self, selector: str) -> None:
        self.marionette.find_element(By.CSS_SELECTOR, selector).click()

    def state(self) -> str:
        """How the worker says the service is."""
        answer = self.run("return (await browser.runtime.sendMessage({type: 'status'})).state")
        return str(answer)

    def in_closed_root(self, host: str, selector: str) -> Any:
        """An element inside the closed shadow root of *host*; None while it is not there."""
        hosts = self.marionette.find_elements(By.CSS_SELECTOR, host)
        for one in hosts:
            found = one.shadow_root.find_elements(By.CSS_SELECTOR, selector)
            if found:
                return found[0]
        return None


@contextmanager
def firefox(*, home: Home, language: Language = "vi") -> Iterator[Firefox]:
    """Start Firefox in *home*, load the extension, and quit at the end."""
    install.write_manifest(
        home.folder / ".mozilla" / "native-messaging-hosts",
        "firefox",
        install.write_host(home.data),
    )
    surroundings = {"HOME": str(home.folder), "TMPDIR": str(home.temporary), "LANG": "C.UTF-8"}
    with mock.patch.dict(os.environ, surroundings):
        browser = Marionette(
            bin=EXECUTABLE,
            headless=True,
            app_args=["--remote-allow-system-access"],
            gecko_log=str(home.folder / "gecko.log"),
            prefs={**PREFERENCES, "intl.locale.requested": language},
            workspace=str(home.temporary),
        )
        try:
            browser.start_session()
            Addons(browser).install(str(EXTENSION), temp=True)
            yield Firefox(browser, home)
        finally:
            browser.quit(in_app=True)
            browser.cleanup()
