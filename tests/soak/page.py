"""Whether what we keep of a chat page grows while messages come for half an hour."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench import workload
from bench.page import Meter, bare_chromium
from e2e.zalo_chat import CODE
from harness import chromium as browsers
from harness.page_server import page_server
from harness.service_process import Home, RunningService
from soak.figures import Figure, at_most
from soak.growth import slope

IN_A_CONVERSATION = 250
EVERY_LURE = 25  # one message in so many gets its sign
TOGETHER = 10
WARM_CONVERSATIONS = 4  # until what is compiled, and remembered of conversations, is there
MOST_MB = 1.0

# As a chat site does: another conversation is opened, and what was drawn of the last one is gone.
NEXT = """(thread) => { chat.open(thread); chat.clear(); }"""
SAY = """async (texts) => {
    for (const text of texts) chat.receive(text);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def texts() -> Iterator[str]:
    """Messages without end, each with a word that was never there before; some are lures."""
    talk = workload.unheard_of(workload.TALK)
    lures = workload.unheard_of([CODE])
    for number in itertools.count(1):
        yield next(lures if number % EVERY_LURE == 0 else talk)


def converse(page: Page, said: Iterator[str], *, turn: int) -> None:
    """One whole conversation comes in."""
    page.evaluate(NEXT, f"u{turn % 7}")
    for _ in range(IN_A_CONVERSATION // TOGETHER):
        page.evaluate(SAY, list(itertools.islice(said, TOGETHER)))


def figures(folder: Path, *, minutes: float) -> list[Figure]:
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        port = stack.enter_context(page_server(folder))
        service = RunningService(Home(folder / "home")).start()
        stack.callback(service.stop)
        ours = stack.enter_context(browsers.chromium(playwright, home=service.home, site_port=port))
        bare = stack.enter_context(bare_chromium(playwright, folder / "bare", port))
        ours.wait_until_on()
        pages = {"ours": ours.zalo(), "bare": bare.new_page()}
        pages["bare"].goto("https://chat.zalo.me/zalo.html")
        pages["bare"].wait_for_function("window.chat")
        meters = {side: Meter(page) for side, page in pages.items()}
        streams = {side: texts() for side in pages}
        heap: dict[str, list[tuple[float, float]]] = {side: [] for side in pages}
        began = time.monotonic()
        for turn in itertools.count():
            for side, page in pages.items():
                converse(page, streams[side], turn=turn)
                meters[side].quiet()
                if turn >= WARM_CONVERSATIONS:
                    passed_h = (time.monotonic() - began) / 3600
                    heap[side].append((passed_h, meters[side].heap() / 1e6))
            assert pages["ours"].evaluate("chat.signed().length"), "no lure got its sign"
            if time.monotonic() - began > minutes * 60 and len(heap["bare"]) > 1:
                break
    conversations = len(heap["ours"])
    what = (
        f"heap of a chat page over {minutes:g} min, {conversations * IN_A_CONVERSATION:,} messages"
    )
    hours = heap["ours"][-1][0] - heap["ours"][0][0]
    more = (slope(heap["ours"]) - slope(heap["bare"])) * hours
    ends = "; ".join(
        f"{side} {points[0][1]:.1f} MB, {points[-1][1]:.1f} MB" for side, points in heap.items()
    )
    return [
        at_most(f"{what}: growth, more than the bare page's", more, MOST_MB, "MB"),
        Figure(f"{what}: first and last", ends),
    ]
