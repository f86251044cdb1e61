"""Draw the toolbar icons: two people side by side; an outline with a slash when the service is off.

Run from the repository root with Pillow installed: `python docs/draw_icons.py`.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).resolve().parent.parent / "extension" / "icons"
STORE = Path(__file__).resolve().parent / "store"
TEAL = (11, 81, 80, 255)
WHITE = (255, 255, 255, 255)
SAND = (247, 222, 170, 255)
GREY = (112, 130, 129, 255)  # about 4:1 on light and on dark toolbars
CLEAR = (0, 0, 0, 0)
FINE = 16  # drawn this many times larger, then made smaller, for smooth edges

Box = tuple[float, float, float, float]


def figure(x: float, head: float, size: float) -> tuple[Box, Box]:
    """The head and the shoulders of one person, in parts of the icon's side."""
    top = head + size * 1.2
    return (
        (x - size, head - size, x + size, head + size),
        (x - size * 1.65, top, x + size * 1.65, top + (0.82 - top) * 2),
    )


def draw_person(
    draw: ImageDraw.ImageDraw,
    person: tuple[Box, Box],
    side: int,
    *,
    grow: float,
    fill: tuple[int, int, int, int],
) -> None:
    """Paint *person* grown by *grow* parts of the side, so a larger one can cut a gap first."""
    head, body = (
        [edge * side + sign * grow * side for edge, sign in zip(box, (-1, -1, 1, 1), strict=True)]
        for box in person
    )
    draw.ellipse(head, fill=fill)
    draw.pieslice(body, 180, 360, fill=fill)


def draw_icon(side: int, *, is_on: bool) -> Image.Image:
    """One icon of *side* pixels."""
    large = side * FINE
    image = Image.new("RGBA", (large, large), CLEAR)
    draw = ImageDraw.Draw(image)
    tall, small = figure(0.36, 0.32, 0.135), figure(0.665, 0.43, 0.11)
    frame = (large * 0.02, large * 0.02, large * 0.98, large * 0.98)
    if is_on:
        draw.rounded_rectangle(frame, radius=large * 0.24, fill=TEAL)
        draw_person(draw, tall, large, grow=0, fill=WHITE)
        draw_person(draw, small, large, grow=0.05, fill=TEAL)
        draw_person(draw, small, large, grow=0, fill=SAND)
    else:
        draw.rounded_rectangle(
            frame,
            radius=large * 0.24,
            outline=GREY,
            width=round(large * (0.05 if side > 32 else 0.07)),
        )
        draw_person(draw, tall, large, grow=0, fill=GREY)
        draw_person(draw, small, large, grow=0.05, fill=CLEAR)
        draw_person(draw, small, large, grow=0, fill=GREY)
        corner, far = large * 0.1, large * 0.9
        draw.line((corner, corner, far, far), fill=CLEAR, width=round(large * 0.22))
        draw.line((corner, corner, far, far), fill=GREY, width=round(large * 0.1))
    return image.resize((side, side), Image.Resampling.LANCZOS)


def main() -> None:
    """Write every icon that the manifest, the worker and the stores' pages name."""
    for name, is_on, sides in (("on", True, (16, 32, 48, 96, 128)), ("off", False, (16, 32, 48))):
        for side in sides:
            draw_icon(side, is_on=is_on).save(ICONS / f"{name}-{side}.png", optimize=True)
    draw_icon(300, is_on=True).save(STORE / "icon-300.png", optimize=True)  # Edge
    tile = Image.new("RGB", (440, 280), TEAL[:3])  # Chrome Web Store
    icon = draw_icon(192, is_on=True)
    tile.paste(icon, ((440 - icon.width) // 2, (280 - icon.height) // 2), icon)
    tile.save(STORE / "tile-440x280.png", optimize=True)


if __name__ == "__main__":
    main()
