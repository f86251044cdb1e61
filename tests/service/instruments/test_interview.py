"""A question is answered by an option, by a person, or named as missing."""

from __future__ import annotations

import pytest

from notalone.instruments.interview import AnswerError, Interview, Wanted


def number(text: str) -> int:
    if not text.isdecimal():
        raise AnswerError(f"{text!r} is no number")
    return int(text)


def asking(*answers: str) -> tuple[Interview, list[str]]:
    said: list[str] = []
    left = iter(answers)

    def ask(question: str) -> str:
        said.append(question)
        return next(left)

    return Interview(ask, said.append), said


def piped() -> tuple[Interview, list[str]]:
    said: list[str] = []
    return Interview(None, said.append), said


def test_an_option_is_not_asked_for() -> None:
    interview, said = asking()
    assert interview.one("--n", "How many?", " 7 ", number) == 7
    assert said == []


def test_a_wrong_option_is_asked_for_on_a_terminal() -> None:
    interview, said = asking("x", "8")
    assert interview.one("--n", "How many?", "seven", number, choices=lambda: ["7", "8"]) == 8
    assert said[:3] == ["  'seven' is no number", "7", "8"]
    assert not interview.is_incomplete


@pytest.mark.parametrize("text", ("a\x7fb", "a\x00b", "a\udcffb"), ids=ascii)
def test_an_answer_that_no_file_could_hold_is_refused(text: str) -> None:
    interview, said = piped()
    assert interview.one("--n", "Which?", text, str) is None
    assert said == ["--n: có ký tự lạ / holds a control character"]


def test_a_proposal_is_taken_with_enter() -> None:
    interview, said = asking("")
    assert interview.one("--n", "How many?", None, number, proposal="9") == 9
    assert "[Enter: 9]" in said[0]


def test_a_proposal_is_taken_in_a_pipe() -> None:
    interview, _ = piped()
    assert interview.one("--n", "How many?", None, number, proposal="9") == 9


def test_a_pipe_names_what_is_missing_and_what_is_wrong() -> None:
    interview, said = piped()
    assert interview.one("--n", "How many?", None, number) is None
    assert interview.one("--m", "How many?", "x", number) is None
    assert interview.many("--k", "Which?", ["1"], number, wanted=Wanted(at_least=2)) == [1]
    assert said == [
        "thiếu / missing: --n",
        "--m: 'x' is no number",
        "thiếu / missing: --k (2 lần / 2 times)",
    ]
    assert interview.missing == ["--n", "--k"]
    assert interview.was_refused


EVEN = Wanted(
    at_least=1,
    holds=lambda texts: any(int(text) % 2 == 0 for text in texts),
    or_else="one must be even",
    proposal=lambda texts: str(2 * int(texts[0])) if texts else "",
)


def test_several_answers_end_with_enter_once_there_are_enough() -> None:
    interview, said = asking("2", "x", "4", "")
    assert interview.many("--k", "Which?", [], number, wanted=EVEN) == [2, 4]
    assert "(Enter: xong / done)" in said[-1]


def test_answers_that_lack_something_are_told_and_a_proposal_made() -> None:
    interview, said = asking("3", "", "")
    assert interview.many("--k", "Which?", [], number, wanted=EVEN) == [3, 6]
    assert "[Enter: 6]" in said[1]


def test_a_pipe_says_what_the_answers_lack() -> None:
    interview, said = piped()
    interview.many("--k", "Which?", ["3"], number, wanted=EVEN)
    assert said == ["--k: one must be even"]
    assert interview.was_refused


@pytest.mark.parametrize("has_asked", (False, True))
def test_what_may_be_left_out_is_asked_only_in_a_conversation(has_asked: bool) -> None:
    interview, said = asking("7", "")
    if has_asked:
        interview.one("--n", "How many?", None, number)
        said.clear()
    assert interview.many("--k", "Which?", [], number, wanted=Wanted(at_least=0)) == []
    assert bool(said) == has_asked


# --- going back -------------------------------------------------------------------------------


class Talk:
    """Three questions; the second takes several answers, the third may be left out."""

    def __init__(self, *typed: str, given: str | None = None) -> None:
        self.interview, self.said = asking(*typed)
        self.given = given
        self.first: int | None = None
        self.some: list[int] = []
        self.more: list[int] = []
        self.last: int | None = None
        self.interview.run((self.ask_first, self.ask_some, self.ask_more, self.ask_last))

    def ask_first(self) -> None:
        self.first = self.interview.one("--first", "First?", self.given, number)

    def ask_some(self) -> None:
        self.some = self.interview.many("--some", "Some?", [], number, wanted=Wanted())

    def ask_more(self) -> None:
        self.more = self.interview.many("--more", "More?", [], number, wanted=Wanted(at_least=0))

    def ask_last(self) -> None:
        self.last = self.interview.one("--last", "Last?", None, number)

    @property
    def answers(self) -> tuple[int | None, list[int], list[int], int | None]:
        return self.first, self.some, self.more, self.last


@pytest.mark.parametrize(
    ("typed", "answers"),
    (
        pytest.param("1|2|||3", (1, [2], [], 3), id="nobody goes back"),
        pytest.param("1|<|4|2|||3", (4, [2], [], 3), id="to the question before"),
        pytest.param("1|2|5|<|||3", (1, [2], [], 3), id="the last of several answers goes"),
        pytest.param("1|2|<|<|4|6|||3", (4, [6], [], 3), id="past the last of several answers"),
        pytest.param(
            "1|2|5||<|6|||3", (1, [2, 6], [], 3), id="into several: all but the last stay"
        ),
        pytest.param("1|2||7||<|||3", (1, [2], [], 3), id="into what may be left out"),
        pytest.param("1|2|||<|<|9|||3", (1, [9], [], 3), id="past what was left out"),
        pytest.param("1|2|||x|<||3", (1, [2], [], 3), id="after a wrong answer"),
        pytest.param("<|1|2|||3", (1, [2], [], 3), id="before the first there is nothing"),
    ),
)
def test_one_can_go_back(typed: str, answers: tuple[object, ...]) -> None:
    assert Talk(*typed.split("|")).answers == answers


def test_a_question_that_an_option_answered_is_not_gone_back_to() -> None:
    talk = Talk("<", "2", "", "", "3", given="1")
    assert talk.answers == (1, [2], [], 3)
    assert "  Đây là câu đầu tiên. / This is the first question." in talk.said


def test_it_is_said_where_one_can_go_back_and_what_is_taken_back() -> None:
    talk = Talk("1", "2", "<", "4", "", "", "3")
    asked = [line for line in talk.said if line.endswith("> ")]
    assert asked[0] == "\nFirst?\n> "
    assert asked[1] == "\nSome? (<: quay lại / back)\n> "
    assert asked[2] == "\nThêm nữa / One more (Enter: xong / done) (<: quay lại / back)\n> "
    assert asked[3] == asked[1]
    assert "  Đã bỏ / taken back: 2" in talk.said
