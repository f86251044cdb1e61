"""Lay the pictures of tests/output/screens side by side: a row a screen, in index.html beside them.

The tests name them NAME.LANGUAGE.SCHEME.png, with "-200" behind the language at 200 %.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from html import escape
from pathlib import Path

SCREENS = Path(__file__).resolve().parents[1] / "tests" / "output" / "screens"
COLUMNS = [
    f"{language}{zoom}.{scheme}"
    for zoom in ("", "-200")
    for language in ("vi", "en")
    for scheme in ("light", "dark")
]
HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every screen</title>
<style>
  body { font: 14px system-ui, sans-serif; margin: 1rem; background: #888; }
  h2 { position: sticky; inset: 0 auto auto 0; margin: 0; padding: .25rem; background: #888; }
  section { display: flex; gap: .5rem; align-items: start; overflow-x: auto; }
  figure { margin: 0; flex: none; }
  img { inline-size: 320px; display: block; }
</style>
"""


def gallery(folder: Path) -> str:
    """The page that shows every picture of *folder*."""
    screens: dict[str, list[str]] = defaultdict(list)
    for picture in sorted(folder.glob("*.*.*.png")):
        name, _, kind = picture.stem.partition(".")
        if kind in COLUMNS:
            screens[name].append(kind)
    rows = []
    for name, kinds in screens.items():
        figures = "".join(
            f'<figure><figcaption>{kind}</figcaption><a href="{escape(name)}.{kind}.png">'
            f'<img loading="lazy" alt="" src="{escape(name)}.{kind}.png"></a></figure>\n'
            for kind in sorted(kinds, key=COLUMNS.index)
        )
        rows.append(f"<h2>{escape(name)}</h2>\n<section>\n{figures}</section>\n")
    return HEAD + "".join(rows) + "</html>\n"


if __name__ == "__main__":
    SCREENS.mkdir(parents=True, exist_ok=True)
    index = SCREENS / "index.html"
    index.write_text(gallery(SCREENS), encoding="utf-8")
    sys.stdout.write(f"{index}\n")
