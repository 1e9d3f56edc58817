"""Draw the site's icons from the shapes of mark.svg: ``python tests/make_icons.py``, always the same."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

TARGET = Path(__file__).parents[1] / "portfolio" / "static" / "portfolio" / "img"
PAPER, ACCENT = "#fbfaf7", "#9b2f1d"
# Left, top, right and bottom of each bar on the grid of mark.svg, which is 32 wide and high.
GRID = 32
BARS = ((4, 4, 11, 28), (15, 4, 28, 7), (15, 12, 25, 15), (15, 20, 28, 23))
SMOOTH = 4


def icon(size: int, inset: float) -> Image.Image:
    """The mark on paper, ``inset`` (a part of the size) away from each edge."""
    large = size * SMOOTH
    sheet = Image.new("RGB", (large, large), PAPER)
    draw = ImageDraw.Draw(sheet)
    start, scale = large * inset, large * (1 - 2 * inset) / GRID
    for left, top, right, bottom in BARS:
        draw.rectangle([start + edge * scale for edge in (left, top, right, bottom)], fill=ACCENT)
    return sheet.resize((size, size), Image.Resampling.LANCZOS).quantize(16)


def main() -> None:
    # A maskable icon may be cut to a circle of 40 % around its middle (https://www.w3.org/TR/appmanifest/#icon-masks).
    for name, size, inset in (
        ("icon-192", 192, 0.08), ("icon-512", 512, 0.08), ("icon-maskable-512", 512, 0.2), ("icon-180", 180, 0.12),
    ):  # fmt: skip
        icon(size, inset).save(TARGET / f"{name}.png", optimize=True)
    icon(48, 0).save(TARGET / "icon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


if __name__ == "__main__":
    main()
