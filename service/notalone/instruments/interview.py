"""Questions to a maintainer: answers from the command line first, then from a terminal.

Each answer is checked at once. On a terminal a wrong one is asked for again; in a pipe nobody can
be asked, and everything that is wrong or missing is named.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")
Ask = Callable[[str], str]  # a question → the answer typed; EOFError when nobody answers any more
Tell = Callable[[str], None]
Check = Callable[[str], T]  # raises AnswerError
_NO_LETTERS = frozenset({"Cc", "Cs"})  # controls, bytes that were no UTF-8: no TOML holds them


class AnswerError(ValueError):
    """Why an answer cannot be taken, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many answers a question needs, what they must hold, what to propose meanwhile."""

    at_least: int = 1
    holds: Callable[[Sequence[str]], bool] = lambda _: True
    or_else: str = ""  # said while they do not hold it
    proposal: Callable[[Sequence[str]], str] = lambda _: ""

    def is_met(self, answers: Sequence[object], texts: Sequence[str]) -> bool:
        return len(answers) >= self.at_least and self.holds(texts)


@dataclass(slots=True)
class Interview:
    """One round of questions. *ask* is None in a pipe."""

    ask: Ask | None
    tell: Tell
    missing: list[str] = field(default_factory=list)
    was_refused: bool = False
    has_asked: bool = False

    @property
    def is_incomplete(self) -> bool:
        return self.was_refused or bool(self.missing)

    def one(
        self,
        option: str,
        question: str,
        given: str | None,
        check: Check[T],
        *,
        choices: Callable[[], Iterable[str]] = tuple,
        proposal: str = "",
    ) -> T | None:
        """One checked answer; None when there is none and nobody to ask.

        *choices* are shown before the question; *proposal* is taken where nothing is answered.
        """
        if self.ask is None:
            if given is None and not proposal:
                self._miss(option)
                return None
            return self._checked(option, given or proposal, check)
        answer = None if given is None else self._checked("", given, check)
        if answer is not None:
            return answer
        for line in choices():
            self.tell(line)
        while answer is None:
            answer = self._checked("", self._asked(self.ask, question, proposal), check)
        return answer

    def many(
        self,
        option: str,
        question: str,
        given: Sequence[str],
        check: Check[T],
        *,
        wanted: Wanted,
    ) -> list[T]:
        """Several checked answers; on a terminal an empty one ends them once there are enough."""
        answers: list[T] = []
        texts: list[str] = []

        def take(option: str, text: str) -> None:
            answer = self._checked(option, text, check)
            if answer is not None:
                answers.append(answer)
                texts.append(tidy(text))

        for text in given:
            take(option, text)
        if self.ask is None:
            if len(given) < wanted.at_least:
                self._miss(option, of=wanted.at_least)
            elif len(answers) == len(given) and not wanted.is_met(answers, texts):
                self._refuse(option, wanted.or_else)
            return answers
        is_met = wanted.is_met(answers, texts)
        is_optional = not wanted.at_least and not self.has_asked
        while not (is_met and (given or is_optional)):
            another = "Thêm nữa / One more" if answers else question
            ending = " (Enter: xong / done)" if is_met else ""
            proposal = "" if is_met else wanted.proposal(texts)
            text = self._asked(self.ask, another + ending, proposal)
            if not text and is_met:
                break
            if text:
                take("", text)
            elif len(answers) >= wanted.at_least:
                self.tell(f"  {wanted.or_else}")
            is_met = wanted.is_met(answers, texts)
        return answers

    def _asked(self, ask: Ask, question: str, proposal: str) -> str:
        self.has_asked = True
        hint = f" [Enter: {proposal}]" if proposal else ""
        return ask(f"\n{question}{hint}\n> ").strip() or proposal

    def _checked(self, option: str, text: str, check: Check[T]) -> T | None:
        try:
            return check(_printable(tidy(text)))
        except AnswerError as error:
            self._refuse(option, str(error))
            return None

    def _refuse(self, option: str, why: str) -> None:
        self.tell(f"{option}: {why}" if option else f"  {why}")
        self.was_refused |= self.ask is None

    def _miss(self, option: str, *, of: int = 1) -> None:
        times = f" ({of} lần / {of} times)" if of > 1 else ""
        self.tell(f"thiếu / missing: {option}{times}")
        self.missing.append(option)


def tidy(text: str) -> str:
    """One line of composed letters, whatever keyboard or clipboard it came from.

    >>> tidy("  Giu\\u031b\\u0303 \\n kín ")
    'Giữ kín'
    """
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _printable(text: str) -> str:
    if any(unicodedata.category(letter) in _NO_LETTERS for letter in text):
        raise AnswerError("có ký tự lạ / holds a control character")
    return text
