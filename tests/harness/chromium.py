"""A real Chromium with our extension, as a family has it: own profile, real native messaging."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Protocol

from playwright.sync_api import BrowserContext, Page, Playwright, Worker

from harness.closed_shadow import ClosedShadow
from harness.service_process import REPOSITORY, Home
from harness.waiting import wait_for
from notalone import install

EXECUTABLE = "/usr/bin/chromium"
EXTENSION = REPOSITORY / "extension"
# Named in rules/domains/blocked.csv: now, and until a day that is over.
LISTED, LISTED_BEFORE = "vnpost-giaohang.example", "nhan-qua-tri-an.example"
# Like a bank's name, and that bank's own; nothing is ever asked outside of this computer.
LIKE_A_BANK, BANK = "vietcornbank.example", "vietcombank.com.vn"  # the first is invented
SITES = (  # served by harness.page_server
    "chat.zalo.me",
    "discord.com",
    "mail.google.com",
    "page.test",
    "web.telegram.org",
    "www.facebook.com",
    "www.messenger.com",
    BANK,
    LIKE_A_BANK,
    LISTED,
    LISTED_BEFORE,
)
Language = Literal["vi", "en"]
Scheme = Literal["light", "dark"]

# Nobody presses what is not yet drawn, and a press before that may be lost.
PAINTED = """() => Promise.race([
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    new Promise((done) => setTimeout(done, 5000)),
])"""
# Our pages ask for the chosen language before they fill in their words: after "load".
FILLED = """[...document.querySelectorAll("[data-i18n]")]
    .every((element) => element.textContent.trim())"""
# What the toolbar icon says for the page in front, as the worker set it.
ICON = """async () => ({
    title: await chrome.action.getTitle({}),
    badge: await chrome.action.getBadgeText({}),
})"""

DOT = """async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    return chrome.action.getBadgeText({ tabId: tab.id });
}"""

ASK_ABOUT_A_MESSAGE = """() => {
    const messages = [{ id: "1", text: "Xin chào", from_me: false }];
    return chrome.runtime.sendMessage({ type: "check", request: { messages }, conversation: null });
}"""

# All that is remembered of what was seen and chosen; the service stays found.
FORGET = """async () => {
    const { service, ...seen } = await chrome.storage.session.get(null);
    await chrome.storage.session.remove(Object.keys(seen));
    const { pairing, by_code, ...chosen } = await chrome.storage.local.get(null);
    await chrome.storage.local.remove(Object.keys(chosen));
}"""


@dataclass(slots=True)
class Chromium:
    """One running browser."""

    context: BrowserContext
    profile: Path
    home: Home
    netlog: Path
    language: Language
    extension: Path = EXTENSION
    zoom: float = 1.0

    @property
    def worker(self) -> Worker:
        """The extension's background worker, awake or woken."""
        address = f"chrome-extension://{id_of(self.extension)}/"
        for worker in self.context.service_workers:
            if worker.url.startswith(address):
                return worker
        awaited: Worker = self.context.wait_for_event(
            "serviceworker", lambda worker: worker.url.startswith(address)
        )
        return awaited

    @property
    def pages(self) -> list[Page]:
        """Every tab now. Playwright hears of a new one only while it is asked something."""
        self.context.cookies("https://page.test")
        return self.context.pages

    @property
    def extension_id(self) -> str:
        return self.worker.url.split("/")[2]

    def site(self, path: str, *, host: str = "page.test", ready: str = "load") -> Page:
        """Open a page of tests/e2e/pages as if it stood on *host*."""
        page = self.context.new_page()
        page.goto(f"https://{host}/{path}", wait_until=ready)  # type: ignore[arg-type]
        return page

    def zalo(self) -> Page:
        """Open the simulated Zalo Web chat on the host that the adapter knows."""
        return self.site("zalo.html", host="chat.zalo.me")

    def own_page(self, name: str) -> Page:
        """Open one of the extension's own pages in a tab: `popup`, `tell`, `practice` …"""
        page = self.context.new_page()
        page.goto(f"chrome-extension://{self.extension_id}/pages/{name}.html")
        page.bring_to_front()  # the page of welcome may have opened meanwhile
        page.wait_for_function(FILLED)
        page.evaluate(PAINTED)
        return page

    def inside(self, page: Page) -> ClosedShadow:
        """What stands in the closed shadow roots of *page*: cards, chips, badges."""
        return ClosedShadow(page)

    def icon(self) -> dict[str, str]:
        """What the toolbar icon says: `title` and `badge`."""
        says: dict[str, str] = self.worker.evaluate(ICON)
        return says

    def dot(self, page: Page) -> str:
        """What stands on the icon for the tab of *page*, which comes to the front."""
        page.bring_to_front()
        said: str = self.worker.evaluate(DOT)
        return said

    def message(self, key: str) -> str:
        """The text of _locales for *key* in this browser's language."""
        return message(key, self.language)

    def status(self, page: Page) -> dict[str, Any]:
        """Ask the worker how the service is, from one of our own pages."""
        answer: dict[str, Any] = page.evaluate("chrome.runtime.sendMessage({type: 'status'})")
        return answer

    def wait_for_welcome(self) -> None:
        """Wait for the page that opens by itself: no test shall take it for its own."""
        wait_for(
            lambda: any(page.title() and page.url.endswith("welcome.html") for page in self.pages),
            what="the welcome page to open by itself",
        )

    def forget(self) -> None:
        """Close every page, and be as if nothing had been seen or chosen yet."""
        empty = self.context.new_page()  # without any page the browser would end
        for page in self.pages:
            if page != empty:
                page.close()
        self.worker.evaluate(FORGET)

    def wait_until_on(self, *, within_s: float = 60) -> None:
        """Wait until the worker has paired and the service answers, its message engine too."""
        page = self.own_page("popup")
        wait_for(
            lambda: self.status(page)["state"] == "on",
            what="the extension to find the service",
            within_s=within_s,
            poll_s=0.1,
        )
        wait_for(
            lambda: page.evaluate(ASK_ABOUT_A_MESSAGE)["state"] == "on",
            what="the message engine to load",
            within_s=within_s,
        )
        page.close()


