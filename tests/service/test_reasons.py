"""What a verdict quotes: the page's own words, counted as JavaScript counts them."""

from __future__ import annotations

from msgspec.structs import replace

from notalone.glossary import Signal
from notalone.model import Bilingual, Comparison, Finding, LinkFinding
from notalone.reasons import LINK_SIGNAL, link_as_finding, reason_of, reason_of_link

WHY = Bilingual("vì", "why")
LINK = LinkFinding("listed.x", "listed", 4, 13, WHY, "a source", "2026-11-22", lure="fake_bank")


def test_the_quote_is_cut_by_code_points_and_placed_by_utf16_units() -> None:
    finding = Finding("any.x", "SECRECY", "secrecy", 3, 3, 3, 6, None, WHY, "https://a.example")
    reason = reason_of("m", "🙂🙂 một hai", finding)
    assert (reason.quote, reason.start, reason.end) == ("một", 5, 8)
    assert (reason.message, reason.source) == ("m", "https://a.example")


def test_an_address_is_one_more_finding_of_its_lure() -> None:
    signals = {LINK_SIGNAL: Signal(LINK_SIGNAL, WHY, stage="trust", weight=1)}
    finding = link_as_finding(LINK, signals=signals)
    assert (finding.signal, finding.weight, finding.lure) == (LINK_SIGNAL, 1, "fake_bank")
    assert reason_of("m", "Vào a.example đi", finding).quote == "a.example"


def test_an_address_is_quoted_where_no_signal_is_known() -> None:
    finding = link_as_finding(LINK, signals={})
    assert (finding.weight, finding.stage) == (0, "trust")


def test_an_address_keeps_the_names_that_are_lined_up() -> None:
    compare = Comparison("vietcombank.com.vn", "a.example", ((0, 9),))
    reason = reason_of_link("m", "Vào a.example", replace(LINK, compare=compare), signals={})
    assert (reason.quote, reason.compare) == ("a.example", compare)
    assert reason_of_link("m", "Vào a.example", LINK, signals={}).compare is None
