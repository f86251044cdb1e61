"""A school's own package has another id: it is refused until somebody names that."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from e2e.pictures import keep
from e2e.zalo_chat import open_with_card
from harness import chromium as browsers
from harness.chromium import EXTENSION, Chromium, Language, id_of
from harness.service_process import Home, RunningService
from harness.waiting import wait_for
from notalone import extension_ids, native_host, pairing_code


@pytest.fixture
def package(home: Home) -> Path:
    """Our extension under a key of a school's own, and so under another id."""
    folder = home.folder / "school"
    shutil.copytree(EXTENSION, folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["key"] = base64.b64encode(b"what a school's own public key would stand for").decode()
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert id_of(folder) != id_of(EXTENSION)
    return folder


def installed(home: Home, *arguments: str) -> None:
    """What whoever looks after the computer types."""
    done = home.run("install", *arguments)
    assert done.returncode == 0, done.stderr


def popup_that_says(browser: Chromium, line: str) -> Page:
    page = browser.own_page("popup")
    page.get_by_text(browser.message(line)).wait_for()
    return page


@pytest.mark.parametrize(("language", "zoom"), (("vi", 1.0), ("en", 2.0)))
def test_extension_of_another_id_is_refused_until_it_is_named_and_then_shows_a_card(
    playwright: Playwright,
    service: RunningService,
    package: Path,
    site_port: int,
    language: Language,
    zoom: float,
) -> None:
    home = service.home
    profile = home.folder / ".config" / "chromium"
    profile.mkdir(parents=True)
    installed(home)
    with browsers.chromium(
        playwright,
        home=home,
        site_port=site_port,
        language=language,
        zoom=zoom,
        native_host=False,
        profile=profile,
        extension=package,
    ) as browser:
        browser.wait_for_welcome()
        popup = popup_that_says(browser, "page_state_not_allowed")
        command = f"install --extension-id {id_of(package)} "
        assert command in popup.locator("#state-mend").inner_text()
        keep(popup, f"id-unknown.{language}.{zoom:g}", full_page=True)

        # Nor does it help to name another one, or to know a code.
        installed(home, "--extension-id", "b" * 32)
        assert_still_refused(browser, popup)
        pair = browser.own_page("pair")
        pair.locator("#code").fill(pairing_code.offer(home.data))
        pair.locator("#connect").click()
        pair.get_by_text(browser.message("pair_answer_refused")).wait_for()
        assert native_host.read_pairings(str(home.data)) == {}

        installed(home, "--extension-id", id_of(package))
        popup.bring_to_front()
        popup.locator("#state-retry").click()
        popup.get_by_text(browser.message("page_state_on")).wait_for()
        browser.wait_until_on()
        (pairing,) = native_host.read_pairings(str(home.data)).values()
        assert pairing["origin"] == f"chrome-extension://{id_of(package)}"
        chat, _ = open_with_card(browser)
        chat.close()

        installed(home)  # an update: what was named stays
        assert extension_ids.named(home.data) == ("b" * 32, id_of(package))
        wait_for(
            lambda: browser.status(popup)["state"] == "on",
            what="the service of the update to be found",
            within_s=60,
        )


def assert_still_refused(browser: Chromium, popup: Page) -> None:
    popup.evaluate("chrome.runtime.sendMessage({ type: 'reconnect' })")
    assert browser.status(popup)["state"] == "not_allowed"
