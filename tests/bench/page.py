"""What the extension costs on a long page, against the bare page; and how soon a sign stands."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, sync_playwright

from bench import workload
from bench.table import Goal, Result, Row
from e2e.zalo_chat import CODE, OPENING
from harness import chromium as browsers
from harness.page_server import PAGES, page_server
from harness.service_process import Home, RunningService

LINKS, MESSAGES, RUNS = 5000, 1000, 3
SINGLY, STREAMED = 100, 1000
SIGNS, STARTS = 40, 3
EVERY = 100  # one link in so many is on our list
LOAD_S, TASK_S, MESSAGE_S, COLD_S, WARM_S = 0.120, 0.050, 0.002, 1.0, 0.4
QUIET_S, SETTLED_S, MOST_S = 0.3, 0.003, 20.0
NAME = "bench.html"
NEAR = 300 + 100  # pixels: content/links.js, and a badge's own height

WATCH_SHIFTS = """window.shift = 0;
new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries())
        if (!hadRecentInput) window.shift += value;
}).observe({ type: "layout-shift", buffered: true });"""
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SCROLL = f"""async ([step, most]) => {{
    const frame = {FRAME};
    const end = Math.min(most, document.body.scrollHeight);
    for (let y = 0; y < end; y += step) {{ scrollTo(0, y); await frame(); }}
}}"""
FAST, SLOWLY = [600, 1e9], [120, 15_000]  # pixels in two frames, and in all
SAY = f"""async ([texts, together]) => {{
    const frame = {FRAME};
    while (texts.length > 0) {{
        for (const text of texts.splice(0, together)) chat.receive(text);
        await frame();
    }}
}}"""
IS_OURS = """(node) => /^(DIV|SPAN)$/.test(node.tagName) && node.attributes.length === 0
    && !node.hasChildNodes()"""
FAR_SIGNS = f"""() => [...document.querySelectorAll("#links span")].filter({IS_OURS})
    .filter((sign) => {{
        const {{ top, bottom }} = sign.getBoundingClientRect();
        return bottom < -{NEAR} || top > innerHeight + {NEAR};
    }}).length"""
SHOWN_TO_SIGN = f"""([thread, texts]) => new Promise((done) => {{
    const isOurs = {IS_OURS};
    chat.open(thread);
    let from = 0;
    new MutationObserver((records, watching) => {{
        if (!records.some(({{ addedNodes }}) => [...addedNodes].some(isOurs))) return;
        watching.disconnect();
        done((performance.now() - from) / 1000);
    }}).observe(document.querySelector("#list"), {{ childList: true, subtree: true }});
    for (const text of texts) chat.receive(text);
    from = performance.now();
}})"""


@dataclass(frozen=True, slots=True)
class Costs:
    """Of one visit: seconds of the page's main thread, bytes of heap, shifts as the browser scores.

    *own_s*: the longest piece of work in our scripts; *own_load_s*: all of it while loading.
    """

    load_s: float
    own_s: float
    own_load_s: float
    load_shift: float
    scroll_s: float
    scroll_shift: float
    far_signs: int
    message_s: float
    heap_early: float
    heap_late: float


def costs(folder: Path) -> Result:
    if shutil.which("openssl") is None or not Path(browsers.EXECUTABLE).is_file():
        what = "a long page, against the bare one: not installed (apt install chromium openssl)"
        return Result((Row(what, "–", "–", None),), "Not measured.")
    made = folder / "pages"
    make_page(made)
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        port = stack.enter_context(page_server(folder, pages=made))
        home = Home(folder / "home")
        service = RunningService(home).start()
        stack.callback(service.stop)
        ours = stack.enter_context(browsers.chromium(playwright, home=home, site_port=port))
        bare = stack.enter_context(bare_chromium(playwright, folder / "bare", port))
        ours.wait_until_on()
        visits: dict[str, list[Costs]] = {"ours": [], "bare": []}
        for _ in range(RUNS):  # in turn: what else the machine does falls on both
            visits["bare"].append(_visit(bare))
            visits["ours"].append(_visit(ours.context))
        warm = _shown_to_sign(ours.zalo(), SIGNS)
        ours.context.close()
        cold = [_first_sign(playwright, home, port) for _ in range(STARTS)]
    return Result(_rows(visits["ours"], visits["bare"], warm, cold), NOTES)


NOTES = f"""A simulated Zalo chat of {MESSAGES:,} messages above {LINKS:,} links, one in {EVERY} of
them on our list, in Chromium with the extension and a running service, and without both; medians
of {RUNS} visits in turn, processor time of the page's main thread. Own work is what Chromium's
trace gives for functions of our scripts, each with all that it calls; what a message costs is
weighed without a trace. A layout shift is what the
browser scores (0.1 is called good), while somebody scrolls as fast as a wheel goes; who jumps
further sees the rest of a badge's line move aside. Every link is passed five times as fast. Heap
is weighed after a garbage collection. Shown to sign: from the moment the message stands on the
page until the sign is put there, wall clock, {SIGNS} conversations that the service has not seen,
and the first one in {STARTS} freshly started browsers, which pair first."""


def make_page(folder: Path) -> None:
    """Write the long page and what it needs into *folder*."""
    folder.mkdir()
    for name in ("simulated_chat.js", "zalo.js", "zalo.html"):
        (folder / name).write_bytes((PAGES / name).read_bytes())
    links = "\n".join(
        f'<p>Tin {number}: <a href="{_address(number)}">xem thêm {number}</a> rồi kể lại nhé</p>'
        for number in range(LINKS)
    )
    below = f"""<section id="links" style="grid-column: 1 / -1">{links}</section>
