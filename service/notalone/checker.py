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
from pathlib import Path
from typing import NamedTuple, Protocol

from cachetools import LRUCache

from notalone.address import read_address
from notalone.compiled import CompiledList, CurrentList
from notalone.config import data_dir, rules_dir
from notalone.detectors import LinkRules, evasion, link_findings, load_link_rules
from notalone.detectors.lookalike import is_vouched_for
from notalone.detectors.speaks_as import Place
from notalone.detectors.speaks_as import findings as spoken_for
from notalone.errors import RuleError
from notalone.feeds.store import compiled_folder
from notalone.folding.spelling import Spelling
from notalone.folding.words import FoldedText, fold_text
from notalone.glossary import Glossary, Signal, load_glossary
from notalone.judge import Rules, Seen, judge_conversation, judge_link, judge_message
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
from notalone.rulebook import load_rulebook
from notalone.speaking import NOBODY, Speaking, load_speaking

CONVERSATION = "conversation"
_CACHED_MESSAGES = 5_000  # findings of a message, about 1 kB where there are any
_KEY_BYTES = 16
_OLD_AFTER_DAYS = 30
_LISTS_OLD_AFTER_DAYS = 7  # by then they know a quarter less of what is new
_AUTHORS = {None: b"", True: b"me", False: b"others"}
Found = tuple[tuple[Finding, ...], tuple[LinkFinding, ...]]  # in one message


class ComparesWording(Protocol):
    """What tells how like a trap a message is worded: `detectors.classifier.Classifier`."""

    def wording(self, folded: FoldedText) -> Wording: ...


class FindsCues(Protocol):
    """What finds cues in messages: `detectors.cues.CueDetector`."""

    @property
    def spelling(self) -> Spelling: ...

    @property
    def errors(self) -> tuple[RuleError, ...]: ...

    def findings(self, folded: FoldedText) -> tuple[Finding, ...]: ...


