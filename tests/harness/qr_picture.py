"""Pictures of QR codes, drawn by the extension's own `qr.js` in a real Node."""

from __future__ import annotations

import json
import subprocess

from PIL import Image

from harness.service_process import REPOSITORY

DRAW = """
import { readFileSync } from "node:fs";
import { qrModules } from "./extension/pages/qr.js";
const wanted = JSON.parse(readFileSync(0, "utf8"));
const drawn = wanted.map(([text, correction]) => qrModules(text, { correction }));
console.log(JSON.stringify(drawn));
"""
QUIET = 4  # modules around the code
PIXELS = 4  # a module's side


def drawn(wanted: list[tuple[str, str]]) -> list[list[list[bool]] | None]:
    """The modules that extension/pages/qr.js makes of each text and correction level."""
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", DRAW],
        input=json.dumps(wanted),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    codes: list[list[list[bool]] | None] = json.loads(done.stdout)
    return codes


def picture_of(modules: list[list[bool]]) -> Image.Image:
    """*modules* in black on white, with the quiet margin that readers want."""
    side = len(modules) + 2 * QUIET
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(modules):
        for x, is_dark in enumerate(row):
            if is_dark:
                picture.putpixel((x + QUIET, y + QUIET), 0)
    return picture.resize((side * PIXELS, side * PIXELS), Image.Resampling.NEAREST)


def qr_picture(text: str) -> Image.Image:
    """A picture with one QR code that says *text*."""
    (modules,) = drawn([(text, "M")])
    assert modules is not None, "too long for a QR code"
    return picture_of(modules)
