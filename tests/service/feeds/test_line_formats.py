"""A line is what it says, and never more; what cannot be used is counted, never guessed."""

from __future__ import annotations

from harness.feed_files import read_file


def test_hosts_file() -> None:
    entries, tally = read_file(
        "# Title: a list\n127.0.0.1 localhost\n::1 ip6-localhost\n\n"
        "0.0.0.0 scam.example\n0.0.0.0\tWWW.Scam.example scam.test # twice\r\n"
        "203.0.113.9 elsewhere.example\n",
        "hosts",
    )
    assert entries == [
        ("host", "scam.example"),
        ("host", "www.scam.example"),
        ("host", "scam.test"),
    ]
    assert tally.refused == {"not_a_block": 1}
    assert tally.examples == {"not_a_block": ["7: 203.0.113.9 elsewhere.example"]}


def test_names_one_a_line() -> None:
    entries, tally = read_file(
        "\ufeff# c\n! c\nscam.example\nbücher.example.\n*.all.example\n.dot.example\n"
        "198.51.100.7\n10.0.0.0/8\n198.51.100.1-198.51.100.9\n192.168.1.1\na b\nx.example/p\n",
        "plain",
    )
    assert entries == [
        ("host", "scam.example"),
        ("host", "xn--bcher-kva.example"),
        ("subtree", "all.example"),
        ("subtree", "dot.example"),
        ("host", "198.51.100.7"),
    ]
    assert tally.refused == {"ip_range": 2, "own_network": 1, "not_an_address": 2}


def test_www_is_another_name_and_nothing_is_widened() -> None:
    entries, _ = read_file("scam.example\n", "plain")
    assert entries == [("host", "scam.example")]


def test_addresses() -> None:
    entries, tally = read_file(
        "https://a.example/log in?x=1#top\nhttps://a.example/login?x=1#top\nhttp://B.example\n"
        "hxxps://c[.]example/pay\nd.example/%70ay\nftp://e.example/x\n"
        "https://user@f.example:8443/\njavascript:alert(1)\n198.51.100.0/24\n",
        "urls",
    )
    assert entries == [
        ("url", "a.example/login?x=1"),
        ("host", "b.example"),
        ("url", "c.example/pay"),
        ("url", "d.example/%70ay"),
        ("host", "f.example"),
    ]
    assert tally.refused == {"not_an_address": 3, "ip_range": 1}


def test_adblock_filters() -> None:
    entries, tally = read_file(
        "[Adblock Plus 2.0]\n! Title\n||a.example^\n||b.example^$all\n||c.example^$document,popup\n"
        "||d.example/pay/\n|https://e.example/x|\n||198.51.100.7^\n"
        "||f.example^$third-party\n||g.example\n/regex[0-9]/\nh.example##.banner\n"
        "@@||i.example^\n||j.example/*.js\n",
        "adblock",
    )
    assert entries == [
        ("subtree", "a.example"),
        ("subtree", "b.example"),
        ("subtree", "c.example"),
        ("url", "d.example/pay/"),
        ("url", "e.example/x"),
        ("host", "198.51.100.7"),
    ]
    assert tally.refused == {"option": 1, "pattern": 4, "exception": 1}
    assert tally.exceptions == {"i.example"}
