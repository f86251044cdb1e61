"""What is seen in a window of messages: cues, links, and how it is worded.

Loaded beside the engine: whoever needs only links never waits for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from msgspec import structs

from notalone.detectors import LinkRules, evasion
from notalone.detectors.lookalike import is_vouched_for
from notalone.detectors.speaks_as import findings as spoken_for
from notalone.engine import Engine
from notalone.folding.entities import find_entities
from notalone.folding.parted import Joined, joined
from notalone.folding.words import FoldedText, fold_text
from notalone.glossary import Signal
from notalone.judge import Seen
from notalone.links_in_text import known_of, links_in
from notalone.model import Finding, LinkFinding, Message
from notalone.remembered import Memory, keyed
from notalone.wrappers import Place

_FEW_WORDS = 6  # "Đăng nhập tại đây: " and an address
_AUTHORS = {None: b"", True: b"me", False: b"others"}


class Found(NamedTuple):
    """What is seen in one message by itself."""

    findings: tuple[Finding, ...]
    links: tuple[LinkFinding, ...] = ()
    hidden: tuple[LinkFinding, ...] = ()


_NOTHING = Found(())


def _holds_link(text: str) -> bool:
    return any(entity.kind == "link" for entity in find_entities(text.lower()))


class MessageReader:
    """Reads windows by one version of the rules. Safe to share between threads."""

    def __init__(
        self,
        engine: Engine,
        links: LinkRules,
        signals: Mapping[str, Signal],
        *,
        today: Callable[[], datetime.date],
        memory: Memory,
    ) -> None:
        self._engine = engine
        self._links = links
        self._signals = signals
        self._today = today
        self._memory = memory
        # The same words are judged by who says them, and the addresses in them by the list.
        self._keys = {author: keyed(about, links.version) for author, about in _AUTHORS.items()}

    def see(self, messages: Sequence[Message]) -> list[Seen]:
        """What is seen in each of *messages*, before anything is judged."""
        keys = [self._keys[message.from_me](message.text) for message in messages]
        known = self._memory.findings.known(keys)
        new: dict[bytes, Found] = {}
        folded: dict[bytes, FoldedText] = {}  # of this call only: nothing that was written is kept
        window: list[Seen] = []
        for key, message in zip(keys, messages, strict=True):
            if key in known:
                window.append(Seen(message, known[key]))
                continue
            found = new.get(key)
            if found is None:
                folded[key] = self._fold(message.text)
                found = new[key] = self._look(message, folded[key])
            window.append(Seen(message, found.findings, found.links, hidden=found.hidden))
        self._memory.findings.keep(
            {key: seen.findings for key, seen in new.items() if not seen.links and not seen.hidden}
        )
        window = self._joined(window, keys)
        # Where nothing is seen, the wording alone may not speak.
        if any(seen.findings or seen.links for seen in window):
            return self._compared(window, keys, folded)
        return window

    def _fold(self, text: str) -> FoldedText:
        return fold_text(text, spelling=self._engine.cues.spelling)

    def _joined(self, window: Sequence[Seen], keys: Sequence[bytes]) -> list[Seen]:
        """*window* with the links that begin in one message and end in its author's next."""
        together = list(window)
        pairs = [first + following for first, following in pairwise(keys)]
        known = self._memory.pairs.known(pairs)
        new: dict[bytes, None] = {}
        for number, (first, following) in enumerate(pairwise(window), 1):
            pair = pairs[number - 1]
            author = following.message.from_me
            if pair in known or author or author is not first.message.from_me:
                continue
            text = joined(first.message.text, following.message.text)
            found = [] if text is None else [*self._found_across(text)]
            found += self._spoken_for_before(first.message, following.message)
            if not found:
                new[pair] = None
                continue
            before = {(link.rule, link.why) for link in (*following.links, *following.hidden)}
            found = [link for link in found if (link.rule, link.why) not in before]
            links = tuple(link for link in found if link.strength != "hides")
            hides = tuple(link for link in found if link.strength == "hides")
            together[number] = replace(
                following, links=following.links + links, hidden=following.hidden + hides
            )
        self._memory.pairs.keep(new)
        return together

    def _found_across(self, text: Joined) -> Iterator[LinkFinding]:
        """What is known of an address that is parted over two messages, placed in the second."""
        for link in links_in(self._fold(text.text), self._links.wrappers):
            if not text.is_across(link.start, link.end):
                continue
            for place in link.places:
                for finding in self._known_of(place, text.text):
                    start, end = text.in_next(finding.start, finding.end)
                    if start == end:  # what is to be quoted stands in the first alone
                        start, end = text.in_next(link.start, link.end)
                    yield structs.replace(finding, start=start, end=end, begins_before=True)

    def _spoken_for_before(self, first: Message, following: Message) -> Iterator[LinkFinding]:
        """The addresses in *following*, little else, to which *first* sends in another's name."""
        few = len(following.text.split()) <= _FEW_WORDS
        if not few or not _holds_link(following.text) or _holds_link(first.text):
            return
        folded = self._fold(f"{first.text}\n{following.text}")
        places = [place for link in links_in(folded, self._links.wrappers) for place in link.places]
        border = len(first.text) + 1
        for finding in self._spoken_for(folded, places):
            if finding.start >= border:  # a disguised one may stand in *first* after all
                yield structs.replace(finding.moved(-border), begins_before=True)

    def _compared(
        self, window: Sequence[Seen], keys: Sequence[bytes], folded: Mapping[bytes, FoldedText]
    ) -> list[Seen]:
        """*window* with how what others say in it is worded."""
        classifier = self._engine.classifier
        if classifier is None:
            return [*window]
        said = {
            key: seen.message
            for key, seen in zip(keys, window, strict=True)
            if not seen.message.from_me
        }
        known = self._memory.wordings.known(said)
        new = {
            key: classifier.wording(folded.get(key) or self._fold(message.text))
            for key, message in said.items()
            if key not in known
        }
        self._memory.wordings.keep(new)
        known |= new
        return [
            replace(seen, wording=known[key]) if key in known else seen
            for key, seen in zip(keys, window, strict=True)
        ]

    def _look(self, message: Message, folded: FoldedText) -> Found:
        hits = self._engine.cues.findings(folded)
        if not hits and not folded.entities:
            return _NOTHING  # nearly every message
        links = [] if message.from_me else [*links_in(folded, self._links.wrappers)]
        written = sum(entity.kind == "link" for entity in folded.entities)
        vouched = sum(
            all(is_vouched_for(place.address, index=self._links.brands) for place in link.places)
            for link in links
        )
        is_own = 0 < written == vouched  # one that cannot be read is nobody's
        found = tuple(
            finding
            for finding in hits
            if (signal := self._signals[finding.signal]).may_stand_in(from_me=message.from_me)
            and not (signal.by_link and is_own)
        )
        if not message.from_me:
            found += evasion.findings(folded, signal=self._signals.get(evasion.SIGNAL))
        addresses = [place for link in links for place in link.places]
        known = [link for place in addresses for link in self._known_of(place, message.text)]
        return Found(
            found,
            (
                *(link for link in known if link.strength != "hides"),
                *self._spoken_for(folded, addresses),
            ),
            tuple(link for link in known if link.strength == "hides"),
        )

    def _known_of(self, place: Place, text: str) -> Iterator[LinkFinding]:
        return known_of(place, text, self._links, today=self._today())

    def _spoken_for(self, folded: FoldedText, addresses: Sequence[Place]) -> list[LinkFinding]:
        """The addresses to which the message sends its reader in somebody else's name."""
        return spoken_for(
            folded,
            addresses,
            speaking=self._engine.speaking,
            index=self._links.brands,
            lists=self._links.lists,
        )
