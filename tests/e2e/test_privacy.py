"""Nothing that a child reads or writes is found anywhere afterwards, on disk or on the wire."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from e2e.pasted_picture import give, png
from harness import netlog
from harness.chromium import Chromium
from harness.qr_picture import qr_picture
from harness.search import files_holding
from harness.service_process import Home, RunningService
from harness.waiting import wait_for

PAGES_OF_HELP = ("tell.html", "phone.html", "parents.html")
LURE = "em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"


def test_words_of_a_chat_stay_in_memory(
    chromium: Chromium, service: RunningService, home: Home, canary: str
) -> None:
    page = chromium.zalo()
    page.evaluate("text => chat.receive(text)", f"{canary} {LURE}")
    page.evaluate("text => chat.send(text)", f"my own {canary}")
    inside = chromium.inside(page)
    with chromium.context.expect_page() as opening:
        inside.press(chromium.message("card_chip_label"))
    tell = opening.value
    tell.wait_for_load_state()
    assert tell.url.endswith("/pages/tell.html")
    tell.locator("#note").fill(f"Mẹ ơi {canary}")
    tell.locator("#copy").click()
    wait_for(lambda: tell.locator("#copied").inner_text(), what="the note to be copied")
    tell.locator("#people input[value=other]").check(force=True)
    tell.locator("#other-you").fill(canary)
    tell.locator("#told").click()
    tell.locator("#keep summary").click()
    tell.locator("#keep-more").fill(f"Zalo {canary}")
    phone = chromium.own_page("phone")
    phone.locator("#yes").click()
    chromium.own_page("parents")
    popup = chromium.own_page("popup")
    popup.locator("textarea").fill(f"{canary} {LURE}")
    give(popup, "paste", png(qr_picture(canary)))
    wait_for(lambda: popup.locator("textarea").input_value() == canary, what="the code to be read")
    extension, port = chromium.extension_id, service.port
    chromium.context.close()
    service.stop()

    assert files_holding(canary, home.folder) == []
    listed = listed_history(chromium.profile)
    assert [url for url in listed if any(name in url for name in PAGES_OF_HELP)] == []
    asked = netlog.requests_in(chromium.netlog)
    ours = {one.url for one in asked if one.initiator == f"chrome-extension://{extension}"}
    service_urls = {
        f"http://127.0.0.1:{port}/v1/{name}" for name in ("hello", "check", "qr", "pin")
    }
    assert ours == service_urls
    assert [one.url for one in asked if canary in one.url] == []


def listed_history(profile: Path) -> list[str]:
    """Every address that the browser's history page would list."""
    with closing(sqlite3.connect(profile / "Default" / "History")) as history:
        listed = [str(url) for (url,) in history.execute("SELECT url FROM urls WHERE NOT hidden")]
    assert any("chat.zalo.me" in url for url in listed), "the history was not written"
    return listed
