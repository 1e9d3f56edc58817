"""Draw the demo site's pictures: ``python tests/make_demo_images.py`` writes demo/assets/img anew, always the same.

Everything is drawn four times as large as needed in ink on paper and scaled down once, which is what smooths the lines.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFilter

TARGET = Path(__file__).parents[1] / "demo" / "assets" / "img"
PAPER, SAND, CLAY, RUST, SEA, DEEP, INK = (
    "#f6f0e4", "#e4d6ba", "#cfa983", "#a8492c", "#5f8a87", "#2b5157", "#26231e",
)  # fmt: skip
SCALE = 4
Point = tuple[float, float]

# Amplitude in metres, period in hours and phase of the five largest waves at an invented harbour.
CONSTITUENTS = (
    (1.42, 12.4206, 0.4),
    (0.51, 12.0, 1.9),
    (0.28, 12.6583, 5.1),
    (0.17, 23.9345, 2.7),
    (0.11, 25.8193, 0.8),
)


def tide(hours: float) -> float:
    """Height of the water above its mean, in metres."""
    return sum(size * math.cos(2 * math.pi * hours / period + phase) for size, period, phase in CONSTITUENTS)


class Sheet:
    """A piece of paper measured in the pixels of the finished picture."""

    def __init__(self, width: int, height: int, colour: str = PAPER) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), colour)
        self.draw = ImageDraw.Draw(self.image)

    def line(self, points: Iterable[Point], colour: str, width: float) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, fill=colour, width=max(1, round(width * SCALE)), joint="curve")
        if width > 6:  # thick joints crack; round ends and joints cover that
            for x, y in scaled:
                self.disc(x / SCALE, y / SCALE, width / 2, colour)

    def shape(self, points: Iterable[Point], colour: str) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.draw.ellipse(box, fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: str, width: float) -> None:
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.draw.ellipse(box, outline=colour, width=round(width * SCALE))

    def finished(self) -> Image.Image:
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)


def tide_chart() -> Image.Image:
    """A month of water: one curve a day, each a little lower than the last, as tide clerks once drew them."""
    sheet = Sheet(1200, 675)
    left, right, days = 70, 1130, 29
    for day in range(days):
        base = 96 + day * 18
        curve = [(left + (right - left) * step / 240, base - 15 * tide(day * 24 + step / 10)) for step in range(241)]
        sheet.shape([*curve, (right, base + 40), (left, base + 40)], PAPER)
        neap = abs(day - 14) <= 1
        sheet.line(curve, RUST if neap else DEEP if day % 7 else SEA, 2.6 if neap else 1.5)
    for hour in range(0, 25, 6):
        x = left + (right - left) * hour / 24
        sheet.line([(x, 645), (x, 657)], INK, 1.5)
    sheet.line([(left, 645), (right, 645)], INK, 1.5)
    return sheet.finished()


def sonar_trace() -> Image.Image:
    """An echogram: pings from left to right, the seabed as a dark edge, a few fish above it."""
    chance = random.Random(1907)  # noqa: S311 - a drawing, not a secret
    width, height = 360, 190
    image = Image.new("RGB", (width, height), PAPER)
    pixels = image.load()
    inks = [
        tuple(int(colour[index : index + 2], 16) for index in (1, 3, 5)) for colour in (PAPER, SAND, CLAY, RUST, INK)
    ]
    shoals = [(70, 62, 22, 9), (150, 88, 30, 7), (262, 50, 16, 12), (300, 78, 20, 6)]
    for x in range(width):
        bed = 128 + 16 * math.sin(x / 41) + 7 * math.sin(x / 13 + 1) + chance.uniform(-1.5, 1.5)
        for y in range(height):
            echo = 0.06 + 0.1 * chance.random() if y > 6 else 0.75
            for centre_x, centre_y, wide, high in shoals:
                distance = ((x - centre_x) / wide) ** 2 + ((y - centre_y) / high) ** 2
                echo += 0.75 * math.exp(-2.5 * distance) * chance.uniform(0.5, 1)
            if y > bed:
                echo += 1.05 * math.exp(-(y - bed) / 17) * chance.uniform(0.75, 1)
            position = min(max(echo, 0), 0.999) * (len(inks) - 1)
            low, part = int(position), position % 1
            pixels[x, y] = tuple(round(a + (b - a) * part) for a, b in zip(inks[low], inks[low + 1], strict=True))
    return image.resize((width * 4, height * 4), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.2))


def portrait() -> Image.Image:
    """Somebody from behind, hair up, looking out to sea: head and shoulders as contour lines."""
    sheet = Sheet(900, 1080, SAND)
    sheet.disc(650, 300, 150, CLAY)
    for row in range(18):
        y = 470 + row * 36
        wave = [(x, y + 9 * math.sin(x / 58 + row * 0.9)) for x in range(0, 905, 5)]
        sheet.line(wave, SEA, 2)
    shoulders = [(450 + 330 * math.cos(a), 1090 + 400 * math.sin(a)) for a in _arc(math.pi, 2 * math.pi)]
    sheet.shape([*shoulders, (780, 1080), (120, 1080)], DEEP)
    for step in range(1, 8):
        size = 1 - step * 0.11
        arc = [(450 + 330 * size * math.cos(a), 1090 + 400 * size * math.sin(a)) for a in _arc(math.pi, 2 * math.pi)]
        sheet.line(arc, SEA, 2)
    sheet.shape([(392, 640), (508, 640), (528, 730), (372, 730)], CLAY)
    head = [(450 + 150 * math.cos(a), 500 + 190 * math.sin(a)) for a in _arc(0, 2 * math.pi)]
    sheet.shape(head, INK)
    sheet.disc(478, 292, 66, INK)
    for step in range(1, 8):
        wide = 150 * (1 - step * 0.13)
        strand = [(450 + wide * math.cos(a), 500 + 189 * math.sin(a)) for a in _arc(0, 2 * math.pi)]
        sheet.line(strand, CLAY if step % 3 == 0 else SEA, 1.6)
    for step in range(1, 5):
        sheet.ring(478, 292, 66 - step * 13, CLAY if step == 3 else SEA, 1.6)
    return sheet.finished()


def mooring() -> Image.Image:
    """A sensor frame on the seabed, its line and its buoy."""
    sheet = Sheet(1200, 720)
    for row in range(5):
        sheet.line([(x, 150 + row * 13 + 7 * math.sin(x / 47 + row)) for x in range(80, 1125, 5)], SEA, 2 - row * 0.3)
    sheet.disc(600, 140, 30, RUST)
    sheet.line([(600, 110), (600, 64)], INK, 3)
    sheet.shape([(600, 64), (638, 76), (600, 88)], INK)
    sheet.line([(600 + 46 * math.sin(t / 50 * math.pi) * (1 - t / 60), 170 + t * 7) for t in range(51)], INK, 2)
    for x in (520, 680):
        sheet.line([(600, 512), (x, 596)], INK, 3.5)
    sheet.line([(540, 575), (660, 575)], INK, 3.5)
    sheet.disc(600, 540, 20, DEEP)
    for beam in (-24, 0, 24):
        angle = math.radians(beam - 90)
        end = (600 + 330 * math.cos(angle), 540 + 330 * math.sin(angle))
        points = [(600 + (end[0] - 600) * t / 14, 540 + (end[1] - 540) * t / 14) for t in range(1, 15)]
        for one, two in zip(points[::2], points[1::2], strict=True):
            sheet.line([one, two], CLAY, 2)
    chance = random.Random(88)  # noqa: S311 - a drawing, not a secret
    bed = [(x, 604 + 9 * math.sin(x / 83) + 4 * math.sin(x / 21)) for x in range(80, 1125, 5)]
    sheet.line(bed, INK, 2.5)
    for _ in range(260):
        x, depth = chance.uniform(85, 1115), chance.random() ** 1.8 * 70
        sheet.disc(x, 616 + 9 * math.sin(x / 83) + depth, 1.6, CLAY)
    return sheet.finished()


def tidal_rose() -> Image.Image:
    """The height of the water around a clock's face, one turn for each tide of a fortnight."""
    sheet = Sheet(1200, 800)
    for turn in range(28):
        ring = [
            (
                600 + (70 + turn * 9 + 20 * tide(turn * 12.42 + hour / 20)) * math.sin(hour / 248 * 2 * math.pi),
                400 - (70 + turn * 9 + 20 * tide(turn * 12.42 + hour / 20)) * math.cos(hour / 248 * 2 * math.pi),
            )
            for hour in range(249)
        ]
        sheet.line(ring, RUST if turn in (13, 14) else DEEP if turn % 4 == 0 else SEA, 2.4 if turn in (13, 14) else 1.6)
    for hour in range(12):
        angle = hour / 12 * 2 * math.pi
        ends = [(600 + size * math.sin(angle), 400 - size * math.cos(angle)) for size in (362, 382)]
        sheet.line(ends, INK, 3 if hour % 3 == 0 else 1.5)
    return sheet.finished()


