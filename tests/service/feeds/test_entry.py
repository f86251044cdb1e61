"""An entry is the least that every feed can say."""

from __future__ import annotations

from notalone.feeds.entry import Entry


def test_entry_of_a_feed_without_dates_has_none() -> None:
    assert Entry("host", "bad.example") == ("host", "bad.example", None)
