"""The shipped platforms: nobody may block them whole."""

from __future__ import annotations

import tomllib

import pytest

from harness.service_process import REPOSITORY
from notalone.brands import load_platforms
from notalone.folding.entities import find_entities

RULES = REPOSITORY / "rules"


def test_every_platform_loads() -> None:
    platforms, errors = load_platforms(RULES)
    assert errors == []
    assert len(platforms) >= 400


def test_every_shortener_is_a_link_wherever_a_path_stands_behind_it() -> None:
    platforms, _ = load_platforms(RULES)
    hosts = [p.host for p in platforms.values() if p.kind == "shortener" and p.users == "path"]
    unseen = [host for host in hosts if not find_entities(f"xem {host}/abc nha")]
    assert (len(hosts) >= 80, unseen) == (True, [])


def test_hosts_of_a_kind_are_sorted() -> None:
    tables = tomllib.loads((RULES / "platforms.toml").read_text("utf-8"))
    assert {kind: list(hosts) for kind, hosts in tables.items()} == {
        kind: sorted(hosts) for kind, hosts in tables.items()
    }


@pytest.mark.parametrize(
    "host",
    (
        "github.io",
        "weebly.com",
        "sites.google.com",
        "docs.google.com",
        "facebook.com",
        "zalo.me",
        "t.me",
        "bit.ly",
        "google.com",
        "mega.nz",
        "pages.dev",
        "myshopify.com",
        "blogspot.co.uk",
        "cloudapp.azure.com",
        "hopto.org",
    ),
)
def test_platform_that_lists_condemned_before_is_known(host: str) -> None:
    platforms, _ = load_platforms(RULES)
    assert host in platforms
