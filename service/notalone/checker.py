"""The pipeline: a request goes in, findings are gathered, verdicts come out.

Links need only lists and brands and are answered at once; messages wait for the engine, which
is read in a thread of its own. Until then nothing is loaded that only messages need.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from copy import copy
from typing import TYPE_CHECKING

from notalone.address import read_address
from notalone.compiled import CurrentList
from notalone.config import data_dir, rules_dir
from notalone.detectors import LinkRules
from notalone.errors import RuleError
from notalone.feeds.store import compiled_folder
from notalone.feeds.switch import may_pull
from notalone.glossary import Glossary, Signal
from notalone.judge import Rules, Seen, judge_conversation, judge_link, judge_message
from notalone.kept_links import load_for_links
from notalone.links_in_text import known_of, places_of
from notalone.model import (
    CheckReply,
    CheckRequest,
    Link,
    LinkFinding,
    ListsState,
    Message,
    RulesState,
    Verdict,
)
from notalone.remembered import Memory, keyed

if TYPE_CHECKING:
    from notalone.engine import Engine
    from notalone.messages import MessageReader

CONVERSATION = "conversation"
_OLD_AFTER_DAYS = 30
_LISTS_OLD_AFTER_DAYS = 7  # by then they know a quarter less of what is new


class Turns:
    """Whose turn has come while a service starts; the processor is left to who is waited for.

    First links alone; *engine*, when a link is answered or a message waits; *spacy*, when a message
    is answered, for most need none.
    """

    def __init__(self) -> None:
        self.engine = threading.Event()
        self.spacy = threading.Event()
        self.is_over = False

    def end(self) -> None:
        """Nobody is waited for any more: what has not been begun never is."""
        self.is_over = True
        self.engine.set()
        self.spacy.set()


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
        turns: Turns | None = None,
    ) -> None:
        self._glossary = glossary
        self._rules = Rules(signals=glossary.signals, lures=glossary.lures)
        self._links = links
        self._key = keyed(b"link", links.version)
        self._engine = engine
        self._turns = turns or Turns()
        self._today = today
        self._memory = Memory()
        self._reader: MessageReader | None = None
        self._compiled = compiled
        self._pulls_lists = pulls_lists
        self._newest = self

    def end(self) -> None:
        """Before the process ends: nothing more is read for questions that nobody will ask."""
        self._turns.end()

    def _now(self) -> Checker:
        """This checker beside the newest compiled list: one check is answered by one version."""
        compiled = None if self._compiled is None else self._compiled.now()
        newest = self._newest
        if compiled is not newest._links.lists.compiled:
            newest = copy(self)  # what is remembered and the engine are shared
            newest._links = self._links.with_list(compiled)
            newest._key = keyed(b"link", newest._links.version)
            newest._reader = None
            self._newest = newest
        return newest

    @property
    def errors(self) -> tuple[RuleError, ...]:
        """Rules that could not be used, each with the way to mend it; waits for the engine."""
        engine = self._ready_engine()
        return (*engine.cues.errors, *engine.errors, *self._links.errors)

    def _ready_engine(self) -> Engine:
        self._turns.engine.set()
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
        reply = CheckReply(
            rules=self._rules_state(),
            links=tuple(self._judge_links(request.links)),
            messages=tuple(judge_message(seen, rules=self._rules) for seen in window),
            conversation=judge_conversation(
                CONVERSATION, window, rules=self._rules, earlier=request.earlier
            ),
        )
        self._turns.engine.set()
        if request.messages:
            self._turns.spacy.set()
        return reply

    def see(self, messages: Sequence[Message]) -> list[Seen]:
        """What the detectors see in each of *messages*, before anything is judged."""
        return self._now()._see(messages)

    def _see(self, messages: Sequence[Message]) -> list[Seen]:
        return self._ready_reader().see(messages) if messages else []

    def _ready_reader(self) -> MessageReader:
        if self._reader is None:
            engine = self._ready_engine()
            from notalone.messages import MessageReader  # and what only messages need

            signals = self._rules.signals
            self._reader = MessageReader(
                engine, self._links, signals, today=self._today, memory=self._memory
            )
        return self._reader

    def _judge_links(self, links: Sequence[Link]) -> Iterable[Verdict]:
        keys = [self._key(link.url) for link in links]
        known = self._memory.links.known(keys)
        new: dict[bytes, None] = {}
        for link, key in zip(links, keys, strict=True):
            if key in known or key in new:
                yield Verdict(id=link.id)
                continue
            found = self._known_of(link.url)
            if not found:
                new[key] = None
            yield judge_link(link.id, link.url, found, rules=self._rules)
        self._memory.links.keep(new)

    def _known_of(self, url: str) -> list[LinkFinding]:
        """What is known of the address *url*; nothing where it cannot be read."""
        address = read_address(url)
        if address is None:
            return []
        found = [
            finding
            for place in places_of(address, 0, len(url), self._links.wrappers)
            for finding in known_of(place, url, self._links, today=self._today())
        ]
        found.sort(key=lambda finding: finding.strength == "hides")  # told of behind what warns
        return found


def build_checker(*, links_first_s: float = 0, serves: bool = False) -> Checker:
    """Read what links need and start the engine, which reads the cues; does not wait for it.

    *links_first_s*: after how long the engine is read though nobody has asked anything.
    *serves*: whether many will ask: what was read is kept for the next start, and spaCy imported
    before anybody needs it.
    Raises: nothing for wrong rules; see `Checker.errors`.
    """
    folder, data = rules_dir(), data_dir()
    kept_in = data if serves else None
    glossary, links = load_for_links(folder, data=kept_in)
    turns = Turns()

    def load() -> Engine:
        turns.engine.wait(links_first_s)
        if turns.is_over:
            raise CancelledError
        from notalone.engine import load_engine  # and what only messages need

        return load_engine(folder, glossary, links, data=kept_in)

    def prepare() -> None:
        turns.spacy.wait(links_first_s)
        if turns.is_over:
            return
        from notalone.engine import import_spacy

        import_spacy()

    loader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
    engine = loader.submit(load)
    if serves:
        loader.submit(prepare)
    loader.shutdown(wait=False)
    return Checker(
        glossary,
        links,
        engine,
        compiled=CurrentList(compiled_folder(data)),
        pulls_lists=lambda: may_pull(data),
        turns=turns,
    )
