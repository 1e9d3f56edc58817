"""Patterns that several rules share.

Whitespace is ASCII whitespace only, as in Ruby: a no-break space is text. Patterns are matched at a position, so
none begins with "^".
"""

from __future__ import annotations

import re

WHITESPACE = " \t\r\n\f\v"
S = r"[ \t\r\n\f\v]"
NOT_S = r"[^ \t\r\n\f\v]"
MARGIN = " {0,3}"
BLANK = r"(?>[ \t\r\f\v]*\n)+"

# Bounded, so that "{:" without an end costs no look through the whole rest of the text.
ATTRIBUTE_CHARACTERS = r"(?:\\\}|[^\}]){1,1500}"
ATTRIBUTE_CHARACTERS_LAZY = r"(?:\\\}|[^\}]){0,1500}?"
IDENTIFIER = r"[A-Za-z0-9_][A-Za-z0-9_-]*"
NAME = r"(?:[^\W\d][\w.\-]*:)?[^\W\d][\w.\-]*"

END_OF_BLOCK = rf"\^{S}*?\n"
ATTRIBUTE_LINE = rf"\{{:(?![:/])({ATTRIBUTE_CHARACTERS})\}}{S}*?\n"

SPAN_ELEMENTS = frozenset(
    """a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp rt
    rtc ruby samp select small span strong sub sup tt u var""".split()
)
BLOCK_ELEMENTS = frozenset(
    """address article aside applet body blockquote caption col colgroup dd div dl dt fieldset figcaption footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li main map nav ol optgroup p pre section summary
    table tbody td tfoot th thead tr ul""".split()
)
BODILESS_ELEMENTS = frozenset(
    """area base br col command embed hr img input keygen link meta param source track wbr""".split()
)
BLOCK_CONTENT = frozenset(
    """address applet article aside blockquote body dd details div dl fieldset figure figcaption footer form header
    hgroup iframe li main map menu nav noscript object section summary td""".split()
)
SPAN_CONTENT = frozenset(
    """a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup p q
    rb rbc rp rt rtc ruby select small span strong sub sup th tt""".split()
)
RAW_CONTENT = frozenset("script style math option textarea pre code kbd samp var".split())
KNOWN_ELEMENTS = SPAN_ELEMENTS | BLOCK_ELEMENTS | BODILESS_ELEMENTS | BLOCK_CONTENT | SPAN_CONTENT | RAW_CONTENT


def content_model(name: str) -> str:
    """Return how the content of an HTML element is read when it is read at all: "block", "span" or "raw"."""
    if name in BLOCK_CONTENT:
        return "block"
    return "span" if name in SPAN_CONTENT else "raw"


_LAZY_SPANS = "|".join(sorted(SPAN_ELEMENTS | {"script"}))
HTML_BLOCK_CLOSES = rf"</(?!(?:{_LAZY_SPANS})\b){NAME}{S}*>"
HTML_BLOCK_OPENS = rf"<(?!(?:{_LAZY_SPANS})\b){NAME}"
# Where a lazily continued text ends.
LAZY_END = re.compile(
    rf"{BLANK}|{MARGIN}{ATTRIBUTE_LINE}|{END_OF_BLOCK}|{MARGIN}{HTML_BLOCK_CLOSES}|{MARGIN}{HTML_BLOCK_OPENS}|\Z"
)
BOUNDARY = re.compile(rf"{BLANK}|{END_OF_BLOCK}|{MARGIN}{ATTRIBUTE_LINE}|\Z")
BLANK_LINES = re.compile(BLANK)
ATTRIBUTE_LINE_START = re.compile(MARGIN + ATTRIBUTE_LINE)
END_OF_BLOCK_LINE = re.compile(END_OF_BLOCK)
RULE_LINE = re.compile(rf"{MARGIN}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n")

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TAG = re.compile(
    rf"<((?>{NAME})){S}*((?>{S}+{NAME}(?:{S}*={S}*(?:\w+|([\"']).*?\3))?)*){S}*(/)?>",
    re.DOTALL,
)
CLOSING_TAG = re.compile(rf"</({NAME}){S}*>")
_TAG_ATTRIBUTE = re.compile(rf"{S}*({NAME})(?:{S}*={S}*(?:(\w+)|([\"'])(.*?)\3))?", re.DOTALL)


def tag_attributes(text: str, *, lower: bool) -> dict[str, str]:
    """Read the attributes of a start tag; the last of equal names counts."""
    found: dict[str, str] = {}
    for match in _TAG_ATTRIBUTE.finditer(text):
        name = match[1].lower() if lower else match[1]
        found[name] = match[2] or match[4] or ""
    return found
