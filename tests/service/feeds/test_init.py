"""The package says in its first lines which module does what."""

from __future__ import annotations

import pkgutil

from notalone import feeds


def test_every_module_is_named_where_one_begins_to_read() -> None:
    modules = {module.name for module in pkgutil.iter_modules(feeds.__path__)}
    assert feeds.__doc__ is not None
    assert {name for name in modules if name not in feeds.__doc__} == set()
