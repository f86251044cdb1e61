"""The compiled list: what it finds, who said so and until when; and what it does when damaged."""

from __future__ import annotations

import random
import struct
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from harness.compiled_lists import CASINOS, PHISHING, PULLED, SCAMS, compile_rows, compiled
from harness.native_host import PairedClient
from harness.service_process import Home
from harness.waiting import wait_for
from notalone.address import read_address
from notalone.compiled import (
    LOOK_EVERY_S,
    CompiledList,
    CurrentList,
    ListedBy,
    Sighting,
    open_compiled,
)
from notalone.errors import RuleError
from notalone.feeds.store import Store, compiled_folder

ADDED = date(2026, 11, 12)


def find(listed: CompiledList, url: str) -> list[tuple[str, str, str]]:
    return [(one.feed, one.kind, one.address) for one in sightings(listed, url)]


def sightings(listed: CompiledList, url: str) -> tuple[Sighting, ...]:
    address = read_address(url)
    assert address is not None
    return listed.find(address)


@pytest.mark.parametrize(
    ("row", "url", "expected"),
    (
        ("host bad.example", "https://bad.example/x", True),
        ("host bad.example", "https://a.bad.example/", False),
        ("host bad.example", "https://notbad.example/", False),
        ("subtree bad.example", "https://a.b.bad.example/", True),
        ("subtree bad.example", "https://notbad.example/", False),
        ("url bad.example/view/a", "https://bad.example/", False),
        ("url bad.example/view/a", "https://bad.example/view/ab", False),
        ("url bad.example/view/a", "https://bad.example/view/a", True),
        ("url bad.example/view/a", "https://bad.example/view/a/b?x=1", True),
        ("url bad.example/view/a", "https://bad.example/view/a?x=1", True),
        ("url bad.example/view/a", "https://bad.example/x/../view/%61", True),
        ("url bad.example/view/%C3%A1", "https://bad.example/view/á", True),
        ("url bad.example/view/a", "https://b.bad.example/view/a", False),
        ("url bad.example/get?id=7", "https://bad.example/get?id=7&x=1", True),
        ("url bad.example/get?id=7", "https://bad.example/get?id=77", False),
        ("url bad.example/", "https://bad.example/anything", True),
        ("host 192.0.2.7", "http://0xc0000207/", True),
    ),
)
def test_row_covers_exactly_its_kind(tmp_path: Path, row: str, url: str, expected: bool) -> None:
    kind, address = row.split()
    shown = address.replace("%C3%A1", "á")
    found = find(compiled(tmp_path, row), url)
    assert found == ([("phish", kind, shown)] if expected else [])


def test_every_feed_that_lists_an_address_is_named_with_its_dates(tmp_path: Path) -> None:
    compile_rows(tmp_path, ["subtree bad.example 2026-10-01"], feed=SCAMS)
    listed = compiled(tmp_path, "host bad.example", "host other.example")
    assert sightings(listed, "https://bad.example") == (
        Sighting("phish", "host", "bad.example", ADDED, PULLED, PULLED + timedelta(days=90)),
        Sighting(
            "scams",
            "subtree",
            "bad.example",
            date(2026, 10, 1),
            PULLED,
            PULLED + timedelta(days=60),
        ),
    )
    assert listed.rows == 3
    assert listed.pulled == PULLED


def test_page_is_named_before_its_host_and_a_host_before_its_parents(tmp_path: Path) -> None:
    rows = ["host a.bad.example", "subtree bad.example", "url a.bad.example/x"]
    listed = compiled(tmp_path, *rows)
    assert find(listed, "https://a.bad.example/x") == [("phish", "url", "a.bad.example/x")]
    assert find(listed, "https://a.bad.example/y") == [("phish", "host", "a.bad.example")]
    assert find(listed, "https://b.bad.example/x") == [("phish", "subtree", "bad.example")]


def test_entry_that_its_feed_dropped_is_old_at_once_but_hides_no_other(tmp_path: Path) -> None:
    listed = compiled(
        tmp_path, "host bad.example 2026-11-01 2026-11-21", "host other.example", "subtree x.test"
    )
    (dropped,) = sightings(listed, "https://bad.example")
    assert dropped.is_expired(PULLED)
    listed = compiled(
        tmp_path, "host a.bad.example 2026-11-01 2026-11-21", "subtree bad.example", "host x.test"
    )
    (stands,) = sightings(listed, "https://a.bad.example")
    assert (stands.kind, stands.is_expired(PULLED)) == ("subtree", False)


