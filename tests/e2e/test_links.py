"""Links anywhere on a page: a badge where there is a reason, and a page that never hangs."""

from __future__ import annotations

from playwright.sync_api import Page

from harness.chromium import Chromium
from harness.waiting import stays, wait_for

LISTED = "http://vnpost-giaohang.example/"
MANY = 20_000
WORST_TASK_MS = (
    1000  # measured 80 on two free cores, as much as without us; all at once takes seconds
)
REPORTED = "Địa chỉ này có trong danh sách bị báo cáo lừa đảo."  # detectors/listed.py
ARMED_MS = 600
RAISES = 20  # content/links.js
NEVER_LEAVE_IT = """() => {
    links.taken = 0;
    const take = () => {
        const next = document.querySelector("#listed").nextElementSibling;
        if (!next) return;
        links.taken += 1;
        next.remove();
    };
    new MutationObserver(take).observe(document.body, { childList: true, subtree: true });
    take();
}"""

MARKED = """selector => {
    const next = document.querySelector(selector).nextElementSibling;
    return next?.tagName === "SPAN" && next.textContent === "" && next.offsetWidth > 20;
}"""


def is_marked(page: Page, selector: str) -> bool:
    return bool(page.evaluate(MARKED, selector))


def test_listed_link_gets_its_badge_also_behind_a_forwarder(chromium: Chromium) -> None:
    page = chromium.site("links.html")
    inside = chromium.inside(page)
    inside.wait(chromium.message("card_badge_reported"), role="button")
    wait_for(lambda: is_marked(page, "#wrapped"), what="the forwarded link to be marked")
    assert is_marked(page, "#listed")
    for harmless in ("#harmless", "#script", "#data", "#here", "#broken", "#written"):
        assert not is_marked(page, harmless), harmless


def test_badge_explains_itself_and_closes_on_escape(chromium: Chromium) -> None:
    page = chromium.site("links.html")
    inside = chromium.inside(page)
    inside.wait(chromium.message("card_badge_reported"), role="button")
    page.wait_for_timeout(ARMED_MS)
    inside.press(chromium.message("card_badge_reported"))
    said = inside.wait_for_words(REPORTED)
    assert "vnpost-giaohang.example" in said
    assert page.url.endswith("/links.html"), "pressing the badge follows no link"
    page.keyboard.press("Escape")
    wait_for(lambda: REPORTED not in inside.text(), what="the panel to close")


def test_link_far_below_waits_until_it_comes_near(chromium: Chromium) -> None:
    page = chromium.site("links.html")
    wait_for(lambda: is_marked(page, "#listed"), what="the near link to be marked")
    stays(lambda: not is_marked(page, "#far"), what="the far link to wait", for_s=0.7)
    page.locator("#far").scroll_into_view_if_needed()
    wait_for(lambda: is_marked(page, "#far"), what="the far link to be marked")


def test_badge_that_the_page_takes_away_comes_back_but_not_in_a_loop_without_end(
    chromium: Chromium,
) -> None:
    page = chromium.site("links.html")
    wait_for(lambda: is_marked(page, "#listed"), what="the badge")
    page.evaluate("document.querySelector('#listed').nextElementSibling.remove()")
    wait_for(lambda: is_marked(page, "#listed"), what="the badge to be back")
    page.evaluate(NEVER_LEAVE_IT)
    wait_for(lambda: page.evaluate("links.taken") >= RAISES, what="a page that takes it each time")
    stays(lambda: page.evaluate("links.taken") == RAISES, what="an end of it", for_s=1.5)
    wait_for(lambda: is_marked(page, "#wrapped"), what="the other link to keep its own")
    wait_for(lambda: chromium.dot(page) == "•", what="the dot on the icon", poll_s=0.2)


def test_page_of_twenty_thousand_links_does_not_hang(chromium: Chromium) -> None:
    page = chromium.site("links.html")
    wait_for(lambda: is_marked(page, "#listed"), what="the scan to be at work")
    began = page.evaluate(
        """async count => {
            links.fill(count);
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            return performance.now();  // building and laying out the page is its own cost
        }""",
        MANY,
    )
    page.evaluate("href => links.add(href, 'Nhận quà')", LISTED + "cuoi")
    page.locator("#more p:last-child a").scroll_into_view_if_needed()
    wait_for(
        lambda: is_marked(page, "#more p:last-child a"),
        what="the last of 20,000 links to be marked",
        within_s=60,
    )
    tasks = [
        task["duration"] for task in page.evaluate("links.longTasks") if task["startTime"] > began
    ]
    assert max(tasks, default=0) < WORST_TASK_MS, tasks
