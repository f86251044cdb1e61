"""The pipeline: a request goes in, findings are gathered, verdicts come out.

Links need only lists and brands and are answered at once; messages wait for the engine, which
imports spaCy in a thread of its own. Nothing that was written is kept: the cache holds findings
under a keyed hash that no other process can compute.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from cachetools import LRUCache
from msgspec import structs

from notalone.address import read_address
from notalone.compiled import CurrentList
from notalone.config import data_dir, rules_dir
from notalone.detectors import LinkRules, evasion, load_link_rules
from notalone.detectors.lookalike import is_vouched_for
from notalone.detectors.speaks_as import Place
from notalone.detectors.speaks_as import findings as spoken_for
from notalone.engine import Engine, load_engine
from notalone.errors import RuleError
from notalone.feeds.store import compiled_folder
from notalone.feeds.switch import may_pull
from notalone.folding.entities import find_entities
from notalone.folding.parted import Joined, joined
from notalone.folding.words import FoldedText, fold_text
from notalone.glossary import Glossary, Signal, load_glossary
from notalone.judge import Rules, Seen, judge_conversation, judge_link, judge_message
from notalone.links_in_text import known_of, links_in, places_of
from notalone.model import (
    CheckReply,
    CheckRequest,
    Finding,
    LinkFinding,
    ListsState,
    Message,
    RulesState,
    Verdict,
    Wording,
)
from notalone.speaking import Speaking

CONVERSATION = "conversation"
_CACHED_MESSAGES = 5_000  # findings of a message, about 1 kB where there are any
_KEY_BYTES = 16
_OLD_AFTER_DAYS = 30
_FEW_WORDS = 6  # "Đăng nhập tại đây: " and an address
_LISTS_OLD_AFTER_DAYS = 7  # by then they know a quarter less of what is new
_AUTHORS = {None: b"", True: b"me", False: b"others"}


class Found(NamedTuple):
    """What is seen in one message by itself."""

    findings: tuple[Finding, ...]
    links: tuple[LinkFinding, ...]
    hidden: tuple[LinkFinding, ...]


_NOTHING = Found((), (), ())


def _holds_link(text: str) -> bool:
    return any(entity.kind == "link" for entity in find_entities(text.lower()))


class Checker:
    """Judges requests. Safe to share between threads."""

    def __init__(
        self,
        glossary: Glossary,
        links: LinkRules,
        engine: Future[Engine],
        *,
        today: Callable[[], datetime.date] = datetime.date.today,
        compiled: CurrentList | None = None,
        pulls_lists: Callable[[], bool] = lambda: True,
        hurry: Callable[[], None] = lambda: None,
    ) -> None:
        self._glossary = glossary
        self._rules = Rules(signals=glossary.signals, lures=glossary.lures)
        self._links = links
        self._engine = engine
        self._hurry = hurry  # somebody waits for the engine
        self._today = today
        self._key = secrets.token_bytes(32)
        self._cache: LRUCache[bytes, Found] = LRUCache(maxsize=_CACHED_MESSAGES)
        self._wordings: LRUCache[bytes, Wording] = LRUCache(maxsize=_CACHED_MESSAGES)
        self._lock = threading.Lock()
        self._compiled = compiled
        self._pulls_lists = pulls_lists
        self._newest = self

    def _now(self) -> Checker:
        """This checker beside the newest compiled list: one check is answered by one version."""
        compiled = None if self._compiled is None else self._compiled.now()
        newest = self._newest
        if compiled is not newest._links.lists.compiled:
            newest = copy(self)  # caches and engine are shared
            newest._links = self._links.with_list(compiled)
            self._newest = newest
        return newest

    @property
    def errors(self) -> tuple[RuleError, ...]:
        """Rules that could not be used, each with the way to mend it; waits for the engine."""
        engine = self._ready_engine()
        return (*engine.cues.errors, *engine.errors, *self._links.errors)

    def _ready_engine(self) -> Engine:
        self._hurry()
        return self._engine.result()

    @property
    def list_errors(self) -> tuple[RuleError, ...]:
        """Compiled lists that could not be used: an older one is, or none."""
        return () if self._compiled is None else self._compiled.errors

    @property
    def signals(self) -> Mapping[str, Signal]:
        """What each signal's name stands for."""
        return self._glossary.signals

    @property
    def rules(self) -> Rules:
        """What the judge needs to know of the rules."""
        return self._rules

    @property
    def is_ready(self) -> bool:
        """Whether messages are answered without waiting."""
        return self._engine.done()

    @property
    def rules_state(self) -> RulesState:
        """Which rules these are, and their age by today's clock."""
        return self._now()._rules_state()

    def _rules_state(self) -> RulesState:
        lists = self._lists_state()
        if not self._glossary.built:
            return RulesState(version="", built="", age_days=0, state="missing", lists=lists)
        built = datetime.date.fromisoformat(self._glossary.built)
        age = max(0, (self._today() - built).days)
        return RulesState(
            version=self._glossary.version,
            built=built.isoformat(),
            age_days=age,
            state="old" if age > _OLD_AFTER_DAYS else "fresh",
            lists=lists,
        )

    def _lists_state(self) -> ListsState:
        compiled = self._links.lists.compiled
        if compiled is None or compiled.pulled is None:
            return ListsState("missing" if self._pulls_lists() else "off")
        age = max(0, (self._today() - compiled.pulled).days)
        return ListsState("old" if age > _LISTS_OLD_AFTER_DAYS else "fresh", age, compiled.rows)

    def check(self, request: CheckRequest) -> CheckReply:
        """Judge one request; waits for the engine only where there are messages."""
        return self._now()._check(request)

    def _check(self, request: CheckRequest) -> CheckReply:
        window = self._see(request.messages)
        return CheckReply(
            rules=self._rules_state(),
            links=tuple(self._judge_link(link.id, link.url) for link in request.links),
            messages=tuple(judge_message(seen, rules=self._rules) for seen in window),
            conversation=judge_conversation(
                CONVERSATION, window, rules=self._rules, earlier=request.earlier
            ),
        )

    def see(self, messages: Sequence[Message]) -> list[Seen]:
        """What the detectors see in each of *messages*, before anything is judged."""
        return self._now()._see(messages)

    def _see(self, messages: Sequence[Message]) -> list[Seen]:
        keys = [self._cache_key(message) for message in messages]
        with self._lock:
            known = {key: self._cache.get(key) for key in keys}
        new: dict[bytes, Found] = {}
        folded: dict[bytes, FoldedText] = {}  # of this call only: nothing that was written is kept
        window: list[Seen] = []
        for key, message in zip(keys, messages, strict=True):
            found = known[key] or new.get(key)
            if found is None:
                engine = self._ready_engine()
                folded[key] = fold_text(message.text, spelling=engine.cues.spelling)
                found = new[key] = self._look(message, folded[key], engine)
            window.append(Seen(message, found.findings, found.links, hidden=found.hidden))
        with self._lock:
            self._cache.update(new)
        window = self._joined(window)
        # Where nothing is seen, the wording alone may not speak.
        if any(seen.findings or seen.links for seen in window):
            return self._compared(window, keys, folded)
        return window

    def _joined(self, window: Sequence[Seen]) -> list[Seen]:
        """*window* with the links that begin in one message and end in its author's next."""
        together = list(window)
        for number, (first, following) in enumerate(pairwise(window), 1):
            author = following.message.from_me
            if author or author is not first.message.from_me:
                continue
            text = joined(first.message.text, following.message.text)
            found = [] if text is None else [*self._found_across(text)]
            found += self._spoken_for_before(first.message, following.message)
            if not found:
                continue
            known = {(link.rule, link.why) for link in (*following.links, *following.hidden)}
            found = [link for link in found if (link.rule, link.why) not in known]
            links = tuple(link for link in found if link.strength != "hides")
            hides = tuple(link for link in found if link.strength == "hides")
            together[number] = replace(
                following, links=following.links + links, hidden=following.hidden + hides
            )
        return together

    def _found_across(self, text: Joined) -> Iterator[LinkFinding]:
        """What is known of an address that is parted over two messages, placed in the second."""
        spelling = self._engine.result().cues.spelling
        for link in links_in(fold_text(text.text, spelling=spelling), self._links.wrappers):
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
        engine = self._engine.result()
        folded = fold_text(f"{first.text}\n{following.text}", spelling=engine.cues.spelling)
        places = [place for link in links_in(folded, self._links.wrappers) for place in link.places]
        border = len(first.text) + 1
        for finding in self._spoken_for(folded, places, engine.speaking):
            if finding.start >= border:  # a disguised one may stand in *first* after all
                yield structs.replace(finding.moved(-border), begins_before=True)

    def _compared(
        self, window: Sequence[Seen], keys: Sequence[bytes], folded: Mapping[bytes, FoldedText]
    ) -> list[Seen]:
        """*window* with how what others say in it is worded."""
        engine = self._engine.result()
        classifier = engine.classifier
        if classifier is None:
            return [*window]
        said = {
            key: seen.message
            for key, seen in zip(keys, window, strict=True)
            if not seen.message.from_me
        }
        with self._lock:
            known = {key: self._wordings.get(key) for key in said}
        new = {
            key: classifier.wording(
                folded.get(key) or fold_text(message.text, spelling=engine.cues.spelling)
            )
            for key, message in said.items()
            if known[key] is None
        }
        with self._lock:
            self._wordings.update(new)
        known |= new
        return [
            replace(seen, wording=known[key]) if key in known else seen
            for key, seen in zip(keys, window, strict=True)
        ]

    def _judge_link(self, identifier: str, url: str) -> Verdict:
        address = read_address(url)
        if address is None:
            return Verdict(id=identifier)
        places = places_of(address, 0, len(url), self._links.wrappers)
        found = [finding for place in places for finding in self._known_of(place, url)]
        found.sort(key=lambda finding: finding.strength == "hides")  # told of behind what warns
        return judge_link(identifier, url, found, rules=self._rules)

    def _cache_key(self, message: Message) -> bytes:
        text = message.text.encode("utf-8", "surrogatepass")
        author = _AUTHORS[message.from_me]  # the same words are judged by who says them
        compiled = self._links.lists.compiled  # and the addresses in them by the list
        salt = b"" if compiled is None else bytes.fromhex(compiled.version)[:_KEY_BYTES]
        return hashlib.blake2b(
            text, digest_size=_KEY_BYTES, key=self._key, person=author, salt=salt
        ).digest()

    def _look(self, message: Message, folded: FoldedText, engine: Engine) -> Found:
        hits = engine.cues.findings(folded)
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
            if (signal := self._rules.signals[finding.signal]).may_stand_in(from_me=message.from_me)
            and not (signal.by_link and is_own)
        )
        if not message.from_me:
            found += evasion.findings(folded, signal=self._rules.signals.get(evasion.SIGNAL))
        addresses = [place for link in links for place in link.places]
        known = [link for place in addresses for link in self._known_of(place, message.text)]
        return Found(
            found,
            (
                *(link for link in known if link.strength != "hides"),
                *self._spoken_for(folded, addresses, engine.speaking),
            ),
            tuple(link for link in known if link.strength == "hides"),
        )

    def _known_of(self, place: Place, text: str) -> Iterator[LinkFinding]:
        return known_of(place, text, self._links, today=self._today())

    def _spoken_for(
        self, folded: FoldedText, addresses: Sequence[Place], speaking: Speaking
    ) -> list[LinkFinding]:
        """The addresses to which the message sends its reader in somebody else's name."""
        return spoken_for(
            folded,
            addresses,
            speaking=speaking,
            index=self._links.brands,
            lists=self._links.lists,
        )


def build_checker(*, links_first_s: float = 0) -> Checker:
    """Read what links need and start the engine, which reads the cues; does not wait for it.

    *links_first_s*: for how long the engine leaves the processor to links, unless it is waited for.
    Raises: nothing for wrong rules; see `Checker.errors`.
    """
    folder = rules_dir()
    glossary = load_glossary(folder)
    links = load_link_rules(folder, lures=glossary.lures)
    is_awaited = threading.Event()

    def load() -> Engine:
        is_awaited.wait(links_first_s)
        return load_engine(folder, glossary, links)

    loader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
    engine = loader.submit(load)
    loader.shutdown(wait=False)
    data = data_dir()
    return Checker(
        glossary,
        links,
        engine,
        compiled=CurrentList(compiled_folder(data)),
        pulls_lists=lambda: may_pull(data),
        hurry=is_awaited.set,
    )