<script>
  const talk = {list(workload.TALK)!r};
  for (let at = 0; at < {MESSAGES}; at += 1) chat.receive(`${{talk[at % talk.length]}} ${{at}}`);
  window.isBuilt = true;
</script>
</body>"""
    chat = (PAGES / "zalo.html").read_text("utf-8")
    (folder / NAME).write_text(chat.replace("</body>", below), encoding="utf-8")


def _address(number: int) -> str:
    if number % EVERY == EVERY // 2:
        return f"https://{browsers.LISTED}/qua/{number}"
    return f"{workload.SITES[number % len(workload.SITES)]}{number}"


@contextmanager
def bare_chromium(
    playwright: Playwright, profile: Path, site_port: int
) -> Iterator[BrowserContext]:
    """The same browser without us."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=browsers.EXECUTABLE,
        args=[
            f"--host-resolver-rules=MAP chat.zalo.me 127.0.0.1:{site_port}, MAP * ~NOTFOUND",
            "--ignore-certificate-errors",
        ],
        viewport={"width": 1100, "height": 800},
    )
    yield context
    context.close()


def _visit(context: BrowserContext) -> Costs:
    page = context.new_page()
    page.add_init_script(WATCH_SHIFTS)
    meter = Meter(page)
    with meter.trace():
        page.goto(f"https://chat.zalo.me/{NAME}")
        page.wait_for_function("window.isBuilt")
        load_s = meter.quiet()  # from the very first
    load_shift = meter.shift()
    own_load_s, worst = sum(meter.own), max(meter.own, default=0.0)
    with meter.trace():
        page.evaluate(SCROLL, SLOWLY)
        scroll_shift = meter.shift()
        scroll_s = meter.spent(lambda: page.evaluate(SCROLL, FAST))
        far = page.evaluate(FAR_SIGNS)
        page.evaluate("scrollTo(0, 0)")
        meter.quiet()
        said = iter(workload.unheard_of(workload.TALK))
        page.evaluate(SAY, [list(islice(said, SINGLY)), 1])
        meter.quiet()
    worst = max(worst, *meter.own, 0.0)
    # Not while it is traced: each of our calls would cost what writing it down costs.
    singly = list(islice(said, SINGLY))
    message_s = meter.spent(lambda: page.evaluate(SAY, [singly, 1])) / SINGLY
    heap_early = meter.heap()
    page.evaluate(SAY, [[next(said) for _ in range(STREAMED)], 10])
    meter.quiet()
    heap_late = meter.heap()
    page.close()
    return Costs(
        load_s,
        worst,
        own_load_s,
        load_shift,
        scroll_s,
        scroll_shift,
        far,
        message_s,
        heap_early,
        heap_late,
    )


