"""Slow conversions: what of a text is made into markup once and kept, under a key made of all that it depends on.

Listings, formulas and Markdown are read by parsers that some text costs minutes. `markup_worker` makes such markup in a
process that can be ended; who shows it asks for it by its key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from portfolio.markdown.diagrams import marked_diagrams
from portfolio.markdown.fragments import Fragments, Heading
from portfolio.markdown.highlight import coloured, marked_code, show_code
from portfolio.markdown.html.sanitise import sanitise
from portfolio.markdown.maths import converted_formulas, mathml, show_formulas
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options

MAX_MARKUP = 4_000_000
"""Characters of one result; one that is longer is not kept, and its source is shown as it was written."""


class Kind(StrEnum):
    CODE = "code"
    MATH = "math"
    MARKDOWN = "markdown"
    HTML = "html"
    DIAGRAM = "diagram"


@dataclass(frozen=True, slots=True)
class MarkupSource:
    """What markup is made of: ``text``, and in ``variant`` the language of code, "display" or "inline" of a formula,
    the program that draws a diagram."""

    kind: Kind
    text: str
    variant: str = ""

    @property
    def key(self) -> str:
        """A name for the result, as long as nothing changes that made it (SHA-256 in hexadecimal)."""
        parts = (release(), self.kind.value, self.variant, self.text)
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def release() -> str:
    """Names the programs that make markup: the libraries' versions and our own modules' text."""
    libraries = ("Pygments", "math-core", "markdown-it-py", "mdit-py-plugins", "nh3")
    digest = sha256(" ".join(version(name) for name in libraries).encode())
    folder = Path(__file__).parent
    for module in sorted(folder.rglob("*.py")):
        digest.update(module.relative_to(folder).as_posix().encode() + b"\0" + module.read_bytes())
    return digest.hexdigest()[:16]


def code(text: str, language: str) -> MarkupSource:
    return MarkupSource(Kind.CODE, text, language)


def formula(tex: str, *, display: bool) -> MarkupSource:
    return MarkupSource(Kind.MATH, tex, "display" if display else "inline")


def diagram(text: str, program: str) -> MarkupSource:
    return MarkupSource(Kind.DIAGRAM, text, program)


def unsafe_html(html: str) -> MarkupSource:
    """HTML of unknown origin, to be sanitised."""
    return MarkupSource(Kind.HTML, html)


def markdown(sources: Sequence[str], options: Options, headings: Sequence[Heading] = ()) -> MarkupSource:
    """Parts of one document, as `render_fragments` takes them."""
    settings = {"flavour": options.flavour.value, "settings": options.settings()}
    variant = json.dumps({**settings, "headings": [astuple(heading) for heading in headings]})
    return MarkupSource(Kind.MARKDOWN, json.dumps(list(sources)), variant)


def make(source: MarkupSource) -> str:
    """The markup of ``source``; "" when it has none. May take any time and memory: call it in a worker."""
    match source.kind:
        case Kind.CODE:
            return coloured(source.text, source.variant)
        case Kind.MATH:
            markup = mathml(source.text, display=source.variant == "display")
            return markup if markup.startswith("<math ") else ""
        case Kind.HTML:
            return sanitise(source.text)
        case Kind.DIAGRAM:
            return ""  # drawn by a process of its own
        case Kind.MARKDOWN:
            from portfolio.markdown.render import render_fragments  # only workers need the Markdown readers

            rules = json.loads(source.variant)
            options = Options(flavour=Flavour(rules["flavour"])).with_settings(rules["settings"])
            headings = [Heading(*parts) for parts in rules["headings"]]
            made = render_fragments(json.loads(source.text), options, headings)
            return json.dumps([*made.html, made.footnotes])


def fragments_of(markup: str) -> Fragments:
    """What `make` gave for `markdown`."""
    *html, footnotes = json.loads(markup)
    return Fragments(tuple(html), footnotes)


def marks_in(html: str, macros: str = "") -> Iterator[MarkupSource]:
    """Yield the listings, diagrams and formulas marked in sanitised ``html``; ``macros`` are TeX definitions."""
    for text, language in marked_code(html):
        yield code(text, language)
    for text, program in marked_diagrams(html):
        yield diagram(text, program)
    for tex, display in converted_formulas(html, macros):
        yield formula(tex, display=display)


def show_marks(html: str, results: Mapping[MarkupSource, str], macros: str = "") -> str:
    """Sanitised ``html`` with the marked listings and formulas of which there are ``results``."""
    html = show_code(html, lambda text, language: results.get(code(text, language)))
    return show_formulas(html, lambda tex, display: results.get(formula(tex, display=display)), macros)
