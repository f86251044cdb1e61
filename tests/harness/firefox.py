"""A real Firefox with our extension loaded, in a home of its own, as `chromium.py` is for Chromium.

def test_x(browser):
    browser.zalo()                              # a page of tests/e2e/pages on chat.zalo.me
    browser.run("chat.receive(arguments[0])", "…")
    browser.wait_inside("button.chip")          # closed shadow roots
    browser.press("button.chip")
"""

from __future__ import annotations

import base64
import gc
import json
import os
import socket
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast
from unittest import mock

from marionette_driver import errors
from marionette_driver.addons import Addons
from marionette_driver.by import By
from marionette_driver.keys import Keys
from marionette_driver.marionette import ActionSequence, Marionette

from harness.chromium import (
    ASK_ABOUT_A_MESSAGE,
    EXTENSION,
    FILLED,
    SITES,
    Language,
    Scheme,
    message,
)
from harness.closed_shadow import READING_MS
from harness.service_process import Home
from harness.site_proxy import site_proxy
from harness.waiting import wait_for
from notalone import install
from notalone.config import GECKO_ID

EXECUTABLE = "/usr/bin/firefox-esr"
ADDRESS = "11111111-2222-4333-8444-555555555555"  # Firefox would choose one at random
NOWHERE = 9  # the port "discard": nothing listens there
LIMIT_S = 30.0

# The list stays in a sandbox of its own, where a later look finds it.
RECORD_REQUESTS = """
    globalThis.asked = [];
    globalThis.observer = {
        observe: (subject) => asked.push(subject.QueryInterface(Ci.nsIHttpChannel).URI.spec),
    };
    Services.obs.addObserver(observer, "http-on-modify-request");
"""
# What our pages and our background have to complain of: errors, warnings, refusals by a policy.
# That a page is left while it waits for an answer is none of them.
RECORD_COMPLAINTS = f"""
    globalThis.complaints = [];
    globalThis.console_listener = {{
        observe: (said) => {{
            const isOurs = /{ADDRESS}[/](pages|background)[/]/.test(said);
            const left = /(rejected|resolved) (after context unloaded|while context is inactive)/;
            if (isOurs && !left.test(said)) complaints.push(String(said));
        }},
    }};
    Services.console.registerListener(console_listener);
"""
BACKGROUND = f"WebExtensionPolicy.getByID({json.dumps(GECKO_ID)}).extension"


