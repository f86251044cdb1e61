"""A build takes what does no harm, says what it left out, and never spoils the list in use."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from harness.compiled_lists import (
    FEEDS,
    PHISHING,
    SCAMS,
    compile_rows,
    compiled,
    our_pruning,
    write_snapshot,
)
from harness.service_process import REPOSITORY
from notalone.address import Address, read_address
from notalone.compiled import CompiledList, open_compiled
from notalone.errors import SetupError
from notalone.feeds.build import EXAMPLES, build, build_apart, read_report, snapshot_path
from notalone.feeds.store import Store, compiled_folder

MOMENTS = 40  # even; a thousand in `make soak`


def lists(listed: CompiledList | None, host: str) -> bool:
    address = read_address(f"https://{host}/")
    assert address is not None
    assert listed is not None
    return bool(listed.find(address))


def test_rows_are_counted_by_feed_and_refusals_by_reason_with_examples(tmp_path: Path) -> None:
    write_snapshot(tmp_path, SCAMS, ["host bad.example", "host other.example"])
    report = compile_rows(
        tmp_path,
        [
            "host bad.example",
            "host bad.example",
            "host github.io",
            "subtree vn",
            "host vietcombank.com.vn",
            *(f"url no-path-{number}.example" for number in range(9)),
        ],
    )
    phishing = report.feeds[PHISHING.id]
    assert phishing.rows == 1
    assert {reason: refused.rows for reason, refused in phishing.refused.items()} == {
        "unreadable": 9,
        "twice": 1,
        "platform": 1,
        "suffix": 1,
        "brand": 1,
    }
    assert phishing.refused["platform"].examples == ("github.io",)
    assert len(phishing.refused["unreadable"].examples) == EXAMPLES
    assert report.feeds[SCAMS.id].rows == 2
    assert report.rows == 2  # addresses, whoever lists them
    assert report.feeds["casinos"].is_missing
    assert read_report(tmp_path) == report


@pytest.mark.parametrize(
    "line",
    (
        "nonsense",
        "host\tBad.example\t2026-11-12\t2026-11-22",
        "host\tbad.example/x\t2026-11-12\t2026-11-22",
        "url\tbad.example\t2026-11-12\t2026-11-22",
        "domain\tbad.example\t2026-11-12\t2026-11-22",
        "host\tbad.example\t2026-02-30\t2026-11-22",
        "host\tbad.example\t1999-11-12\t2026-11-22",
        "host\tbad example\t2026-11-12\t2026-11-22",
        "host\t" + "a." * 200 + "example\t2026-11-12\t2026-11-22",
        "url\tbad.example/" + "a" * 5000 + "\t2026-11-12\t2026-11-22",
        "\x00\ufffd",
    ),
)
def test_one_bad_line_never_takes_the_rest_down(tmp_path: Path, line: str) -> None:
    write_snapshot(tmp_path, PHISHING, ["host a.example"])
    path = snapshot_path(tmp_path, PHISHING.id)
    path.write_text(path.read_text() + line + "\nhost\tb.example\t2026-11-12\t2026-11-22\n")
    report = build(tmp_path, FEEDS, pruning=our_pruning())
    assert report is not None
    assert report.feeds[PHISHING.id].rows == 2
    assert report.feeds[PHISHING.id].refused["unreadable"].rows == 1
    assert lists(open_compiled(compiled_folder(tmp_path)), "b.example")


def test_one_unreadable_snapshot_costs_its_own_feed_only(tmp_path: Path) -> None:
    snapshot_path(tmp_path, SCAMS.id).mkdir(parents=True)
    report = compile_rows(tmp_path, ["host bad.example"])
    assert report.feeds[SCAMS.id].is_missing
    assert lists(open_compiled(compiled_folder(tmp_path)), "bad.example")


def test_last_list_stays_when_every_snapshot_is_gone_but_not_when_no_feed_is_wanted(
    tmp_path: Path,
) -> None:
    compile_rows(tmp_path, ["host bad.example"])
    snapshot_path(tmp_path, PHISHING.id).unlink()
    build(tmp_path, FEEDS, pruning=our_pruning())
    assert lists(open_compiled(compiled_folder(tmp_path)), "bad.example")
    build(tmp_path, (), pruning=our_pruning())
    assert not lists(open_compiled(compiled_folder(tmp_path)), "bad.example")


def test_a_list_that_was_switched_off_accuses_no_longer_though_no_other_has_come_yet(
    tmp_path: Path,
) -> None:
    compile_rows(tmp_path, ["host bad.example"])
    wanted = [feed for feed in FEEDS if feed.id != PHISHING.id]
    assert wanted
    build(tmp_path, wanted, pruning=our_pruning())
    assert not lists(open_compiled(compiled_folder(tmp_path)), "bad.example")


def test_names_with_one_hash_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from notalone.compiled import hash_of

    def alike_at_first(key: str, *, salt: int) -> int:
        return 7 if salt == 0 else hash_of(key, salt=salt)

    monkeypatch.setattr("notalone.feeds.build.hash_of", alike_at_first)
    write_snapshot(tmp_path, SCAMS, ["host b.example"])
    listed = compiled(tmp_path, "host a.example")
    for host, feed in (("a.example", "phish"), ("b.example", "scams")):
        address = read_address(f"https://{host}/")
        assert address is not None
        assert [one.feed for one in listed.find(address)] == [feed]


def test_pages_with_one_hash_are_told_apart_by_their_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("feeds.build", "compiled"):
        monkeypatch.setattr(f"notalone.{module}.hash_of", lambda _key, *, salt: salt)
    listed = compiled(tmp_path, "url bad.example/a", "url bad.example/b")
    found = {
        path: [one.address for one in listed.find(Address("", "bad.example", path))]
        for path in ("/a", "/b", "/c")
    }
    assert found == {"/a": ["bad.example/a"], "/b": ["bad.example/b"], "/c": []}


def test_many_names_are_sorted_in_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notalone.feeds.build._RUN", 7)
    hosts = [f"{name}.example" for name in "thequickbrownfxjmpsvlazydg"]
    listed = compiled(tmp_path, *(f"host {host}" for host in hosts))
    assert all(lists(listed, host) for host in hosts)
    assert listed.rows == len(set(hosts))


def test_same_snapshots_make_the_same_file(tmp_path: Path) -> None:
    compile_rows(tmp_path, ["host bad.example"])
    compile_rows(tmp_path, ["host bad.example"])
    assert len(Store(compiled_folder(tmp_path)).newest_first()) == 1


def test_build_apart_makes_the_same_list(tmp_path: Path) -> None:
    report = compile_rows(tmp_path, ["host bad.example", "host github.io"])
    before = open_compiled(compiled_folder(tmp_path))
    told = build_apart(tmp_path, FEEDS)
    after = open_compiled(compiled_folder(tmp_path))
    assert before is not None
    assert after is not None
    assert told is not None
    assert (told.rows, told.feeds) == (report.rows, report.feeds)
    assert after.version == before.version


def test_build_beside_another_one_leaves_it_to_that(tmp_path: Path) -> None:
    with Store(compiled_folder(tmp_path)).building():
        assert build_apart(tmp_path, FEEDS) is None


def test_full_disk_leaves_the_last_list_and_says_so(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    before = compiled(tmp_path, "host old.example").version
    write_snapshot(tmp_path, PHISHING, (f"host bad{number}.example" for number in range(5000)))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))  # the build inherits it
    try:
        with pytest.raises(SetupError, match="danh sách cũ vẫn dùng") as refused:
            build_apart(tmp_path, FEEDS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "the old one stays in use" in str(refused.value)
    after = open_compiled(compiled_folder(tmp_path))
    assert after is not None
    assert after.version == before
    assert not [*compiled_folder(tmp_path).glob("part-*")]


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("a file where the folder should be")
    with pytest.raises(SetupError, match="No new list could be built"):
        build_apart(tmp_path, FEEDS)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork")
def test_build_killed_at_any_moment_leaves_the_old_list_or_the_new_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "harness.killing_builds", str(tmp_path), str(MOMENTS)],
        env={
            **os.environ,
            "PYTHONPATH": f"{REPOSITORY / 'service'}{os.pathsep}{REPOSITORY / 'tests'}",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=20 + MOMENTS,
    )
    found = done.stdout.split()
    assert len(found) == MOMENTS
    assert set(found) == {"old", "new"}
    assert found[0] == "old"  # killed before its first step
    assert found[-1] == "new"  # not killed at all
    assert lists(compiled(tmp_path, "host after.example"), "after.example")


def test_feed_that_was_never_pulled_has_no_date(tmp_path: Path) -> None:
    compile_rows(tmp_path, ["host bad.example 2026-11-01 2026-11-20"])
    listed = open_compiled(compiled_folder(tmp_path))
    assert listed is not None
    assert {feed.id: feed.pulled for feed in listed.header.feeds} == {
        PHISHING.id: date(2026, 11, 20)
    }
