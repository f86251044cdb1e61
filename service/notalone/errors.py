"""What can go wrong, in two families by who is at fault: the caller, or a rule file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from notalone.model import Bilingual


class NotAloneError(Exception):
    """Base of every error this package raises on purpose; the text is fit to show a person."""


class RequestError(NotAloneError):
    """The caller sent something we cannot take, or wants kept what the disk does not take.

    *code* is one of a fixed set, so that an answer never echoes what was sent.
    *status* is the HTTP status it becomes.
    """

    def __init__(self, code: str, *, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


class SetupError(NotAloneError):
    """This computer is not ready; the text says what to do about it."""


@dataclass(frozen=True, slots=True)
class RuleLocation:
    """Where in the rule folder a mistake sits. Lines and columns count from 1; 0 means unknown."""

    path: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = self.path.as_posix()
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return place


class RuleError(NotAloneError):
    """A rule file is wrong: says file, line, column, what is wrong, and how to mend it.

    As a string it is English, one line; `told` has both languages. *beside*: the other file that
    it speaks of, if there is one.
    """

    def __init__(
        self, problem: Bilingual, *, fix: Bilingual, at: RuleLocation, beside: Path | None = None
    ) -> None:
        self.problem = problem
        self.fix = fix
        self.at = at
        self.beside = beside
        super().__init__(self.told.en)

    def concerns(self, files: Collection[Path]) -> bool:
        """Whether it stands in one of *files* or in its folder, or speaks of one."""
        return any(
            file in (self.at.path, self.beside) or file.parent == self.at.path for file in files
        )

    @property
    def told(self) -> Bilingual:
        """Place, problem and fix in one line."""
        return Bilingual(
            vi=f"{self.at}: {self.problem.vi}; {self.fix.vi}",
            en=f"{self.at}: {self.problem.en}; {self.fix.en}",
        )