@dataclass(slots=True)
class Firefox:
    """One running browser. Elements are found in the tab in front."""

    marionette: Any
    home: Home
    language: Language

    # --- tabs and windows ------------------------------------------------------------------------

    def own_page(self, name: str) -> None:
        """Go to one of the extension's own pages, in the tab in front."""
        self.marionette.navigate(f"moz-extension://{ADDRESS}/pages/{name}.html")
        self.wait_until(lambda: self.run(f"return {FILLED}"), what=f"the words of {name}")

    def site(self, path: str, *, host: str = "page.test") -> None:
        """Go to a page of tests/e2e/pages as if it stood on *host*."""
        self.marionette.navigate(f"https://{host}/{path}")

    def zalo(self) -> None:
        """Go to the simulated Zalo Web chat on the host that the adapter knows."""
        self.site("zalo.html", host="chat.zalo.me")

    def window(self, path: str, *, host: str = "page.test") -> Tab:
        """Open a page of tests/e2e/pages in a window of its own: it is not slowed down, as a tab
        behind another is.
        """
        opened = self.marionette.open(type="window", focus=True)
        self.marionette.switch_to_window(opened["handle"])
        self.site(path, host=host)
        return Tab(self, opened["handle"])

    @contextmanager
    def opened(self, what: str, act: Any) -> Iterator[str]:
        """Do *act*, be in the tab or window that it opens (its handle), and close it at the end."""
        before, known = self.marionette.current_window_handle, set(self.marionette.window_handles)
        act()
        (new,) = wait_for(
            lambda: set(self.marionette.window_handles) - known, what=f"{what} to open"
        )
        self.marionette.switch_to_window(new, focus=True)
        try:
            yield str(new)
        finally:
            if new in self.marionette.window_handles:
                self.marionette.switch_to_window(new)
                self.marionette.close()
            left = self.marionette.window_handles
            self.marionette.switch_to_window(before if before in left else left[0], focus=True)

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

    def wait_until_on(self, *, within_s: float = 60) -> None:
        """Wait until the service answers what a message asks, in the tab in front."""
        self.own_page("popup")
        self.wait_until(
            lambda: self.run(f"return ({ASK_ABOUT_A_MESSAGE})()")["state"] == "on",
            what="the message engine to load",
            within_s=within_s,
        )

    def wait_until_closed(self, handle: str) -> None:
        """Wait until a tab or window has closed itself."""
        wait_for(lambda: handle not in self.marionette.window_handles, what="the window to close")

    def is_small_window(self) -> bool:
        """True when the page in front stands in a window without tabs and address bar."""
        return bool(self.privileged("return !window.toolbar.visible && !window.menubar.visible"))

    def use_scheme(self, scheme: Scheme) -> None:
        """Light or dark, from now on, for every page."""
        self.privileged(
            "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override',"
            " arguments[0])",
            {"dark": 0, "light": 1}[scheme],
        )

    def picture(self, path: Path, *, full_page: bool = False) -> None:
        """Keep what the tab in front shows, or the whole page."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.marionette.screenshot(full=full_page)))

    # --- what stands on the page -----------------------------------------------------------------

    def message(self, key: str) -> str:
        """The text of _locales for *key* in this browser's language."""
        return message(key, self.language)

    def run(self, script: str, *arguments: object) -> Any:
        """Run *script* in the page, as the page's own scripts run; what it returns."""
        return self.marionette.execute_script(script, script_args=list(arguments), sandbox=None)

    def text(self, selector: str) -> str:
        """The words of the first element that *selector* finds."""
        return str(self.marionette.find_element(By.CSS_SELECTOR, selector).text)

    def click(self, selector: str) -> None:
        self.marionette.find_element(By.CSS_SELECTOR, selector).click()

    def type_into(self, selector: str, text: str) -> None:
        self.marionette.find_element(By.CSS_SELECTOR, selector).send_keys(text)

    def press_key(self, key: str) -> None:
        """One press of a key, such as `Keys.ESCAPE`, wherever the focus is."""
        keys = ActionSequence(self.marionette, "key", "keyboard")
        keys.key_down(key).key_up(key).perform()

    def close_by_key(self, key: str) -> None:
        """Press *key*, upon which the window in front must close itself."""
        window = self.marionette.current_window_handle
        with suppress(errors.NoSuchWindowException):  # it may be gone before the key comes up
            self.press_key(key)
        self.wait_until_closed(window)

    def reach(self, selector: str, *, presses: int = 60) -> None:
        """Go forward by Tab, as somebody without a mouse does, until *selector* has the focus."""
        self.privileged("gBrowser.selectedBrowser.focus()")  # and not the browser's own bars
        is_there = "return document.hasFocus() && document.activeElement.matches(arguments[0])"
        for _ in range(presses):
            if self.run(is_there, selector):
                return
            self.press_key(Keys.TAB)
        raise AssertionError(f"{presses} presses of Tab do not lead to {selector!r}")

    def choose_from_menu(self, selector: str, label: str) -> None:
        """Press the right mouse button on *selector*, and choose *label* in the real menu."""
        on = self.marionette.find_element(By.CSS_SELECTOR, selector)
        mouse = ActionSequence(self.marionette, "pointer", "mouse", {"pointerType": "mouse"})
        mouse.pointer_move(0, 0, origin=on).pointer_down(button=2).pointer_up(button=2).perform()
        script = """
            const menu = document.getElementById("contentAreaContextMenu");
            const line = [...menu.children].find(({ label }) => label === arguments[0]);
            if (menu.state !== "open" || !line) return false;
            menu.activateItem(line);
            return true;
        """
        wait_for(lambda: self.privileged(script, label), what=f"{label!r} in the menu")

    def paste_into(self, selector: str) -> None:
        """Paste the clipboard there, as a person does."""
        self.click(selector)
        keys = ActionSequence(self.marionette, "key", "keyboard")
        keys.key_down(Keys.CONTROL).key_down("v").key_up("v").key_up(Keys.CONTROL).perform()

    def wait_until(self, look: Any, *, what: str, within_s: float = LIMIT_S) -> Any:
        """Wait for *look* while the page may still be loading or changing under our hands."""

        def tried() -> Any:
            try:
                return look()
            except (
                errors.NoSuchElementException,
                errors.StaleElementException,
                errors.JavascriptException,
            ):
                return None

        return wait_for(tried, what=what, within_s=within_s, poll_s=0.05)

    # --- inside closed shadow roots --------------------------------------------------------------

    def inside(self, selector: str, *, host: str = "div, span") -> list[Any]:
        """What *selector* finds inside the closed shadow roots of all *host* elements."""
        found = []
        for one in self.marionette.find_elements(By.CSS_SELECTOR, host):
            try:
                found += one.shadow_root.find_elements(By.CSS_SELECTOR, selector)
            except (errors.NoSuchShadowRootException, errors.StaleElementException):
                continue
        return found

    def wait_inside(
        self, selector: str, *, host: str = "div, span", within_s: float = LIMIT_S
    ) -> Any:
        """Wait until *selector* finds something in a closed root; the first of it."""
        return wait_for(
            lambda: self.inside(selector, host=host),
            what=f"{selector!r} in a closed shadow root",
            within_s=within_s,
            poll_s=0.05,
        )[0]

    def press_inside(self, selector: str, *, host: str = "div, span") -> None:
        """Click it with a real mouse event, no sooner than a person would."""
        self.wait_inside(selector, host=host)
        time.sleep(READING_MS / 1000)  # our signs take no press before
        self.wait_inside(selector, host=host).click()

    # --- the background, and what the browser keeps and asks -------------------------------------

    def privileged(self, script: str, *arguments: object) -> Any:
        """Run *script* with the rights of the browser itself; its globals stay for the next."""
        with self.marionette.using_context("chrome"):
            return self.marionette.execute_script(
                script, script_args=list(arguments), sandbox="system", new_sandbox=False
            )

    def background(self) -> str:
        """Whether the event page is "running", "stopped" or on its way."""
        return str(self.privileged(f"return {BACKGROUND}.backgroundState"))

    def put_to_sleep(self) -> None:
        """End the event page, as Firefox does after half a minute without events."""
        script = (
            f"return {BACKGROUND}.terminateBackground().then(() => {BACKGROUND}.backgroundState)"
        )
        assert self.privileged(script) == "stopped"

    def record_requests(self) -> None:
        """From now on remember the address of every HTTP request of the whole browser."""
        self.privileged(RECORD_REQUESTS)

    def asked(self) -> list[str]:
        """Every address that was asked since `record_requests`."""
        return cast(list[str], self.privileged("return globalThis.asked"))

    def record_complaints(self) -> None:
        """From now on remember what the browser's console says of us."""
        self.privileged(RECORD_COMPLAINTS)

    def complaints(self) -> list[str]:
        """What the console said of us since it was last asked."""
        return cast(list[str], self.privileged("return globalThis.complaints.splice(0)"))

    def icon(self) -> dict[str, str]:
        """What the toolbar icon says, as the background set it: `title` and `badge`."""
        script = """
            const { ExtensionParent } = ChromeUtils.importESModule(
                "resource://gre/modules/ExtensionParent.sys.mjs");
            const { extension } = WebExtensionPolicy.getByID(arguments[0]);
            const action = ExtensionParent.apiManager.global.browserActionFor(extension);
            const { title, badgeText } = action.action.getContextData(null);
            return { title, badge: badgeText };
        """
        return cast(dict[str, str], self.privileged(script, GECKO_ID))

    def listed_history(self) -> list[str]:
        """Every address that the browser's history would list."""
        script = """
            const query = PlacesUtils.history.getNewQuery();
            const options = PlacesUtils.history.getNewQueryOptions();
            const { root } = PlacesUtils.history.executeQuery(query, options);
            root.containerOpen = true;
            const listed = Array.from({length: root.childCount}, (_, i) => root.getChild(i).uri);
            root.containerOpen = false;
            return listed;
        """
        return cast(list[str], self.privileged(script))


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several windows, by the names that Playwright's `Page` has for the same."""

    browser: Firefox
    handle: str

    def bring_to_front(self) -> None:
        self.browser.marionette.switch_to_window(self.handle, focus=True)

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """The value of *expression* in this tab; where that is a function, what it gives."""
        self.browser.marionette.switch_to_window(self.handle, focus=False)
        return self.browser.run(
            f"const it = ({expression}); return typeof it === 'function' ? it(arguments[0]) : it;",
            arg,
        )

    def reload(self) -> None:
        self.browser.marionette.switch_to_window(self.handle, focus=False)
        self.browser.marionette.refresh()


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


