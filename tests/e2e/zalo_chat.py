"""Plays the stranger in the simulated Zalo chat."""

from __future__ import annotations

from playwright.sync_api import Page

from harness.chromium import Chromium
from harness.closed_shadow import ClosedShadow

OPENING = "Chào em, chị bên shop đây"
CODE = "Em đọc mã OTP vừa nhận được cho chị"
DEMAND = "Đừng nói với bố mẹ nhé, chuyển khoản 2 triệu cho chị trước"
WATCHED = "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"
ARMED_MS = 600  # the sign takes no press in its first half second


def receive(page: Page, *texts: str) -> str:
    """Let *texts* arrive; gives the id of the last bubble."""
    last = [page.evaluate("text => chat.receive(text)", text) for text in texts][-1]
    assert isinstance(last, str)
    return last


def open_with_card(browser: Chromium) -> tuple[Page, ClosedShadow]:
    """A chat in which a danger card stands beside the newest message."""
    page = browser.zalo()
    receive(page, OPENING, CODE)
    inside = browser.inside(page)
    inside.wait(browser.message("card_tell"), role="button")
    return page, inside