def id_of(extension: Path) -> str:
    """What Chromium calls an unpacked extension: after its key, without one after its folder."""
    key = json.loads((extension / "manifest.json").read_text("utf-8")).get("key")
    named_after = base64.b64decode(key) if key else str(extension).encode()
    digits = hashlib.sha256(named_after).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digits)


def message(key: str, language: Language) -> str:
    """One text of _locales, with placeholders left as they are."""
    folder = EXTENSION / "_locales" / language / "messages.json"
    text = json.loads(folder.read_text(encoding="utf-8"))[key]["message"]
    assert isinstance(text, str)
    return text


def without_placeholders(text: str) -> str:
    """The longest part of a _locales text between its $PLACEHOLDERS$."""
    return max(re.split(r"\$\w+\$?", text), key=len).strip()


class OpensChromium(Protocol):
    """Starts one more browser; everything may be left as a family would find it."""

    def __call__(
        self,
        *,
        language: Language = ...,
        scheme: Scheme = ...,
        zoom: float = ...,
        viewport: tuple[int, int] = ...,
        native_host: bool = ...,
    ) -> Chromium: ...


@contextmanager
def chromium(
    playwright: Playwright,
    *,
    home: Home,
    site_port: int,
    language: Language = "vi",
    scheme: Scheme = "light",
    zoom: float = 1.0,
    viewport: tuple[int, int] = (1100, 800),
    native_host: bool = True,
    profile: Path | None = None,
    extension: Path = EXTENSION,
    beside: Sequence[Path] = (),
    names: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Chromium]:
    """Start a browser in *home* with a fresh profile, and close it at the end.

    Nothing but loopback can be reached; the names in SITES lead to *site_port*, and *names* to
    addresses of this computer. *beside* are folders of other extensions. Without *native_host* it
    is a browser on a computer where our service was never installed, unless somebody installs it:
    into *profile*, which then is the one that `install` knows.
    """
    profile = profile or Path(tempfile.mkdtemp(prefix="profile-", dir=home.folder))
    hosts = profile / "NativeMessagingHosts"
    if native_host:
        install.write_manifest(hosts, "chromium", install.write_host(home.data))
    netlog = home.folder / f"{profile.name}.netlog.json"
    rules = ", ".join(
        [f"MAP {site} 127.0.0.1:{site_port}" for site in SITES]
        + [f"MAP {name} {address}" for name, address in names.items()]
        + ["MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1", "EXCLUDE localhost"]
    )
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=EXECUTABLE,
        headless=True,
        args=[
            f"--load-extension={','.join(map(str, (extension, *beside)))}",
            f"--host-resolver-rules={rules}",
            "--ignore-certificate-errors",
            f"--ip-address-space-overrides=127.0.0.1:{site_port}=public",
            f"--log-net-log={netlog}",
            f"--lang={language}",
        ],
        ignore_default_args=["--disable-extensions"],
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(home.folder),
            "TMPDIR": str(home.temporary),
            "NOTALONE_FEEDS": "off",
            "LANGUAGE": language,
            "LANG": "vi_VN.UTF-8" if language == "vi" else "en_GB.UTF-8",
        },
        color_scheme=scheme,
        viewport={"width": int(viewport[0] / zoom), "height": int(viewport[1] / zoom)},
        device_scale_factor=zoom,
    )
    context.set_default_timeout(30_000)
    try:
        yield Chromium(context, profile, home, netlog, language, extension, zoom)
    finally:
        context.close()
