"""Every chat site that has an adapter, in Firefox: what test_chats.py plays in Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness import simulated_chat
from harness.firefox import Tab, firefox
from harness.service_process import RunningService
from harness.simulated_chat import EVENTS

Family = simulated_chat.Family[Tab]


@pytest.fixture(scope="module")
def family(shared_service: RunningService, site_port: int) -> Iterator[Family]:
    with firefox(home=shared_service.home, site_port=site_port) as browser:
        browser.wait_until_on()
        yield Family(
            shared_service, lambda path, host: browser.window(path, host=host), browser.put_to_sleep
        )


@pytest.mark.parametrize("event", EVENTS)
def test_forty_lures_get_their_sign_and_forty_harmless_talks_get_none_when(
    family: Family, event: str
) -> None:
    missed = family.missed_talks(event)
    assert not missed, "\n" + "\n".join(missed)
