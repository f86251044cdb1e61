"""What links show by themselves accuses nobody whom people rely on, and hardly anybody else."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.service_process import REPOSITORY
from notalone.address import read_address
from notalone.brands import load_brands
from notalone.detectors import LinkRules, load_link_rules, unlisted_findings
from notalone.detectors.throwaway import SIGNS
from notalone.instruments.link_data import BENIGN_SETS, BenignSet, read_benign
from notalone.levels import LINK_LEVELS
from notalone.model import LinkFinding

RULES = REPOSITORY / "rules"
DATA = REPOSITORY.parent / "shared" / "data" / "domains"
POPULAR = Path(__file__).with_name("popular_hosts.txt")
EXCEPTIONS = 20  # rows of allowed.csv, each with its reason
CARD_LINE = 90  # characters
NEVER = ("vn_state_school", "banks", "universities")
# Paths that any site has.
PATHS = ("/", "/login", "/dang-nhap?next=/thanh-toan", "/tin-tuc/dang-nhap-vneid-nhu-the-nao.html")


@pytest.fixture(scope="module")
def rules() -> LinkRules:
    return load_link_rules(RULES, lures={path.name for path in (RULES / "lures").iterdir()})


def shown(host: str, rules: LinkRules, path: str = "/") -> Iterator[LinkFinding]:
    address = read_address(f"https://{host}{path}")
    if address is not None:
        yield from unlisted_findings(address, rules)


def popular_hosts() -> list[str]:
    return [host for host in POPULAR.read_text("utf-8").splitlines() if not host.startswith("#")]


@pytest.mark.parametrize("path", PATHS)
def test_no_popular_site_is_ever_accused(path: str, rules: LinkRules) -> None:
    accused = [host for host in popular_hosts() if any(shown(host, rules, path))]
    assert accused == []


@pytest.mark.parametrize("path", PATHS)
def test_no_place_of_a_brand_is_ever_accused(path: str, rules: LinkRules) -> None:
    brands, _ = load_brands(RULES)
    accused = [
        host
        for brand in brands
        for domain in brand.domains
        if not _has_strangers_below(domain, rules)
        for host in (domain, f"www.{domain}", f"login.{domain}", f"support-verify.{domain}")
        if any(shown(host, rules, path))
    ]
    assert accused == []


def _has_strangers_below(domain: str, rules: LinkRules) -> bool:
    """Whether a brand gives places on its own domain to anybody, as amazonaws.com does."""
    platform = rules.brands.platforms.get(domain)
    return platform is not None and platform.users == "subdomain"


def test_no_place_to_turn_to_is_ever_accused(rules: LinkRules) -> None:
    helplines = (RULES / "helplines.toml").read_text("utf-8")
    hosts = {part.split("/")[2] for part in helplines.split('"') if part.startswith("https://")}
    assert hosts
    assert [host for host in hosts if any(shown(host, rules))] == []


def test_exceptions_are_few_and_say_why() -> None:
    with (RULES / "domains" / "allowed.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) <= EXCEPTIONS
    assert [row["address"] for row in rows if not row["reason"].strip()] == []


def test_the_reason_of_any_two_signs_fits_the_card() -> None:
    lengths = sorted((len(sign.why.vi.format("x" * 24)), name) for name, sign in SIGNS.items())
    two = sum(length for length, _ in lengths[-2:]) + len("Địa chỉ này  và .")
    assert two <= 1.3 * CARD_LINE, lengths[-2:]


@pytest.mark.shared_data
@pytest.mark.parametrize("benign", BENIGN_SETS, ids=lambda benign: benign.id)
def test_harmless_names_are_hardly_ever_accused(benign: BenignSet, rules: LinkRules) -> None:
    hosts = read_benign(DATA, benign)
    if not hosts:
        pytest.skip(f"measuring data is not at {DATA}: false alarms were NOT measured")
    levels = [LINK_LEVELS[one.strength] for host in hosts for one in shown(host, rules)]
    if benign.id in NEVER:
        assert levels == []
    assert len(levels) <= benign.caution_goal * len(hosts)
    assert levels.count("danger") <= benign.danger_goal * len(hosts)
