"""A link that passes on is judged by where it leads, and nothing is fetched to find out."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.address import read_address
from notalone.wrappers import Wrappers, load_wrappers

RULES = """\
[anywhere]
parameters = ["next", "url"]
not_on = ["tells.example"]
source = "test"

[plain]
hosts = ["out.example"]
paths = ["/l", "/l/deep"]
parameters = ["u", "q"]
source = "test"

[marked]
hosts = ["search.example"]
parameters = ["u"]
mark = "a1"
source = "test"

[cache]
hosts = ["cache.example"]
paths = ["/c", "/c/s"]
holds = "path"
source = "test"

[proxy]
hosts = ["proxy.example"]
holds = "host"
source = "test"
"""


def wrappers_from(folder: Path, text: str) -> tuple[Wrappers, list[str]]:
    rules = folder / "rules"
    rules.mkdir(exist_ok=True)
    (rules / "wrappers.toml").write_text(text, "utf-8")
    wrappers, errors = load_wrappers(rules)
    return wrappers, [str(error) for error in errors]


@pytest.fixture(scope="module")
def wrappers(tmp_path_factory: pytest.TempPathFactory) -> Wrappers:
    wrappers, errors = wrappers_from(tmp_path_factory.mktemp("wrappers"), RULES)
    assert errors == []
    return wrappers


def reached(url: str, wrappers: Wrappers) -> list[tuple[str, str]]:
    """The host of each address that *url* leads to, and the part of *url* that says so."""
    address = read_address(url)
    assert address is not None
    return [(at.address.host, url[at.start : at.end]) for at in wrappers.reached_by(address)]


def in_base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


EVIL = "https://evil.test/x?a=b"
CODED = quote(EVIL, safe="")


@pytest.mark.parametrize(
    ("url", "part"),
    (
        pytest.param(f"https://out.example/l?u={EVIL}", EVIL, id="as it stands"),
        pytest.param(f"https://out.example/l?h=1&u={CODED}&s=2", CODED, id="percent-encoded"),
        pytest.param(
            f"https://out.example/l?u={quote(CODED)}", quote(CODED), id="percent-encoded twice"
        ),
        pytest.param("https://out.example/l?u=evil.test", "evil.test", id="without a scheme"),
        pytest.param("https://out.example/l?u=//evil.test/", "//evil.test/", id="two slashes"),
        pytest.param(
            "https://out.example/l?u=https%3A%5C%5Cevil.test", "https%3A%5C%5Cevil.test",
            id="backslashes",
        ),
        pytest.param(
            "https://out.example/l?u=https://evil.test%2F@bank.example/",
            "https://evil.test%2F@bank.example/", id="read as the wrapper decodes it",
        ),
        pytest.param(f"https://WWW.Out.Example./l/?U={CODED}", CODED, id="other letters"),
        pytest.param(f"https://out.example/l/deep/x?q={CODED}", CODED, id="below its path"),
        pytest.param(
            f"https://search.example/?u=a1{in_base64(EVIL)}", f"a1{in_base64(EVIL)}", id="base64"
        ),
        pytest.param("https://cache.example/c/s/evil.test/x?a=b", "evil.test/x?a=b", id="path"),
        pytest.param("https://cache.example/c/evil.test", "evil.test", id="path, plain http"),
        pytest.param("https://evil-test.proxy.example/x", "evil-test.proxy.example", id="host"),
    ),
)  # fmt: skip
def test_a_wrapper_stands_for_its_destination_alone(
    url: str, part: str, wrappers: Wrappers
) -> None:
    assert reached(url, wrappers) == [("evil.test", part)]


def test_hyphens_in_front_of_a_proxy_are_dots_and_two_of_them_one_hyphen(
    wrappers: Wrappers,
) -> None:
    url = "https://bank--a-com-vn.proxy.example/"
    assert [host for host, _ in reached(url, wrappers)] == ["bank-a.com.vn"]


@pytest.mark.parametrize(
    "url",
    (
        "https://out.example/other?u=https://evil.test",
        "https://out.example/lx?u=https://evil.test",
        "https://notout.example/l?u=https://evil.test",
        "https://out.example.test/l?u=https://evil.test",
        "https://out.example/l?u=",
        "https://out.example/l?u=javascript:alert(1)",
        "https://out.example/l?u=hello",
        "https://out.example/l?u=/inside",
        "https://out.example/l",
        "https://search.example/?u=a1!!!!",
        "https://cache.example/c/",
        "https://proxy.example/",
        "https://www.proxy.example/x",
        "https://shop.example/?next=/basket",
        "https://shop.example/?next=evil.test",
        "https://shop.example/?next=hoc.test",
        "https://shop.example/?q=https://evil.test",
        "https://www.tells.example/check?url=https://evil.test",
    ),
)
def test_what_leads_nowhere_else_is_judged_itself(url: str, wrappers: Wrappers) -> None:
    assert [part for _, part in reached(url, wrappers)] == [url]


@pytest.mark.parametrize("value", (EVIL, CODED, quote(CODED), "//evil.test", in_base64(EVIL)))
def test_on_any_other_site_both_ends_are_judged(value: str, wrappers: Wrappers) -> None:
    url = f"https://shop.example/login?lang=vi&NEXT={value}"
    assert reached(url, wrappers) == [("shop.example", url), ("evil.test", value)]


def test_every_value_of_a_wrapper_is_judged_since_sites_differ_in_which_they_take(
    wrappers: Wrappers,
) -> None:
    url = "https://out.example/l?u=https://a.test&u=https://b.test&q=https://c.test"
    assert [host for host, _ in reached(url, wrappers)] == ["a.test", "b.test", "c.test"]


def nested(times: int) -> str:
    url = "https://evil.test/"
    for _ in range(times):
        url = f"https://out.example/l?u={quote(url, safe='')}"
    return url


def test_wrappers_are_opened_five_deep_and_quoted_by_the_outermost(wrappers: Wrappers) -> None:
    url = nested(5)
    assert reached(url, wrappers) == [("evil.test", url.partition("u=")[2])]
    assert [host for host, _ in reached(nested(6), wrappers)] == ["out.example"]


def test_an_address_that_leads_back_is_judged_once(wrappers: Wrappers) -> None:
    back = "https://shop.example/"
    url = f"{back}?url={back}&next={quote(back + '?url=' + back, safe='')}"
    assert [part for _, part in reached(url, wrappers)][1:] == [
        back,
        quote(f"{back}?url={back}", safe=""),
    ]


def test_an_address_stuffed_with_others_costs_no_more_than_so_many(wrappers: Wrappers) -> None:
    url = "https://shop.example/?" + "&".join(f"url=//{n}.test" for n in range(500))
    assert len(reached(url, wrappers)) == 50


_PIECES = (
    "https://", "http:", "//", "out.example/l", "search.example/", "cache.example/c/s/",
    "a--b-test.proxy.example", "evil.test", "?", "&", "=", "u", "url", "q", "a1", "aHR0c", "%",
    "%25", "%2F", "%3F", "%3D", "+", "#", "\\", "@", " ", "\t", "ệ", "\ud800", "/",
)  # fmt: skip


@given(tail=st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_whatever_is_written_somewhere_is_reached_and_quoted_inside_the_text(
    tail: str, wrappers: Wrappers
) -> None:
    address = read_address(f"https://{tail}")
    if address is not None:
        found = wrappers.reached_by(address)
        assert 0 < len(found) <= 50
        assert all(0 <= at.start < at.end <= len(address.url) for at in found)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    (
        pytest.param(
            '[a]\nhosts = ["*.out.example"]\nparameters = ["u"]\nsource = "x"\n', 2,
            "'*.out.example' is not a host name", id="a pattern",
        ),
        pytest.param(
            '[a]\nhosts = ["out.example"]\nholds = "path"\nparameters = ["u"]\nsource = "x"\n', 4,
            "does not go with these parameters", id="parameters in a path",
        ),
        pytest.param(
            '[a]\nhosts = ["out.example"]\nsource = "x"\n', 1,
            'give parameters where holds = "parameter"', id="no parameter",
        ),
        pytest.param(
            '[a]\nhosts = ["out.example"]\nparameters = ["u"]\n', 1, "source is missing",
            id="no source",
        ),
        pytest.param(
            '[a]\nhosts = ["out.example"]\nholds = "query"\nsource = "x"\n', 3,
            "use one of", id="a place that is none",
        ),
        pytest.param(
            '[anywhere]\nparameters = ["u"]\nnot_on = ["A.example"]\nsource = "x"\n', 3,
            "'A.example' is not a host name", id="a capital",
        ),
        pytest.param(
            '[anywhere]\nparameter = ["u"]\nsource = "x"\n', 2, "did you mean parameters?",
            id="misspelt",
        ),
        pytest.param(
            '[a]\nhosts = ["out.example"]\npaths = ["l"]\nparameters = ["u"]\nsource = "x"\n', 3,
            "paths", id="a path without its slash",
        ),
    ),
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_costs_only_its_table(
    text: str, line: int, words: str, tmp_path: Path
) -> None:
    wrappers, errors = wrappers_from(tmp_path, f"{text}\n[z]\n" + RULES.partition("[plain]\n")[2])
    assert len(errors) == 1
    assert f"wrappers.toml:{line}:" in errors[0]
    assert words in errors[0]
    assert "out.example" in wrappers.by_host


def test_without_the_file_every_link_is_itself(tmp_path: Path) -> None:
    wrappers, errors = load_wrappers(tmp_path)
    assert len(errors) == 1
    address = read_address(f"https://out.example/l?u={EVIL}")
    assert address is not None
    assert [at.address for at in wrappers.reached_by(address)] == [address]