def torn_net() -> Image.Image:
    """A net seen by a diver's lamp: knots that hang as they should, and the hole that nobody had noticed."""
    sheet = Sheet(1200, 800, DEEP)

    def knot(column: int, row: int) -> Point:
        x, y = 20 + column * 58 + 29 * (row % 2), 10 + row * 34
        pull = math.exp(-(((x - 745) / 150) ** 2 + ((y - 430) / 130) ** 2))
        return x + (x - 745) * 0.75 * pull + 5 * math.sin(row / 3), y + (y - 430) * 0.6 * pull + 9 * math.sin(x / 190)

    for row in range(24):
        for column in range(21):
            x, y = 20 + column * 58 + 29 * (row % 2), 10 + row * 34
            if ((x - 745) / 88) ** 2 + ((y - 430) / 74) ** 2 < 1:
                continue
            shift = 0 if row % 2 else -1
            near = ((x - 745) / 190) ** 2 + ((y - 430) / 160) ** 2 < 1
            for other in (column + shift, column + shift + 1):
                sheet.line([knot(column, row), knot(other, row + 1)], CLAY if near else SEA, 2.6 if near else 2)
            sheet.disc(*knot(column, row), 4.2, SAND if near else SEA)
    sheet.ring(745, 430, 176, RUST, 5)
    for angle in (0, 90, 180, 270):
        ends = [(745 + r * math.cos(math.radians(angle)), 430 + r * math.sin(math.radians(angle))) for r in (164, 198)]
        sheet.line(ends, RUST, 5)
    return sheet.finished()


