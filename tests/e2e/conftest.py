"""Real browsers for the tests beside this file.

`chromium` is one browser in Vietnamese with the extension loaded, paired with a running service:

    def test_x(chromium):
        page = chromium.zalo()                      # a page of tests/e2e/pages on chat.zalo.me
        page.evaluate("chat.receive('…')")
        inside = chromium.inside(page)              # closed shadow roots
        inside.wait_for_words("…")
        inside.press("Kể với người mình tin")

It is one for all tests of a worker, and forgets after each; a test that asks for `home` or
`service` as well gets one of its own there, and may stop what it likes. `open_chromium(language=…,
scheme=…, zoom=…)` starts others, `open_beside` does so beside the shared browser's service; `alone`
is one for a whole file, on a computer where our service was never installed. Nothing but loopback
can be reached.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from e2e.pictures import keep_failed
from harness import chromium as browsers
from harness.chromium import Chromium, OpensChromium
from harness.compiled_lists import compile_rows
from harness.service_process import Home, RunningService
from harness.started_before import started_before
from notalone import pin
from notalone.migrations import bring_forward


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Beside what failed stands what its browser showed."""
    report = yield
    if report.failed and call.when == "call" and isinstance(item, pytest.Function):
        for value in item.funcargs.values():
            if isinstance(value, Chromium):
                report.sections.append(
                    ("tabs in tests/output/failed", keep_failed(value, item.name))
                )
    return report


@contextmanager
def _opening(playwright: Playwright, home: Home, site_port: int) -> Iterator[OpensChromium]:
    """What starts browsers in *home*; all are closed at the end."""
    with ExitStack() as stack:
        start: Callable[..., AbstractContextManager[Chromium]] = partial(
            browsers.chromium, playwright, home=home, site_port=site_port
        )
        yield lambda **how: stack.enter_context(start(**how))


@pytest.fixture
def open_chromium(playwright: Playwright, home: Home, site_port: int) -> Iterator[OpensChromium]:
    """Start browsers with language=, scheme=, zoom=; all are closed at the end."""
    with _opening(playwright, home, site_port) as opens:
        yield opens


@pytest.fixture(scope="session")
def shared_home() -> Iterator[Home]:
    """A home for many tests, where lists of reported addresses were pulled today."""
    with tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as folder:
        home = started_before(Home(Path(folder)))
        bring_forward(home.data)  # or the service would build these lists anew, as an old home's
        today = datetime.now(UTC).astimezone().date()
        compile_rows(home.data, [f"subtree nha-tro-gia-re.example {today} {today}"])
        yield home
        home.end_everything()


@pytest.fixture(scope="session")
def shared_service(shared_home: Home) -> Iterator[RunningService]:
    """The service of that home; a test that stops it starts it again."""
    service = RunningService(shared_home).start()
    yield service
    service.stop()


@pytest.fixture(scope="session")
def shared_chromium(
    playwright: Playwright, shared_service: RunningService, site_port: int
) -> Iterator[Chromium]:
    """A browser in Vietnamese that has found that service: to start one is most of a short test."""
    with browsers.chromium(playwright, home=shared_service.home, site_port=site_port) as running:
        running.wait_for_welcome()
        running.wait_until_on()
        yield running


@pytest.fixture(scope="module")
def browser(shared_chromium: Chromium) -> Iterator[Chromium]:
    """The shared browser for a whole file, whose tests look after their pages themselves."""
    yield shared_chromium
    shared_chromium.forget()


@pytest.fixture
def open_beside(
    playwright: Playwright, shared_service: RunningService, site_port: int
) -> Iterator[OpensChromium]:
    """Start browsers that find the shared service; all are closed at the end."""
    with _opening(playwright, shared_service.home, site_port) as opens:
        yield opens
    (shared_service.home.data / pin.FILE).unlink(missing_ok=True)  # the next family has none


@pytest.fixture
def chromium(request: pytest.FixtureRequest) -> Iterator[Chromium]:
    """A browser in Vietnamese that has found the service and has seen nothing yet."""
    if {"home", "service"} & set(request.fixturenames):
        assert request.getfixturevalue("service").port  # first: or the browser would start one
        running: Chromium = request.getfixturevalue("open_chromium")(language="vi")
        running.wait_until_on()
        yield running
    else:
        running = request.getfixturevalue("shared_chromium")
        yield running
        running.forget()


@pytest.fixture(scope="module")
def alone(playwright: Playwright, site_port: int) -> Iterator[Chromium]:
    """A browser in Vietnamese on a computer without our service, for all tests of one file."""
    with tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as folder:
        home = Home(Path(folder))
        with browsers.chromium(
            playwright, home=home, site_port=site_port, native_host=False
        ) as browser:
            browser.wait_for_welcome()
            yield browser
        home.end_everything()
