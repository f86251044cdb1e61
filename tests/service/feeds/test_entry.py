"""An entry is what a feed says of one address, and no more."""

from __future__ import annotations

from notalone.feeds.entry import Entry


def test_a_feed_need_not_give_a_date() -> None:
    assert Entry("host", "scam.example") == ("host", "scam.example", None)