def logbook_page() -> Image.Image:
    """A page about one dive: what was expected (dashed), what happened, and room for remarks."""
    sheet = Sheet(1200, 800, SAND)
    sheet.shape([(270, 60), (930, 60), (930, 800), (270, 800)], PAPER)
    sheet.line([(330, 60), (330, 800)], RUST, 1.6)
    for row in range(7):
        y = 150 + row * 28
        sheet.line([(360, y), (880 - 90 * ((row * 37) % 3), y)], INK if row == 0 else SEA, 5 if row == 0 else 3)

    def dive(x: float) -> float:
        return 400 + 230 * (1 / (1 + math.exp(-(x - 430) / 22)) - 1 / (1 + math.exp(-(x - 800) / 26)))

    wanted = [(x, dive(x)) for x in range(360, 881, 4)]
    for first, second in zip(wanted[::4], wanted[2::4], strict=False):
        sheet.line([first, second], CLAY, 3)
    real = [(x, dive(x - 14) + 9 * math.sin(x / 17) + 6 * math.sin(x / 7)) for x in range(360, 881, 2)]
    sheet.line(real, DEEP, 4)
    sheet.line([(360, 400), (880, 400)], INK, 1.5)
    sheet.disc(690, dive(676) + 9 * math.sin(690 / 17), 11, RUST)
    for row in range(3):
        sheet.line([(360, 700 + row * 28), (820 - row * 120, 700 + row * 28)], SEA, 3)
    return sheet.finished()


def logo_saltmarsh() -> Image.Image:
    sheet = Sheet(480, 480)
    for row, colour in enumerate((DEEP, SEA, CLAY, RUST)):
        points = [
            (x, 150 + row * 62 + 20 * math.sin((x - 90) / 300 * 2 * math.pi + row * 0.7)) for x in range(90, 391, 3)
        ]
        sheet.line(points, colour, 22)
    return sheet.finished()


def logo_fjordline() -> Image.Image:
    sheet = Sheet(480, 480)
    sheet.shape([(70, 350), (190, 120), (250, 235), (300, 160), (410, 350)], DEEP)
    sheet.shape([(70, 372), (410, 372), (372, 392), (108, 392)], RUST)
    sheet.line([(190, 120), (226, 250), (196, 350)], PAPER, 9)
    return sheet.finished()


def _arc(start: float, end: float, steps: int = 120) -> list[float]:
    return [start + (end - start) * step / steps for step in range(steps + 1)]


def _palette() -> Image.Image:
    """Every ink thinned with paper and with sand in four steps: few enough colours for small files."""
    colours = {
        tuple(
            round(a + (b - a) * step / 4)
            for a, b in zip(ImageColor.getrgb(ground), ImageColor.getrgb(ink), strict=True)
        )
        for ground in (PAPER, SAND, DEEP)
        for ink in (PAPER, SAND, CLAY, RUST, SEA, DEEP, INK)
        for step in range(5)
    }
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in sorted(colours) for channel in colour])
    return palette


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "tide-chart.png": tide_chart,
    "sonar-trace.jpg": sonar_trace,
    "mara.png": portrait,
    "mooring.png": mooring,
    "projects/tidal-rose.png": tidal_rose,
    "projects/torn-net.png": torn_net,
    "projects/logbook-page.png": logbook_page,
    "experience/saltmarsh.png": logo_saltmarsh,
    "experience/fjordline.png": logo_fjordline,
}


def main() -> None:
    for name, paint in PICTURES.items():
        path = TARGET / name
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = paint()
        if path.suffix == ".png":
            picture.quantize(palette=_palette(), dither=Image.Dither.NONE).save(path, optimize=True)
        else:
            picture.save(path, quality=62, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
