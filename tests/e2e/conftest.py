"""Real browsers for the tests beside this file.

`chromium` is one browser in Vietnamese with the extension loaded, paired with a running service:

    def test_x(chromium):
        page = chromium.zalo()                      # a page of tests/e2e/pages on chat.zalo.me
        page.evaluate("chat.receive('…')")
        inside = chromium.inside(page)              # closed shadow roots
        inside.wait_for_words("…")
        inside.press("Kể với người mình tin")

`open_chromium(language=…, scheme=…, zoom=…)` starts others; `alone` is one for a whole file, on a
computer where our service was never installed. Nothing but loopback can be reached.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from harness import chromium as browsers
from harness.chromium import Chromium, OpensChromium
from harness.page_server import page_server
from harness.service_process import Home, RunningService
from harness.waiting import wait_for

OUTPUT = Path(__file__).resolve().parents[1] / "output"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def site_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port where the pages of tests/e2e/pages are served."""
    with page_server(tmp_path_factory.mktemp("pages")) as port:
        yield port


@pytest.fixture
def open_chromium(playwright: Playwright, home: Home, site_port: int) -> Iterator[OpensChromium]:
    """Start browsers with language=, scheme=, zoom=; all are closed at the end."""
    with ExitStack() as stack:
        start: Callable[..., AbstractContextManager[Chromium]] = partial(
            browsers.chromium, playwright, home=home, site_port=site_port
        )
        yield lambda **how: stack.enter_context(start(**how))


@pytest.fixture
def chromium(open_chromium: OpensChromium, service: RunningService) -> Chromium:
    """A browser in Vietnamese whose worker has found the running service."""
    browser = open_chromium(language="vi")
    assert service.port
    browser.wait_until_on()
    return browser


@pytest.fixture(scope="module")
def alone(playwright: Playwright, site_port: int) -> Iterator[Chromium]:
    """A browser in Vietnamese on a computer without our service, for all tests of one file."""
    with tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as folder:
        home = Home(Path(folder))
        with browsers.chromium(
            playwright, home=home, site_port=site_port, native_host=False
        ) as browser:
            wait_for(  # no test shall take it for a page of its own
                lambda: any(
                    page.title() and page.url.endswith("welcome.html")
                    for page in browser.context.pages
                ),
                what="the welcome page to open by itself",
            )
            yield browser
        home.end_everything()
