"""A home in which the service has been started before: what it read of its rules is kept there.

A start in an empty home takes over a second of a processor more, and most tests ask nothing of it.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Mapping
from pathlib import Path

from harness.service_process import Home
from notalone import native_host
from notalone.config import KEPT_LINKS, KEPT_RULES, rules_dir
from notalone.detectors.cues import choose_prefilters
from notalone.kept_links import load_for_links
from notalone.kept_rules import keep
from notalone.rulebook import load_rulebook


def started_before(home: Home) -> Home:
    """*home*, where the next start of this checkout's service is not the first."""
    for name, content in _kept().items():
        native_host.write_private(str(home.data / name), content)
    return home


@functools.cache
def _kept() -> Mapping[str, bytes]:
    """What a first start leaves in the data folder, by file name."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        glossary, _ = load_for_links(rules_dir(), data=data)
        book = load_rulebook(rules_dir(), glossary, for_maintainers=False)
        keep(data, book, choose_prefilters(book))
        return {name: (data / name).read_bytes() for name in (KEPT_LINKS, KEPT_RULES)}