def test_report_on_free_hosting_expires_after_a_month(tmp_path: Path) -> None:
    listed = compiled(tmp_path, "host invented-by-us.github.io", "host bad.example")
    days = {
        host: (sightings(listed, f"https://{host}")[0].expires - PULLED).days
        for host in ("invented-by-us.github.io", "bad.example")
    }
    assert days == {"invented-by-us.github.io": 30, "bad.example": 90}


LONG_AGO, LAST_WEEK = PULLED - timedelta(days=400), PULLED - timedelta(days=7)


@pytest.mark.parametrize(
    ("feed", "seen", "days"),
    (
        (msgspec.structs.replace(PHISHING, pulled=PULLED), PULLED, 90),
        (msgspec.structs.replace(PHISHING, pulled=PULLED, changed=LAST_WEEK), PULLED, 83),
        (msgspec.structs.replace(PHISHING, pulled=PULLED, changed=LONG_AGO), PULLED, -310),
        (msgspec.structs.replace(PHISHING, pulled=LAST_WEEK, changed=PULLED), LAST_WEEK, 83),
        (msgspec.structs.replace(PHISHING, pulled=PULLED, is_dated=True), PULLED, -310),
        (msgspec.structs.replace(PHISHING, pulled=PULLED), LAST_WEEK, -7),
    ),
    ids=(
        "it is listed today, since long ago",
        "nobody has touched its list for a week",
        "nobody minds its list any more",
        "its list could not be pulled for a week",
        "its list says itself that the report is old",
        "its list took it back a week ago",
    ),
)
def test_report_stands_as_long_as_a_living_list_repeats_it(
    feed: ListedBy, seen: date, days: int
) -> None:
    assert feed.expires(LONG_AGO, seen, is_hosted=False) == PULLED + timedelta(days=days)


def test_all_that_is_listed_is_found_and_nothing_else(tmp_path: Path) -> None:
    chance = random.Random(5)
    names = sorted({f"{chance.randrange(16**4):x}.{chance.choice('abc')}.test" for _ in range(900)})
    mine, theirs, others = names[::3], names[1::3], names[2::3]
    compile_rows(tmp_path, [f"host {name}" for name in theirs], feed=CASINOS)
    listed = compiled(tmp_path, *(f"host {name}" for name in mine))
    assert all(find(listed, f"http://{name}/") == [("phish", "host", name)] for name in mine)
    assert all(find(listed, f"http://{name}/") == [("casinos", "host", name)] for name in theirs)
    assert not any(find(listed, f"http://{name}/") for name in others)


def test_page_with_a_thousand_borders_is_answered(tmp_path: Path) -> None:
    listed = compiled(tmp_path, "url bad.example/a")
    assert find(listed, "https://bad.example/" + "a/" * 1000) == [("phish", "url", "bad.example/a")]


def test_list_of_nothing_finds_nothing(tmp_path: Path) -> None:
    listed = compiled(tmp_path)
    assert listed.rows == 0
    assert find(listed, "https://bad.example") == []


# --- damage --------------------------------------------------------------------------------------


