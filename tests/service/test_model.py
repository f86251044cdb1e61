"""The wire types: what a request may hold, and how a level compares."""

from __future__ import annotations

import msgspec
import pytest

from notalone.config import LIMITS
from notalone.model import Bilingual, CheckRequest, LinkFinding, Verdict, highest


def read(body: object) -> CheckRequest:
    return msgspec.json.decode(msgspec.json.encode(body), type=CheckRequest)


@pytest.mark.parametrize(
    "body",
    (
        {"messages": [{"id": "1", "text": "x" * (LIMITS.text_chars + 1)}]},
        {"links": [{"id": "1", "url": "x" * (LIMITS.url_chars + 1)}]},
        {"links": [{"id": "1", "url": "x"}] * (LIMITS.links + 1)},
        {"messages": [{"id": "1", "text": "x"}] * (LIMITS.messages + 1)},
        {"messages": [{"id": "", "text": "x"}]},
        {"messages": [{"id": "1", "text": 7}]},
        {"messages": [{"id": "1"}]},
        {"messages": None},
        {"audience": "baby"},
        [],
        None,
    ),
)
def test_what_does_not_fit_is_refused(body: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        read(body)


def test_a_newer_extension_may_send_more() -> None:
    assert read({"messages": [{"id": "1", "text": "a", "colour": "blue"}], "x": 1}).messages


def test_unknown_side_is_allowed() -> None:
    assert (
        read({"messages": [{"id": "1", "text": "a", "from_me": None}]}).messages[0].from_me is None
    )


def test_highest_level() -> None:
    assert highest() == "no_information"
    assert highest("caution", "danger", "no_information") == "danger"


def test_a_verdict_says_nothing_until_told() -> None:
    assert Verdict(id="1").level == "no_information"


def test_a_link_finding_moves_with_its_address() -> None:
    finding = LinkFinding("listed.x", "listed", 2, 5, Bilingual("", ""), "s", "2026-11-22")
    assert (finding.moved(10).start, finding.moved(10).end) == (12, 15)
