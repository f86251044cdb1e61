"""Which extensions of Chromium and its relatives may pair: ours, and those that somebody named.

A school that packs the extension itself, or a store that signs it, gives it an id of its own.
Whoever looks after the account names that id once, by `notalone install --extension-id ID`; then
the browser lets it start our host, the host pairs with it, and so does a typed code. No request to
the host or to the service adds one. Firefox's add-on has one id everywhere: config.GECKO_ID.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from notalone import native_host
from notalone.config import EXTENSION_IDS
from notalone.errors import SetupError

FILE = "extension_ids.json"  # a list of those named here; only the owner may read or write it
_FORM = re.compile(r"[a-p]{32}")


def known(folder: Path) -> tuple[str, ...]:
    """Every id that may pair with the service of this data folder, ours first."""
    try:
        return (*EXTENSION_IDS, *named(folder))
    except ValueError:  # the doctor says so
        return EXTENSION_IDS


def named(folder: Path) -> tuple[str, ...]:
    """The ids that were named here, in that order; what has not the form of one is left out.

    Raises: ValueError when the file cannot be trusted.
    """
    content = native_host.read_private(str(folder / FILE))
    given = json.loads(content) if content else []
    if not isinstance(given, list):
        raise ValueError("is not a list")  # noqa: TRY004 - a broken file, not a bug
    return tuple(one for one in given if isinstance(one, str) and _FORM.fullmatch(one))


def name(folder: Path, ids: Iterable[str]) -> None:
    """Let these extensions pair too, beside those that were named before.

    Raises: SetupError for what has not the form of an id; then nothing is changed. OSError when
    the file cannot be written.
    """
    asked = checked(ids)
    if not asked:
        return
    try:
        before = named(folder)
    except ValueError:  # of no use to anybody
        before = ()
    wanted = [one for one in dict.fromkeys((*before, *asked)) if one not in EXTENSION_IDS]
    content = json.dumps(wanted, indent=1).encode("ascii")
    native_host.write_private(str(folder / FILE), content)


def checked(ids: Iterable[str]) -> tuple[str, ...]:
    """*ids* as they are.

    Raises: SetupError naming the first that no extension can have.
    """
    given = tuple(ids)
    for one in given:
        if not _FORM.fullmatch(one):
            raise SetupError(
                f"«{one}» không phải mã tiện ích. Mã gồm 32 chữ thường từ a đến p, xem ở trang "
                "tiện ích của trình duyệt khi bật Chế độ dành cho nhà phát triển.\n"
                f"“{one}” is no extension id. It has 32 small letters from a to p: see the "
                "browser's extensions page, in developer mode."
            )
    return given
