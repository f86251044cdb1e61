"""Rows that would hit a platform, a suffix or somebody's own name, by the rules as they are."""

from __future__ import annotations

import pytest

from harness.service_process import REPOSITORY
from notalone.feeds.entry import ListedKind
from notalone.feeds.pruning import Looked, Pruning


@pytest.fixture(scope="module")
def pruning() -> Pruning:
    return Pruning(REPOSITORY / "rules")


@pytest.mark.parametrize(
    ("kind", "address", "harm"),
    (
        ("host", "github.io", "platform"),
        ("subtree", "pages.dev", "platform"),  # by the public suffix list alone
        ("host", "weebly.com", "platform"),  # which does not know this one
        ("host", "www.weebly.com", "platform"),
        ("host", "sites.google.com", "platform"),
        ("subtree", "google.com", "platform"),
        ("url", "www.google.com/search", "platform"),
        ("host", "x.sites.google.com", "platform"),
        ("subtree", "vn", "suffix"),
        ("host", "com.vn", "suffix"),
        ("host", "gov.vn", "suffix"),
        ("host", "example", "suffix"),
        ("subtree", "anything.ck", "suffix"),  # the list says *.ck
        ("host", "vietcombank.com.vn", "brand"),
        ("subtree", "portal.vietcombank.com.vn", "brand"),
        ("url", "vietcombank.com.vn/x", "brand"),
        ("host", "tuoitre.vn", "allowed"),
        ("url", "a.tuoitre.vn/x", "allowed"),
        ("subtree", "core.windows.net", "above"),  # of a platform
    ),
)
def test_row_that_would_hit_the_innocent_is_left_out(
    pruning: Pruning, kind: ListedKind, address: str, harm: str
) -> None:
    assert pruning.look(kind, address).harm == harm


@pytest.mark.parametrize(
    ("kind", "address", "is_hosted"),
    (
        ("host", "bad.example", False),
        ("subtree", "bad.example", False),
        ("subtree", "evilvietcombank.example", False),
        ("url", "bad.example/x", False),
        ("host", "192.0.2.7", False),
        ("host", "[2001:db8::1]", False),
        ("host", "www.ck", False),  # the list says !www.ck
        ("host", "invented-by-us.github.io", True),
        ("subtree", "invented-by-us.pages.dev", True),
        ("subtree", "invented-by-us.weebly.com", True),
        ("url", "sites.google.com/view/invented-by-us", True),
    ),
)
def test_others_stay_and_hosting_is_known_by_its_name(
    pruning: Pruning, kind: ListedKind, address: str, is_hosted: bool
) -> None:
    assert pruning.look(kind, address) == Looked(is_hosted=is_hosted)
