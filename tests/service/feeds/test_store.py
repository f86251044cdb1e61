"""The folder of compiled lists: what is kept, what is cleaned, and who may build."""

from __future__ import annotations

from pathlib import Path

import pytest

from notalone.feeds.store import KEPT, Store, compiled_folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(compiled_folder(tmp_path))


def publish(store: Store, content: str) -> Path:
    with store.building() as part:
        assert part is not None
        path = part / "list"
        path.write_text(content, "utf-8")
        return store.publish(path, b"{}")


def test_newest_list_comes_first_and_two_previous_ones_are_kept(store: Store) -> None:
    published = [publish(store, f"content {number}") for number in range(5)]
    assert store.newest_first() == published[:-4:-1]
    named = (store.folder / "current").read_text("ascii").split()
    assert named == [path.stem for path in published[:-4:-1]]
    left = {path.name for path in store.folder.iterdir()}
    assert left == {
        "current",
        "lock",
        *(path.name for path in published[-KEPT:]),
        *(path.with_suffix(".json").name for path in published[-KEPT:]),
    }


def test_list_that_was_there_before_becomes_the_newest_again(store: Store) -> None:
    first, second = publish(store, "first"), publish(store, "second")
    assert publish(store, "first") == first
    assert store.newest_first() == [first, second]


def test_list_in_use_is_not_written_again_unless_it_was_damaged(store: Store) -> None:
    path = publish(store, "content")
    before = path.stat().st_ino, path.stat().st_mtime_ns
    publish(store, "content")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before
    path.write_text("damaged", "utf-8")
    publish(store, "content")
    assert path.read_text("utf-8") == "content"


def test_two_builds_never_meet(store: Store) -> None:
    with store.building() as part:
        assert part is not None
        with store.building() as other:
            assert other is None
    with store.building() as part:
        assert part is not None


def test_leftovers_of_a_killed_build_are_cleaned_by_the_next(store: Store) -> None:
    kept = publish(store, "content")
    part = store.folder / "part-killed"
    part.mkdir()
    (part / "run-0").write_bytes(b"x")
    (store.folder / "current.123-0abc").write_bytes(b"half a pointer")
    (store.folder / f"{'0' * 64}.json.123-0abc").write_bytes(b"half a report")
    with store.building():
        assert {path.name for path in store.folder.iterdir() if path.is_file()} == {
            "current",
            "lock",
            kept.name,
            kept.with_suffix(".json").name,
        }
        assert not part.exists()


def test_pointer_changes_its_signature_with_every_list(store: Store) -> None:
    assert store.signature() is None
    publish(store, "first")
    before = store.signature()
    assert before is not None
    publish(store, "second")
    assert store.signature() not in (None, before)


def test_nobody_else_may_read_the_lists(store: Store) -> None:
    path = publish(store, "content")
    assert path.stat().st_mode & 0o077 == 0
    for folder in (store.folder, store.folder.parent):
        assert folder.stat().st_mode & 0o077 == 0
