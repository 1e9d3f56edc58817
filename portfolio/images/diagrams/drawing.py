"""The drawing of a diagram as inline SVG: safe, in the colours of the page, with a description for those who hear it.

A drawing without colours of its author's takes those of the page, in each scheme. One with colours stands on white, as
its author saw it: what is legible on white need not be so on dark paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape

from portfolio.images.svg import SvgError, SvgWriter, write_svg

MAX_DESCRIPTION = 600  # characters
PAINTS = frozenset({"fill", "stroke", "color", "stop-color", "flood-color"})
NO_PAINT = frozenset({"none", "transparent", "currentcolor"})
# Names that programs give to parts of a drawing, which a page with two drawings would have twice.
LOCAL = re.compile(r"#(?P<id>[\w:.-]+)")
REFERENCED = frozenset("marker linearGradient radialGradient pattern clipPath mask filter symbol".split())
LEFT_OUT = frozenset({"title", "image", "style"})  # a title would come up as a tip over every part
ARROWS = (("->", " → "), ("--", " – "))
FONT = 'font-family="Arial, Liberation Sans, Helvetica, sans-serif"'


@dataclass(frozen=True, slots=True)
class DrawingStyle:
    """How a program paints what its author left alone: inks become the page's, grounds are left out."""

    inks: frozenset[str]
    grounds: frozenset[str] = frozenset()


@dataclass(slots=True)
class DrawingWriter(SvgWriter):
    """Writes what is inside the outermost ``<svg>``, and notes what the drawing shows."""

    style_of_program: DrawingStyle = DrawingStyle(frozenset())
    prefix: str = ""
    has_colours: bool = False
    size: dict[str, str] = field(default_factory=dict)
    group: str = ""  # the kind of the current group: "node", "edge"
    title: str = ""
    in_title: bool = False
    words: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    edges: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if local in LEFT_OUT:
            self.in_title = local == "title"
            self.dropped += 1
            return
        if not self.open_tags:
            self.size = {key: attributes.get(key, "") for key in ("width", "height", "viewBox")}
        elif local == "g" and (kind := attributes.get("class")) in ("node", "edge"):
            self.finish_group()
            self.group = kind
        # The whole is one picture, in which nothing can be pressed.
        SvgWriter.start(self, f"{space} g" if local == "a" else name, {} if local == "a" else attributes)

    def end(self, name: str) -> None:
        if self.in_title and name.rpartition(" ")[2] == "title":
            self.in_title = False
            self.dropped -= 1
        else:
            SvgWriter.end(self, name)

    def text(self, data: str) -> None:
        is_text = bool(self.open_tags) and self.open_tags[-1] in ("text", "tspan", "textPath")
        if self.in_title:
            self.title += data
        elif is_text and data.strip():
            self.words.append(data.strip())
            self.texts.append(data.strip())
        if is_text or data.strip():
            SvgWriter.text(self, data)

    def attribute(self, element: str, key: str, value: str) -> str:
        local = key.rpartition(" ")[2]
        if local in ("class", "style", "font-family", "target", "xmlns") or local.startswith(("data-", "aria-")):
            return ""
        if local in PAINTS:
            value = self.paint(value)
        elif local == "id":
            if element not in REFERENCED:
                return ""
            value = self.prefix + value
        if local == "href" or "url(" in value.lower():
            value = LOCAL.sub(lambda match: f"#{self.prefix}{match['id']}", value)
        return SvgWriter.attribute(self, element, key, value)

    def paint(self, value: str) -> str:
        lower = value.strip().lower()
        if lower in NO_PAINT:
            return value
        if lower in self.style_of_program.inks:
            return "currentColor"
        if lower in self.style_of_program.grounds:
            return "none"
        self.has_colours = self.has_colours or not lower.startswith("url(")
        return value

    def finish_group(self) -> None:
        words = " ".join(self.words)
        if self.group == "node":
            self.labels[self.title.strip()] = words
        elif self.group == "edge":
            self.edges.append(self.title.strip())
        self.title, self.words = "", []

    def description(self) -> str:
        """The edges by the labels of what they join, and what no edge joins; for other drawings their words."""
        self.finish_group()
        parts, joined = [], set()
        for edge in self.edges:
            sign, arrow = next((pair for pair in ARROWS if pair[0] in edge), ("", ""))
            ends = [end.partition(":")[0] for end in edge.split(sign)] if sign else [edge]
            joined.update(ends)
            parts.append(arrow.join(self.labels.get(end) or end for end in ends))
        parts += [label or name for name, label in self.labels.items() if name not in joined]
        text = "; ".join(parts or dict.fromkeys(self.texts))
        return text if len(text) <= MAX_DESCRIPTION else text[:MAX_DESCRIPTION].rsplit(";", 1)[0] + "; …"


def inline_svg(data: bytes, style: DrawingStyle) -> str:
    """The SVG of a program as an element of a page. Raises ``SvgError``."""
    plain = DrawingWriter(style_of_program=style, prefix=f"d{sha256(data).hexdigest()[:8]}-")
    write_svg(data, plain)
    coloured = plain.has_colours
    writer = plain
    if coloured:
        writer = DrawingWriter(style_of_program=DrawingStyle(frozenset()), prefix=plain.prefix)
        write_svg(data, writer)
    width, height, box = (writer.size[key] for key in ("width", "height", "viewBox"))
    numbers = box.replace(",", " ").split()
    if len(numbers) != 4 or not all(re.fullmatch(r"-?\d{1,6}(?:\.\d*)?", number) for number in numbers):
        raise SvgError("has no view box")
    inner = "".join(writer.out[1:-1])
    ground = ""
    if coloured:
        x, y, wide, high = numbers
        ground = f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="white"/>'
    label = escape(writer.description() or "…")
    colour = ' color="black"' if coloured else ""
    return (
        f'<div class="table-frame" role="img" tabindex="0" aria-label="{label}">'
        f'<svg aria-hidden="true" width="{escape(width)}" height="{escape(height)}" viewBox="{box}" '
        f'fill="currentColor"{colour} {FONT}>{ground}{inner}</svg></div>'
    )
