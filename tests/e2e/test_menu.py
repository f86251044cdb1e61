"""What is marked and sent through the right mouse button's menu is answered in a small window."""

from __future__ import annotations

from e2e.zalo_chat import WATCHED
from harness.chromium import Chromium

# The menu itself belongs to the browser: this is what it tells the worker when somebody presses.
PRESS = "text => chrome.contextMenus.onClicked.dispatch({menuItemId: 'check', selectionText: text})"


def test_marked_words_are_answered_in_a_small_window(chromium: Chromium) -> None:
    with chromium.context.expect_page(lambda page: "/popup.html" in page.url) as opening:
        chromium.worker.evaluate(PRESS, WATCHED)
    window = opening.value
    window.locator("#answer[data-level=danger]").wait_for()
    assert window.locator("#paste").input_value() == WATCHED
    assert WATCHED[:9] not in window.url, "words never stand in an address"
    assert not window.locator("#page-unseen").is_visible()
