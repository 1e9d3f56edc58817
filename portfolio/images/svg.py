"""SVG sanitiser: parse the file, and write again only elements and attributes that draw. Pure.

Why not a library: docs/decisions/0009-svg-sanitiser.md.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from portfolio.images.formats import HEAD, format_of
from portfolio.images.sanitise import ImageRefused, strip_position

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 200
SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
PREFIXES = {SVG: "", "": "", XLINK: "xlink:", XML: "xml:"}

# Elements that draw (https://www.w3.org/TR/SVG11/eltindex.html). Not scripts, foreign content or animation, which can
# change an address after it was checked.
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
# Removed with their content and not reported: data of the program that made the drawing.
SILENT = frozenset({"metadata"})
EMBEDDED_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")
# A ``data:`` address anywhere in a text, from which white space has been removed.
DATA_ADDRESS = re.compile(r"data:(?:[\w.+-]+/[\w.+-]+(?:;[\w.+=\"-]+)*|(?:;[\w.+=\"-]+)+),", re.IGNORECASE)
REFERENCE = re.compile(r"url\(\s*(?P<quote>['\"]?)(?P<target>[^)]*?)(?P=quote)\s*\)", re.IGNORECASE)
# In a style sheet: anything that fetches or runs, and escapes, which could hide it.
RISKY_STYLE = re.compile(
    r"@import|@namespace|expression\s*\(|javascript:|behaviou?r\s*:|-moz-binding|\\|<", re.IGNORECASE
)


class SvgError(ValueError):
    """The file cannot be sanitised; the message says why."""


@dataclass(frozen=True, slots=True)
class SanitisedSvg:
    """Safe SVG as UTF-8, and what was removed, each once: "<script>", "onclick on <g>"."""

    data: bytes
    removed: tuple[str, ...]


@dataclass(slots=True)
class SvgWriter:
    """Receives the parser's events and writes what is allowed."""

    out: list[str] = field(default_factory=list)
    open_tags: list[str] = field(default_factory=list)
    dropped: int = 0  # depth inside a removed element
    removed: dict[str, None] = field(default_factory=dict)
    style: list[str] | None = None
    text_parts: list[str] = field(default_factory=list)  # since the last tag

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.write_text()
        space, _, local = name.rpartition(" ")
        if self.dropped or space not in (SVG, "") or local not in ELEMENTS or local in SILENT:
            if not self.dropped and space in (SVG, XHTML, "") and local not in SILENT:
                self.removed[f"<{local}>"] = None
            self.dropped += 1
            return
        if not self.open_tags and local != "svg":
            raise SvgError("its outermost element is not <svg>")
        if len(self.open_tags) >= MAX_DEPTH:
            raise SvgError(f"elements stand more than {MAX_DEPTH} deep")
        allowed = [written for key, value in attributes.items() if (written := self.attribute(local, key, value))]
        if not self.open_tags:
            allowed = [f'xmlns="{SVG}"', f'xmlns:xlink="{XLINK}"', *allowed]
        self.out.append("<" + " ".join([local, *allowed]) + ">")
        self.open_tags.append(local)
        if local == "style":
            self.style = []

    def end(self, name: str) -> None:
        self.write_text()
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
            self.text_parts.append(data)

    def write_text(self) -> None:
        """The parser delivers text in parts; only the whole shows an address."""
        text = "".join(self.text_parts)
        self.text_parts.clear()
        if has_data_address(text):
            self.removed["a data: address in the text"] = None
        elif text:
            self.out.append(escape(text, quote=False))

    def attribute(self, element: str, key: str, value: str) -> str:
        """``name="value"`` in its safe form; "" for an attribute that is not allowed."""
        space, _, local = key.rpartition(" ")
        if space not in PREFIXES:
            return ""  # data of the program that made the drawing
        lower = local.lower()
        if lower == "href":
            safe = href_is_safe(element, value)
        else:
            safe = not lower.startswith("on") and lower != "base" and style_is_safe(value)
        if safe and lower == "href" and EMBEDDED_PICTURE.match(value.strip()):
            value = strip_embedded_picture(value.strip())
            safe = bool(value)
        if not safe:
            self.removed[f"{lower} on <{element}>"] = None
            return ""
        return f'{PREFIXES[space]}{local}="{escape(value)}"'


def has_data_address(text: str) -> bool:
    return bool(DATA_ADDRESS.search("".join(text.split())))


def href_is_safe(element: str, value: str) -> bool:
    """Whether a link stays in the drawing or embeds a picture. An ``<a>`` may link to the web."""
    value = value.strip()
    if element != "image" and has_data_address(value):
        return False
    if value.startswith("#"):
        return True
    if element == "image":
        return bool(EMBEDDED_PICTURE.match(value))
    return element == "a" and value.lower().startswith(("https://", "http://", "/"))


def strip_embedded_picture(address: str) -> str:
    """The ``data:`` address of a picture without its EXIF position; "" for anything else."""
    head, _, digits = address.partition(",")
    try:
        data = base64.b64decode(digits)
        clean = strip_position(data)
    except (ValueError, ImageRefused):
        return ""
    if format_of(data[:HEAD]) is None:
        return ""
    return address if clean == data else f"{head},{base64.b64encode(clean).decode()}"


def style_is_safe(value: str) -> bool:
    """Whether a style or an attribute fetches nothing: it refers only to parts of the same drawing."""
    if RISKY_STYLE.search(value) or has_data_address(value):
        return False
    return all(match["target"].strip().startswith("#") for match in REFERENCE.finditer(value)) and (
        len(REFERENCE.findall(value)) == value.lower().count("url(")
    )


def sanitise_svg(data: bytes) -> SanitisedSvg:
    """The SVG without anything that runs or fetches. Raises ``SvgError``.

    Elements that are not on the list are removed with their content. Declared entities and files of more than 5 MB are
    refused.
    """
    writer = SvgWriter()
    write_svg(data, writer)
    return SanitisedSvg("".join(writer.out).encode(), tuple(writer.removed))


def write_svg(data: bytes, writer: SvgWriter) -> None:
    """Have ``writer`` write what is allowed of the SVG. Raises ``SvgError``."""
    if len(data) > MAX_BYTES:
        raise SvgError(f"{len(data) / 1e6:.1f} MB, more than {MAX_BYTES // 2**20} MB")
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler, parser.EndElementHandler = writer.start, writer.end
    parser.CharacterDataHandler = writer.text
    parser.EntityDeclHandler = refuse_entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SvgError(f"is not well-formed SVG: {error}") from error
    except ValueError as error:
        raise SvgError(str(error)) from error
    if not writer.out:
        raise SvgError("its outermost element is not <svg>")


def refuse_entity(name: str, *_: object) -> None:
    raise SvgError(f"declares the entity {name}")