def preferences(language: Language, proxy_port: int) -> dict[str, object]:
    """Nothing but loopback: every other name goes to the proxy, which refuses it."""
    return {
        "extensions.webextensions.uuids": json.dumps({GECKO_ID: ADDRESS}),
        "intl.locale.requested": language,
        "browser.safebrowsing.downloads.remote.enabled": False,  # it would ask about each file
        "ui.prefersReducedMotion": 1,  # a picture is taken when nothing is on its way
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": proxy_port,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": proxy_port,
        "network.proxy.allow_hijacking_localhost": False,
    }


@contextmanager
def firefox(
    *,
    home: Home,
    language: Language = "vi",
    site_port: int | None = None,
    native_host: bool = True,
    extension: Path = EXTENSION,
    beside: Sequence[Path] = (),
    more: Mapping[str, object] = MappingProxyType({}),
) -> Iterator[Firefox]:
    """Start Firefox in *home*, load the extension, and quit at the end.

    *beside* are folders of other extensions, *more* preferences of the browser.

    The names in SITES lead to *site_port*. Without *native_host* it is a browser in a box (Snap,
    Flatpak), or one on a computer where our service was never installed.
    """
    manifests = home.folder / ".mozilla" / "native-messaging-hosts"
    if native_host:
        install.write_manifest(manifests, "firefox", install.write_host(home.data))
    surroundings = {"HOME": str(home.folder), "TMPDIR": str(home.temporary), "LANG": "C.UTF-8"}
    surroundings["NOTALONE_FEEDS"] = "off"
    with ExitStack() as stack:
        proxy_port = NOWHERE
        if site_port is not None:
            proxy_port = stack.enter_context(site_proxy(SITES, site_port))
        stack.enter_context(mock.patch.dict(os.environ, surroundings))
        with untidy():
            browser = Marionette(
                bin=EXECUTABLE,
                port=free_port(),
                startup_timeout=60,
                headless=True,
                app_args=["--remote-allow-system-access"],
                gecko_log=str(home.folder / "gecko.log"),
                prefs={**preferences(language, proxy_port), **more},
                workspace=str(home.temporary),
            )
        try:
            with untidy():
                browser.start_session({"acceptInsecureCerts": True})
                Addons(browser).install(str(extension), temp=True)
            running = Firefox(browser, home, language)
            running.close_welcome()
            for other in beside:
                with untidy():
                    Addons(browser).install(str(other), temp=True)
            yield running
        finally:
            with untidy():
                browser.quit(in_app=True)
                browser.cleanup()
                browser.instance = None  # or it cleans up again while Python ends, and fails


__all__ = ["Firefox", "Keys", "Tab", "firefox"]