def newest(data: Path) -> Path:
    return Store(compiled_folder(data)).newest_first()[0]


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def alter(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", (truncate, alter, Path.unlink, lambda path: path.write_text("")))
def test_damaged_list_is_refused_and_the_one_before_it_is_taken(
    tmp_path: Path, damage: object
) -> None:
    assert callable(damage)
    before = compiled(tmp_path, "host old.example").version
    compile_rows(tmp_path, ["host new.example"])
    damage(newest(tmp_path))
    errors: list[RuleError] = []
    found = open_compiled(compiled_folder(tmp_path), errors)
    assert found is not None
    assert found.version == before
    assert find(found, "https://old.example")
    assert "notalone feeds build" in errors[0].told.vi
    assert "notalone feeds build" in errors[0].told.en


def test_no_changed_bit_goes_unnoticed(tmp_path: Path) -> None:
    compile_rows(tmp_path, ["host bad.example", "url page.example/a"])
    path = newest(tmp_path)
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
        with pytest.raises((ValueError, OSError, struct.error, msgspec.MsgspecError)):
            CompiledList(path)
    path.write_bytes(whole)
    assert CompiledList(path).rows == 2


@pytest.mark.parametrize("pointer", (b"", b"\xff\x00 nonsense", b"0" * 64 + b"\n", b"../../x\n"))
def test_damaged_pointer_costs_nothing(tmp_path: Path, pointer: bytes) -> None:
    version = compiled(tmp_path, "host bad.example").version
    (compiled_folder(tmp_path) / "current").write_bytes(pointer)
    found = open_compiled(compiled_folder(tmp_path))
    assert found is not None
    assert found.version == version


def test_list_of_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notalone.feeds.build.FORMAT", 1)
    compile_rows(tmp_path, ["host bad.example"])
    errors: list[RuleError] = []
    assert open_compiled(compiled_folder(tmp_path), errors) is None
    assert "another version" in errors[0].told.en


def test_without_any_list_there_is_none_and_no_complaint(tmp_path: Path) -> None:
    errors: list[RuleError] = []
    assert open_compiled(tmp_path / "nowhere", errors) is None
    assert errors == []


# --- taking up a new one -------------------------------------------------------------------------


def test_newer_list_is_taken_up_when_it_is_looked_for(tmp_path: Path) -> None:
    old = compiled(tmp_path, "host old.example").version
    current = CurrentList(compiled_folder(tmp_path))
    in_hand = current.now()
    assert in_hand is not None
    assert in_hand.version == old
    new = compiled(tmp_path, "host new.example").version
    current.look()
    taken = current.now()
    assert taken is not None
    assert taken.version == new
    assert find(in_hand, "https://old.example")  # a check under way keeps to its version


def test_pointer_is_looked_at_only_now_and_then(tmp_path: Path) -> None:
    compiled(tmp_path, "host old.example")
    clock = [0.0]
    current = CurrentList(compiled_folder(tmp_path), clock=lambda: clock[0])
    started: list[object] = []
    current.start_look = lambda: started.append(1)  # type: ignore[method-assign]
    compiled(tmp_path, "host new.example")
    clock[0] = LOOK_EVERY_S - 0.1
    current.now()
    assert started == []
    clock[0] = LOOK_EVERY_S
    current.now()
    current.now()
    assert len(started) == 1


def test_old_list_stays_when_the_new_one_is_damaged_or_all_are_gone(tmp_path: Path) -> None:
    old = compiled(tmp_path, "host old.example").version
    current = CurrentList(compiled_folder(tmp_path))
    compile_rows(tmp_path, ["host new.example"])
    for path in compiled_folder(tmp_path).glob("*.list"):
        alter(path)
    current.look()
    kept = current.now()
    assert kept is not None
    assert kept.version == old
    assert current.errors


def test_list_that_is_cut_short_while_in_use_gives_way_to_the_one_before(tmp_path: Path) -> None:
    compile_rows(tmp_path, ["host bad.example"])
    compile_rows(tmp_path, ["host bad.example", "host new.example"])
    clock = [0.0]
    current = CurrentList(compiled_folder(tmp_path), clock=lambda: clock[0])
    current.start_look = current.look  # type: ignore[method-assign]  # at once, not beside
    listed = current.now()
    assert listed is not None
    with newest(tmp_path).open("r+b") as file:
        file.truncate(1040)  # behind the names
    assert sightings(listed, "https://bad.example") == ()
    clock[0] = LOOK_EVERY_S
    after = current.now()
    assert after is not None
    assert find(after, "https://bad.example") == [("phish", "host", "bad.example")]
    assert find(after, "https://new.example") == []
    assert current.errors


def test_running_service_answers_from_a_list_built_meanwhile(
    home: Home, paired_client: PairedClient
) -> None:
    def answer() -> dict[str, Any]:
        return paired_client.check(links=[{"id": "1", "url": "https://fed.example/x"}])

    before = answer()
    assert before["links"][0]["level"] == "no_information"
    assert before["rules"]["lists"]["state"] == "off"  # nothing is pulled in tests
    compiled(home.data, "host fed.example")
    after = wait_for(
        lambda: (reply := answer())["links"][0]["level"] == "danger" and reply,
        what="the service to take up the list",
    )
    assert after["rules"]["lists"]["rows"] == 1
    reason = after["links"][0]["reasons"][0]
    assert (reason["quote"], reason["source"]) == ("fed.example", PHISHING.source)
    assert PHISHING.name in reason["why"]["vi"]
