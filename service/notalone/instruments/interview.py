"""Questions to a maintainer: answers from the command line first, then from a terminal.

Each answer is checked at once. On a terminal a wrong one is asked for again, and "<" takes back
the last answer; in a pipe nobody can be asked, and everything that is wrong or missing is named.
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
BACK = "<"
_NO_LETTERS = frozenset({"Cc", "Cs"})  # controls, bytes that were no UTF-8: no TOML holds them


class AnswerError(ValueError):
    """Why an answer cannot be taken, and how to mend it."""


class _TakenBack(Exception):  # noqa: N818 - no error: somebody wants the question before
    """The question now asked has no answer to take back, the one before it has."""


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
    # Of each question that was asked and is answered: what was typed. "<" takes back the last.
    _typed: dict[str, list[str]] = field(default_factory=dict)
    _questions: int = 0  # asked so far

    @property
    def is_incomplete(self) -> bool:
        return self.was_refused or bool(self.missing)

    def run(self, questions: Sequence[Callable[[], None]]) -> None:
        """Ask *questions* in order; each keeps its answer itself. "<" goes back to the last asked.

        Nothing is kept of the questions after it, so that no answer outlives what it hangs on.
        """
        asked: list[int] = []
        at = 0
        while at < len(questions):
            before = self._questions
            try:
                questions[at]()
            except _TakenBack:
                at = asked.pop()
                continue
            if self._questions > before:
                asked.append(at)
            at += 1

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
        is_again = self._typed.pop(option, None) is not None
        answer = None if given is None or is_again else self._checked("", given, check)
        if answer is not None:
            return answer
        for line in choices():
            self.tell(line)
        text = ""
        while answer is None:
            text = self._asked(self.ask, question, proposal)
            if text == BACK:
                self._go_back()
            else:
                answer = self._checked("", text, check)
        self._typed[option] = [text]
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

        def take(option: str, text: str) -> bool:
            answer = self._checked(option, text, check)
            if answer is not None:
                answers.append(answer)
                texts.append(tidy(text))
            return answer is not None

        for text in given:
            take(option, text)
        if self.ask is None:
            if len(given) < wanted.at_least:
                self._miss(option, of=wanted.at_least)
            elif len(answers) == len(given) and not wanted.is_met(answers, texts):
                self._refuse(option, wanted.or_else)
            return answers
        before = self._typed.pop(option, None)  # asked already: somebody came back to it
        typed = [text for text in (before or ())[:-1] if take("", text)]
        if before:
            self._tell_taken_back(before[-1])
        is_optional = not wanted.at_least and not self._questions
        is_enough = before is None and (bool(given) or is_optional)
        is_met = wanted.is_met(answers, texts)
        if is_met and is_enough:
            return answers
        now = question
        while not (is_met and is_enough):
            ending = " (Enter: xong / done)" if is_met else ""
            proposal = "" if is_met else wanted.proposal(texts)
            text = self._asked(self.ask, now + ending, proposal, has_typed=bool(typed))
            if not text and is_met:
                break
            if text == BACK and typed:
                self._tell_taken_back(typed.pop())
                del answers[-1], texts[-1]
            elif text == BACK:
                self._go_back()
            elif text and take("", text):
                typed.append(text)
            elif not text and len(answers) >= wanted.at_least:
                self.tell(f"  {wanted.or_else}")
            is_met = wanted.is_met(answers, texts)
            now = "Thêm nữa / One more" if answers else question
        self._typed[option] = typed
        return answers

    def _asked(self, ask: Ask, question: str, proposal: str, *, has_typed: bool = False) -> str:
        self._questions += 1
        hint = f" [Enter: {proposal}]" if proposal else ""
        if has_typed or self._typed:
            hint += f" ({BACK}: quay lại / back)"
        return ask(f"\n{question}{hint}\n> ").strip() or proposal

    def _go_back(self) -> None:
        if self._typed:
            raise _TakenBack
        self.tell("  Đây là câu đầu tiên. / This is the first question.")

    def _tell_taken_back(self, text: str) -> None:
        self.tell(f"  Đã bỏ / taken back: {tidy(text)}")

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