class Meter:
    """What Chromium says of one page's main thread."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.own: list[float] = []
        self._events: list[dict[str, Any]] = []
        self.cdp.on("Tracing.dataCollected", lambda told: self._events.extend(told["value"]))

    def _metric(self, name: str) -> float:
        told = self.cdp.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in told if each["name"] == name))

    def spent(self, act: Callable[[], object]) -> float:
        """Processor seconds of the main thread for *act* and all that follows from it."""
        before = self._metric("TaskDuration")
        act()
        return self.quiet() - before

    def quiet(self) -> float:
        """Wait until it does nothing more; all its processor seconds so far."""
        end = time.monotonic() + MOST_S
        seen = self._metric("TaskDuration")
        calm = 0
        while calm < 3 and time.monotonic() < end:
            self.page.wait_for_timeout(QUIET_S * 1000)
            now = self._metric("TaskDuration")
            calm = calm + 1 if now - seen < SETTLED_S else 0
            seen = now
        return seen

    def shift(self) -> float:
        value: float = self.page.evaluate("window.shift")
        self.page.evaluate("window.shift = 0")
        return value

    def heap(self) -> float:
        self.cdp.send("HeapProfiler.collectGarbage")
        return self._metric("JSHeapUsedSize")

    @contextmanager
    def trace(self) -> Iterator[None]:
        """Afterwards *own* holds the processor seconds of each piece of work in our scripts."""
        self._events.clear()
        self.cdp.send(
            "Tracing.start",
            {"transferMode": "ReportEvents", "categories": "-*,devtools.timeline,v8"},
        )
        yield
        done: list[Any] = []
        self.cdp.once("Tracing.tracingComplete", lambda told: done.append(told))
        self.cdp.send("Tracing.end")
        while not done:
            self.page.wait_for_timeout(50)
        self.own = list(_own_work(self._events))


def _own_work(events: list[dict[str, Any]]) -> Iterator[float]:
    """Seconds of each call into our scripts that is not inside another one."""
    calls = [
        event
        for event in events
        if event.get("ph") == "X"
        and event["name"] in ("FunctionCall", "EvaluateScript")
        and str(event.get("args", {}).get("data", {}).get("url", "")).startswith("chrome-ext")
    ]
    end = 0
    for event in sorted(calls, key=lambda each: (each["ts"], -each.get("dur", 0))):
        if event["ts"] < end:
            continue
        end = event["ts"] + event.get("dur", 0)
        yield event.get("tdur", event.get("dur", 0)) / 1e6


def _shown_to_sign(page: Page, times: int) -> list[float]:
    said = workload.unheard_of([CODE])
    return [
        page.evaluate(SHOWN_TO_SIGN, [f"thread {number}", [OPENING, next(said)]])
        for number in range(times)
    ]


def _first_sign(playwright: Playwright, home: Home, port: int) -> float:
    """How long the first sign takes in a browser that was started a moment ago."""
    with browsers.chromium(playwright, home=home, site_port=port) as fresh:
        return _shown_to_sign(fresh.zalo(), 1)[0]


def _rows(
    ours: list[Costs], bare: list[Costs], warm: list[float], cold: list[float]
) -> tuple[Row, ...]:
    def middle(side: list[Costs], name: str) -> float:
        return float(statistics.median(getattr(visit, name) for visit in side))

    def both(what: str, name: str) -> Row:
        a, b = middle(ours, name), middle(bare, name)
        return Row(f"{what}, against the bare page", _ms(a), _ms(b), a / b)

    def within(what: str, seconds: float, goal: float) -> Row:
        return Row(f"{what}, against its goal", _ms(seconds), _ms(goal), seconds / goal, AT_MOST)

    def none(what: str, name: str) -> Row:
        value = middle(ours, name)
        more = value - (middle(bare, name) if name.endswith("shift") else 0)
        return Row(what, f"{value:.3g}", f"{middle(bare, name):.3g}", max(0.0, more), NOTHING)

    grown = {
        name: statistics.median(visit.heap_late - visit.heap_early for visit in side)
        for name, side in (("ours", ours), ("bare", bare))
    }
    percentiles = statistics.quantiles(warm, n=20, method="inclusive")
    load_more = middle(ours, "load_s") - middle(bare, "load_s")
    message_more = middle(ours, "message_s") - middle(bare, "message_s")
    return (
        both("load until the page is quiet", "load_s"),
        within("what of that is more than the bare page's", max(load_more, 0), LOAD_S),
        within("our own work while it loads", middle(ours, "own_load_s"), LOAD_S),
        within("the longest piece of own work", max(v.own_s for v in ours), TASK_S),
        both("jump past every link", "scroll_s"),
        both("one message more", "message_s"),
        within("what of that is more than the bare page's", max(message_more, 0), MESSAGE_S),
        none("badges far from the screen, after scrolling", "far_signs"),
        none("layout shift while loading, more than the bare page's", "load_shift"),
        none(
            "layout shift while scrolling as a wheel does, more than the bare page's",
            "scroll_shift",
        ),
        Row(
            f"heap that {STREAMED:,} more messages take, against the bare page",
            f"{grown['ours'] / 1e3:.0f} kB",
            f"{grown['bare'] / 1e3:.0f} kB",
            grown["ours"] / grown["bare"],
        ),
        Row("shown to sign, warm, p50", _ms(statistics.median(warm)), "", None),
        within("shown to sign, warm, p95", percentiles[-1], WARM_S),
        within("shown to sign, cold, the slowest", max(cold), COLD_S),
    )


AT_MOST = Goal("≤", 1)
NOTHING = Goal("≤", 0)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
