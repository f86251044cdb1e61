"""The ids that may pair: ours, those that `notalone install` was told of, and nobody else's."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from notalone import extension_ids
from notalone.config import EXTENSION_ID, EXTENSION_IDS
from notalone.errors import SetupError

SCHOOL, STORE, STRANGER = "a" * 32, "abcdefghijklmnop" * 2, "b" * 32


def test_ours_alone_are_known_where_nobody_named_any(tmp_path: Path) -> None:
    assert extension_ids.known(tmp_path) == EXTENSION_IDS
    assert extension_ids.named(tmp_path / "nowhere") == ()


def test_every_id_we_ship_has_the_form_of_one() -> None:
    assert extension_ids.checked(EXTENSION_IDS) == EXTENSION_IDS
    assert len(set(EXTENSION_IDS)) == len(EXTENSION_IDS)
    assert EXTENSION_IDS[0] == EXTENSION_ID


def test_named_ones_are_known_beside_ours_and_beside_each_other(tmp_path: Path) -> None:
    extension_ids.name(tmp_path, [SCHOOL])
    extension_ids.name(tmp_path, [STORE, SCHOOL, EXTENSION_ID])
    extension_ids.name(tmp_path, [])
    assert extension_ids.named(tmp_path) == (SCHOOL, STORE)
    assert extension_ids.known(tmp_path) == (*EXTENSION_IDS, SCHOOL, STORE)
    assert STRANGER not in extension_ids.known(tmp_path)


def test_naming_again_changes_not_a_byte(tmp_path: Path) -> None:
    extension_ids.name(tmp_path, [SCHOOL])
    before = (tmp_path / extension_ids.FILE).read_bytes()
    extension_ids.name(tmp_path, [SCHOOL])
    assert (tmp_path / extension_ids.FILE).read_bytes() == before
    assert stat.S_IMODE((tmp_path / extension_ids.FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "wrong",
    (
        "",
        "a" * 31,
        "a" * 33,
        "A" * 32,
        "q" * 32,
        f"{SCHOOL}\n",
        f"chrome-extension://{SCHOOL}/",
        "extension@school.example",
        "*",
    ),
)
def test_what_is_no_id_is_said_in_both_languages_and_nothing_is_kept(
    tmp_path: Path, wrong: str
) -> None:
    with pytest.raises(SetupError, match=r"(?s)không phải mã tiện ích.*is no extension id"):
        extension_ids.name(tmp_path, [SCHOOL, wrong])
    assert list(tmp_path.iterdir()) == []


def test_one_bad_row_does_not_take_the_others_down(tmp_path: Path) -> None:
    rows = [SCHOOL, "*", 7, None, ["x"], STORE]
    (tmp_path / extension_ids.FILE).write_text(json.dumps(rows))
    assert extension_ids.named(tmp_path) == (SCHOOL, STORE)


@pytest.mark.parametrize("content", ("{", '{"a": 1}', f'"{SCHOOL}"', "\xff"))
def test_damaged_file_lets_nobody_in_and_is_replaced_by_the_next_naming(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / extension_ids.FILE).write_bytes(content.encode("latin-1"))
    with pytest.raises(ValueError, match=r"."):
        extension_ids.named(tmp_path)
    assert extension_ids.known(tmp_path) == EXTENSION_IDS
    extension_ids.name(tmp_path, [STORE])
    assert extension_ids.named(tmp_path) == (STORE,)


def test_file_that_a_link_leads_to_is_not_believed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text(json.dumps([STRANGER]))
    (tmp_path / extension_ids.FILE).symlink_to(elsewhere)
    assert extension_ids.known(tmp_path) == EXTENSION_IDS
