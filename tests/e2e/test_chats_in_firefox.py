"""Every chat site that has an adapter, in Firefox: what test_chats.py plays in Chromium."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import simulated_chat
from harness.firefox import Tab, firefox
from harness.service_process import Home, RunningService
from harness.simulated_chat import EVENTS
from harness.started_before import started_before

Family = simulated_chat.Family[Tab]


@pytest.fixture(scope="module")
def family(site_port: int) -> Iterator[Family]:
    with tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as folder:
        home = started_before(Home(Path(folder)))
        service = RunningService(home).start()
        with firefox(home=home, site_port=site_port) as browser:
            browser.wait_until_on()
            yield Family(
                service, lambda path, host: browser.window(path, host=host), browser.put_to_sleep
            )
        service.stop()
        home.end_everything()


@pytest.mark.parametrize("event", EVENTS)
def test_forty_lures_get_their_sign_and_forty_harmless_talks_get_none_when(
    family: Family, event: str
) -> None:
    missed = family.missed_talks(event)
    assert not missed, "\n" + "\n".join(missed)