class Engine(NamedTuple):
    """What messages are read with. Without a classifier only their cues count."""

    cues: FindsCues
    classifier: ComparesWording | None = None
    speaking: Speaking = NOBODY
    errors: tuple[RuleError, ...] = ()  # why something of it is missing


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
    ) -> None:
        self._glossary = glossary
        self._rules = Rules(signals=glossary.signals, lures=glossary.lures)
        self._links = links
        self._engine = engine
        self._today = today
        self._key = secrets.token_bytes(32)
        self._cache: LRUCache[bytes, Found] = LRUCache(maxsize=_CACHED_MESSAGES)
        self._wordings: LRUCache[bytes, Wording] = LRUCache(maxsize=_CACHED_MESSAGES)
        self._lock = threading.Lock()
        self._compiled = compiled
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
        engine = self._engine.result()
        return (*engine.cues.errors, *engine.errors, *self._links.errors)

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
        lists = _lists_state(self._links.lists.compiled, self._today())
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
                folded[key] = self._fold(message)
                found = new[key] = self._look(message, folded[key])
            window.append(Seen(message, *found))
        with self._lock:
            self._cache.update(new)
        # Where nothing is seen, the wording alone may not speak.
        if any(seen.findings or seen.links for seen in window):
            return self._compared(window, keys, folded)
        return window

    def _compared(
        self, window: Sequence[Seen], keys: Sequence[bytes], folded: Mapping[bytes, FoldedText]
    ) -> list[Seen]:
        """*window* with how what others say in it is worded."""
        classifier = self._engine.result().classifier
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
            key: classifier.wording(folded.get(key) or self._fold(message))
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
        found = link_findings(address, self._links, today=self._today())
        return judge_link(identifier, url, found, rules=self._rules)

    def _cache_key(self, message: Message) -> bytes:
        text = message.text.encode("utf-8", "surrogatepass")
        author = _AUTHORS[message.from_me]  # the same words are judged by who says them
        compiled = self._links.lists.compiled  # and the addresses in them by the list
        salt = b"" if compiled is None else bytes.fromhex(compiled.version)[:_KEY_BYTES]
        return hashlib.blake2b(
            text, digest_size=_KEY_BYTES, key=self._key, person=author, salt=salt
        ).digest()

    def _fold(self, message: Message) -> FoldedText:
        return fold_text(message.text, spelling=self._engine.result().cues.spelling)

    def _look(self, message: Message, folded: FoldedText) -> Found:
        addresses = [] if message.from_me else [*self._addresses_in(folded)]
        written = sum(entity.kind == "link" for entity in folded.entities)
        vouched = sum(
            is_vouched_for(place.address, index=self._links.brands) for place in addresses
        )
        is_own = 0 < written == vouched  # one that cannot be read is nobody's
        found = tuple(
            finding
            for finding in self._engine.result().cues.findings(folded)
            if (signal := self._rules.signals[finding.signal]).may_stand_in(from_me=message.from_me)
            and not (signal.by_link and is_own)
        )
        if not message.from_me:
            found += evasion.findings(folded, signal=self._rules.signals.get(evasion.SIGNAL))
        known = [link for place in addresses for link in self._known_of(place)]
        return found, (*known, *self._spoken_for(folded, addresses))

    def _known_of(self, place: Place) -> Iterator[LinkFinding]:
        """What is known about an address in a message, placed in its text."""
        known = link_findings(place.address, self._links, today=self._today())
        for finding in known:
            if place.is_written_out:
                yield finding.moved(place.start)
            else:  # no part of the text is the host: all that was written for it is quoted
                yield replace(finding, start=place.start, end=place.end)

    def _spoken_for(self, folded: FoldedText, addresses: Sequence[Place]) -> list[LinkFinding]:
        """The addresses to which the message sends its reader in somebody else's name."""
        return spoken_for(
            folded,
            addresses,
            speaking=self._engine.result().speaking,
            index=self._links.brands,
            lists=self._links.lists,
        )

    def _addresses_in(self, folded: FoldedText) -> Iterator[Place]:
        for entity in folded.entities:
            if entity.kind != "link":
                continue
            start, end = folded.clean.span(entity.start, entity.end)
            typed = folded.original[start:end]
            # An ending of wide letters, or with signs nobody sees, is read as it was folded.
            address = read_address(entity.address or typed) or read_address(
                folded.clean.text[entity.start : entity.end]
            )
            if address is not None:
                yield Place(address, start, end, is_written_out=address.url == typed)


def _lists_state(compiled: CompiledList | None, today: datetime.date) -> ListsState:
    if compiled is None or compiled.pulled is None:
        return ListsState("missing")
    age = max(0, (today - compiled.pulled).days)
    return ListsState("old" if age > _LISTS_OLD_AFTER_DAYS else "fresh", age, compiled.rows)


def build_checker() -> Checker:
    """Read what links need and start the engine, which reads the cues; does not wait for it.

    Raises: nothing for wrong rules; see `Checker.errors`.
    """
    folder = rules_dir()
    glossary = load_glossary(folder)
    links = load_link_rules(folder, lures=glossary.lures)
    loader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
    engine = loader.submit(_load_engine, folder, glossary, links)
    loader.shutdown(wait=False)
    compiled = CurrentList(compiled_folder(data_dir()))
    return Checker(glossary, links, engine, compiled=compiled)


def _load_engine(folder: Path, glossary: Glossary, links: LinkRules) -> Engine:
    from notalone.detectors.cues import CueDetector  # imports spaCy: over a second

    book = load_rulebook(folder, glossary, for_maintainers=False)
    return engine_of(CueDetector(book), folder, links)


def engine_of(cues: FindsCues, folder: Path, links: LinkRules) -> Engine:
    """*cues*, what was learnt beside them if it can be read, and how *links* say brands speak."""
    from notalone.detectors.classifier import load_classifier  # imports numpy

    speaking, errors = load_speaking(folder, brands=links.brands.brands, spelling=cues.spelling)
    try:
        return Engine(cues, load_classifier(folder), speaking, tuple(errors))
    except RuleError as error:
        return Engine(cues, None, speaking, (*errors, error))
