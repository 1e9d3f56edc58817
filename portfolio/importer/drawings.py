"""SVG drawings made safe to store: read element by element, and only what draws is written again. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 200
SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
PREFIXES = {SVG: "", "": "", XLINK: "xlink:", XML: "xml:"}

# What draws (https://www.w3.org/TR/SVG11/eltindex.html), without scripts, foreign content, and animation, which can
# change an address after it was looked at.
ELEMENTS = frozenset(
    """
    svg g defs symbol use switch title desc metadata a view style
    path rect circle ellipse line polyline polygon
    text tspan textPath tref
    linearGradient radialGradient stop pattern marker clipPath mask image
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge
    feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    """.split()
)
# Left out with all they hold and not worth a word: notes of the program that made the drawing.
SILENT = frozenset({"metadata"})
EMBEDDED_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")
REFERENCE = re.compile(r"url\(\s*(?P<quote>['\"]?)(?P<target>[^)]*?)(?P=quote)\s*\)", re.IGNORECASE)
# In a style sheet: anything that fetches or runs, and escapes, which could spell it.
RISKY_STYLE = re.compile(
    r"@import|@namespace|expression\s*\(|javascript:|behaviou?r\s*:|-moz-binding|\\|<", re.IGNORECASE
)


class DrawingError(ValueError):
    """The file is no drawing that can be made safe; the message says why."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Safe SVG as UTF-8, and what was taken out of it: "<script>", "onclick on <g>"; each once."""

    data: bytes
    removed: tuple[str, ...]


@dataclass(slots=True)
class Writer:
    """Takes the parser's events and writes the allowed ones."""

    out: list[str] = field(default_factory=list)
    open_tags: list[str] = field(default_factory=list)
    dropped: int = 0  # depth inside an element that is left out
    removed: dict[str, None] = field(default_factory=dict)
    style: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self.dropped or space not in (SVG, "") or local not in ELEMENTS or local in SILENT:
            if not self.dropped and space in (SVG, XHTML, "") and local not in SILENT:
                self.removed[f"<{local}>"] = None
            self.dropped += 1
            return
        if not self.open_tags and local != "svg":
            raise DrawingError("its outermost element is not <svg>")
        if len(self.open_tags) >= MAX_DEPTH:
            raise DrawingError(f"elements stand more than {MAX_DEPTH} deep")
        kept = [shown for key, value in attributes.items() if (shown := self.attribute(local, key, value))]
        if not self.open_tags:
            kept = [f'xmlns="{SVG}"', f'xmlns:xlink="{XLINK}"', *kept]
        self.out.append("<" + " ".join([local, *kept]) + ">")
        self.open_tags.append(local)
        if local == "style":
            self.style = []

    def end(self, name: str) -> None:
        if self.dropped:
            self.dropped -= 1
            return
        local = self.open_tags.pop()
        if local == "style" and self.style is not None:
            sheet = "".join(self.style)
            if style_is_safe(sheet):
                self.out.append(escape(sheet, quote=False))
            else:
                self.removed["part of <style>"] = None
            self.style = None
        self.out.append(f"</{local}>")

    def text(self, data: str) -> None:
        if self.dropped or not self.open_tags:
            return
        if self.style is not None:
            self.style.append(data)
        else:
            self.out.append(escape(data, quote=False))

    def attribute(self, element: str, key: str, value: str) -> str:
        """``name="value"`` as it may be written; "" for what may not."""
        space, _, local = key.rpartition(" ")
        if space not in PREFIXES:
            return ""  # of the program that made the drawing
        lower = local.lower()
        if lower == "href":
            safe = href_is_safe(element, value)
        else:
            safe = not lower.startswith("on") and lower != "base" and style_is_safe(value)
        if not safe:
            self.removed[f"{lower} on <{element}>"] = None
            return ""
        return f'{PREFIXES[space]}{local}="{escape(value)}"'


def href_is_safe(element: str, value: str) -> bool:
    """Inside the drawing, or a picture that comes with it; links of the drawing may lead to the web."""
    value = value.strip()
    if value.startswith("#"):
        return True
    if element == "image":
        return bool(EMBEDDED_PICTURE.match(value))
    return element == "a" and value.lower().startswith(("https://", "http://", "/"))


def style_is_safe(value: str) -> bool:
    """True for a style or an attribute that fetches nothing: it refers only to parts of the same drawing."""
    if RISKY_STYLE.search(value):
        return False
    return all(match["target"].strip().startswith("#") for match in REFERENCE.finditer(value)) and (
        len(REFERENCE.findall(value)) == value.lower().count("url(")
    )


def sanitise_drawing(data: bytes) -> Drawing:
    """The drawing with nothing in it that runs or fetches. Raises ``DrawingError``.

    Everything not on the list of drawing elements is left out with what it holds. Entities declared in the file and
    more than 5 MB are refused.
    """
    if len(data) > MAX_BYTES:
        raise DrawingError(f"{len(data) / 1e6:.1f} MB, more than {MAX_BYTES // 2**20} MB")
    writer = Writer()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler, parser.EndElementHandler = writer.start, writer.end
    parser.CharacterDataHandler = writer.text
    parser.EntityDeclHandler = refuse_entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DrawingError(f"is no well-formed SVG: {error}") from error
    except ValueError as error:
        raise DrawingError(str(error)) from error
    if not writer.out:
        raise DrawingError("its outermost element is not <svg>")
    return Drawing("".join(writer.out).encode(), tuple(writer.removed))


def refuse_entity(name: str, *_: object) -> None:
    raise DrawingError(f"declares the entity {name}")
