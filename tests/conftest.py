"""Fixtures for every test: a home of one's own, a running service, a paired client."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from harness.native_host import PairedClient, pair
from harness.page_server import page_server
from harness.service_process import Home, RunningService
from harness.started_before import started_before

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

# A busy machine may take its time over an example; tests/bench measures how long things take.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


@pytest.fixture
def home() -> Iterator[Home]:
    """One person's account: nothing of the real one is seen or touched, nothing is left running.

    Not in tmp_path: browsers put sockets into it, and a socket's path may have 107 bytes only.
    """
    with tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as folder:
        person = Home(Path(folder))
        yield person
        person.end_everything()


@pytest.fixture
def service(home: Home) -> Iterator[RunningService]:
    """A real service process of *home*; ended by its pid, whoever started it again meanwhile."""
    running = RunningService(started_before(home)).start()
    yield running
    running.stop()


@pytest.fixture
def paired_client(service: RunningService) -> PairedClient:
    """A client that paired through the native host's stdio, as a browser does."""
    return pair(service)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives Chromium: of these there may be one in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def site_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port where the pages of tests/e2e/pages are served."""
    with page_server(tmp_path_factory.mktemp("pages")) as port:
        yield port


@pytest.fixture
def canary() -> str:
    """A word that is nowhere else in the world. No rule and no browser list can hold it."""
    return f"canary{uuid.uuid4().hex}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, or one worker would still be at it when the others are done."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failed one, but where the measuring data is not at hand."""
    report = yield
    if (
        report.skipped
        and not hasattr(report, "wasxfail")
        and os.environ.get("CI")
        and item.get_closest_marker("shared_data") is None
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
