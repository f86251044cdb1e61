"""Look into closed shadow roots as a person or a screen reader does; scripts cannot.

Chromium's accessibility tree and boxes reach what `querySelector` must not. Presses are real mouse
events at the middle of the element, so `isTrusted` holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Error, Page

from harness.waiting import wait_for

LIMIT_S = 30.0  # of every wait: only a test that fails waits so long
READING_MS = 600  # our signs take no press in their first 500 ms, against presses by accident
# Two frames on, and content/sight.js's delay: by then the browser has told our script that the
# button is seen. On a busy computer that is late, and the 500 ms begin only there. A page that
# draws no frame is not waited for.
TOLD_AS_SEEN = """() => Promise.race([
    new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)))),
    new Promise((done) => setTimeout(done, 5000)),
])"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing inside a closed shadow root: its role and name for a screen reader."""

    role: str
    name: str
    node: int  # Chromium's backendNodeId


class ClosedShadow:
    """Everything inside the closed shadow roots of one page, its same-site frames included."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("DOM.enable")

    def everything(self) -> list[Seen]:
        """All that a screen reader would meet inside, in reading order."""
        document = self._document()
        place = {node: index for index, node in enumerate(self._nodes_inside(document))}
        if not place:
            return []  # and whoever waits for a sign has the browser draw no tree meanwhile
        frames = [node["frameId"] for node in walk(document) if "contentDocument" in node]
        trees = [{}, *({"frameId": frame} for frame in frames)]
        tree = [node for which in trees for node in self._tree(which)]
        seen = [
            Seen(
                role=node["role"]["value"],
                name=node.get("name", {}).get("value", ""),
                node=node["backendDOMNodeId"],
            )
            for node in tree
            if not node.get("ignored") and node.get("backendDOMNodeId") in place
        ]
        return sorted(seen, key=lambda one: place[one.node])

    def text(self) -> str:
        """The words that stand inside, a line for each run of text."""
        return "\n".join(seen.name for seen in self.everything() if seen.role == "StaticText")

    def find(self, name: str, *, role: str | None = None) -> Seen | None:
        """The first thing whose name contains *name*."""
        for seen in self.everything():
            if name in seen.name and role in (None, seen.role):
                return seen
        return None

    def wait(self, name: str, *, role: str | None = None, within_s: float = LIMIT_S) -> Seen:
        """Wait until something named *name* stands inside."""
        return wait_for(
            lambda: self.find(name, role=role),
            what=f"{role or 'something'} named {name!r} in a closed shadow root",
            within_s=within_s,
            poll_s=0.05,
        )

    def wait_for_words(self, words: str, *, within_s: float = LIMIT_S) -> str:
        """Wait until *words* stand inside, also across marked parts; gives all the text."""

        def look() -> str | None:
            text = self.text()
            return text if words in text or words in text.replace("\n", "") else None

        return wait_for(look, what=f"the words {words!r}", within_s=within_s, poll_s=0.05)

    def press(self, name: str, *, role: str = "button", within_s: float = LIMIT_S) -> None:
        """Click the middle of the thing named *name*, no sooner than a person would."""
        self.box(self.wait(name, role=role, within_s=within_s))
        self.page.evaluate(TOLD_AS_SEEN)
        self.page.wait_for_timeout(READING_MS)
        seen = self.wait(name, role=role, within_s=within_s)
        x, y, width, height = self.box(seen)
        self.page.mouse.click(x + width / 2, y + height / 2)

    def box(self, seen: Seen) -> tuple[float, float, float, float]:
        """Left, top, width and height in CSS pixels of the window, after scrolling it into view."""
        self.cdp.send("DOM.scrollIntoViewIfNeeded", {"backendNodeId": seen.node})
        quad = self.cdp.send("DOM.getBoxModel", {"backendNodeId": seen.node})["model"]["border"]
        xs, ys = quad[0::2], quad[1::2]
        return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

    def style(self, seen: Seen, *properties: str) -> dict[str, str]:
        """Computed values, for contrast and size checks."""
        handle = self.cdp.send("DOM.resolveNode", {"backendNodeId": seen.node})["object"]
        answer = self.cdp.send(
            "Runtime.callFunctionOn",
            {
                "objectId": handle["objectId"],
                "functionDeclaration": """function (...names) {
                    const element = this.nodeType === Node.TEXT_NODE ? this.parentElement : this;
                    const style = getComputedStyle(element);
                    return Object.fromEntries(names.map((n) => [n, style.getPropertyValue(n)]));
                }""",
                "arguments": [{"value": name} for name in properties],
                "returnByValue": True,
            },
        )
        value = answer["result"]["value"]
        assert isinstance(value, dict)
        return value

    def hosts(self) -> int:
        """How many closed shadow roots the page holds."""
        return sum(1 for _ in self._roots(self._document()))

    def _tree(self, which: dict[str, str]) -> list[dict[str, Any]]:
        """What a screen reader meets in the page, or in one frame of its site."""
        try:
            nodes: list[dict[str, Any]] = self.cdp.send("Accessibility.getFullAXTree", which)[
                "nodes"
            ]
        except Error:
            if not which:
                raise
            return []  # a frame on its way to another site: it was empty a moment ago
        return nodes

    def _document(self) -> dict[str, Any]:
        root = self.cdp.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        assert isinstance(root, dict)
        return root

    def _nodes_inside(self, document: dict[str, Any]) -> Iterator[int]:
        for root in self._roots(document):
            for node in walk(root):
                yield node["backendNodeId"]

    def _roots(self, document: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for node in walk(document):
            for root in node.get("shadowRoots", ()):
                if root.get("shadowRootType") == "closed":
                    yield root


def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """*node* and all below it in document order, without recursion: pages may be deep."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        frame = [here["contentDocument"]] if "contentDocument" in here else []
        waiting += reversed([*here.get("shadowRoots", ()), *here.get("children", ()), *frame])
