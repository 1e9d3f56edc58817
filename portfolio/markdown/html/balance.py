"""Rewrite untrusted HTML as balanced markup of bounded depth, saying what had to go.

This runs before nh3: it makes the depth that nh3's parser meets equal to the depth counted here, and it can name
what it takes out, which nh3 cannot. nh3 has the last word on safety.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Set
from dataclasses import dataclass, field, replace

from portfolio.markdown.addresses import address_allowed, scheme_of, source_set_allowed
from portfolio.markdown.html import policy
from portfolio.markdown.html.inline_style import style_equivalent
from portfolio.markdown.html.scanner import VOID, Closing, Opening, Text, scan

_HEAD = re.compile(r"[A-Za-z][\w:.-]*")
# An end tag looks no further up than this, as in browsers: "</div>" inside a cell does not end the table.
_BARRIERS = frozenset("table td th caption math".split())
# Start tags that end an open element of the same family standing right on top.
_IMPLIED_END: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"tr", "td", "th", "thead", "tbody"}),
    "tfoot": frozenset({"tr", "td", "th", "thead", "tbody"}),
}
_CLOSES_PARAGRAPH = frozenset(
    "address article aside blockquote center details dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr li main nav ol p pre section table ul tbody td tfoot th thead tr".split()
)


@dataclass(slots=True)
class _Writer:
    tags: Set[str]
    pieces: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    removed: dict[str, None] = field(default_factory=dict)
    dropped: str = ""
    dropped_depth: int = 0

    def start(self, part: Opening) -> None:
        name = part.name
        if self.dropped:
            self.dropped_depth += name == self.dropped and not part.closed
            return
        if name in policy.UNWRAPPED:
            return
        if name not in self.tags:
            self.removed[f"<{_printable(name)}>"] = None
            if name in policy.CONTENT_DROPPED and not part.closed and name not in VOID:
                self.dropped, self.dropped_depth = name, 1
            return
        self._end_implied(name)
        if len(self.open) >= policy.MAX_DEPTH:
            self.removed["elements nested too deeply"] = None
            return
        attributes = _clean_attributes(part, self.removed)
        if name == "input" and attributes.get("type") != "checkbox":
            self.removed["<input>"] = None
            return
        if name == "input":
            attributes["disabled"] = "disabled"
        if name in ("audio", "video"):
            attributes.setdefault("controls", "")  # nothing plays by itself, so a reader must be able to start it
        written = "".join(f' {key}="{value}"' for key, value in attributes.items())
        self.pieces.append(f"<{name}{written}>")
        if name in VOID:
            return
        if part.closed and name in policy.MATHS_TAGS:
            self.pieces.append(f"</{name}>")
            return
        self.open.append(name)
        self.counts[name] = self.counts.get(name, 0) + 1

    def end(self, name: str) -> None:
        if self.dropped:
            self.dropped_depth -= name == self.dropped
            if self.dropped_depth <= 0:
                self.dropped = ""
            return
        if not self.counts.get(name):
            return
        for above in reversed(self.open):
            if above == name:
                break
            if above in _BARRIERS and name not in ("table", "tr", "tbody", "thead", "tfoot", "math"):
                return
        while self.open:
            closed = self._pop()
            if closed == name:
                return

    def finish(self) -> str:
        while self.open:
            self._pop()
        return "".join(self.pieces)

    def _end_implied(self, name: str) -> None:
        if name in _CLOSES_PARAGRAPH and self.open and self.open[-1] == "p":
            self._pop()
        ended = _IMPLIED_END.get(name, frozenset())
        while self.open and self.open[-1] in ended:
            self._pop()

    def _pop(self) -> str:
        name = self.open.pop()
        self.counts[name] -= 1
        self.pieces.append(f"</{name}>")
        return name


def balance(html: str, tags: Set[str]) -> tuple[str, tuple[str, ...]]:
    """Return ``html`` made of ``tags`` only, balanced and at most ``MAX_DEPTH`` deep, and what was taken out."""
    writer = _Writer(tags)
    for part in scan(html):
        match part:
            case Text(raw):
                if not writer.dropped:
                    writer.pieces.append(raw.replace("<", "&lt;").replace(">", "&gt;"))
            case Opening():
                writer.start(as_list(part))
            case Closing(name):
                writer.end(policy.LISTED.get(name, name))
    return writer.finish(), tuple(writer.removed)


def as_list(part: Opening) -> Opening:
    """A menu as the list of its choices; anything else as it is."""
    name = policy.LISTED.get(part.name)
    return replace(part, name=name, attributes={}) if name else part


# Microdata and RDFa, which pages here have as JSON-LD.
_FOR_MACHINES = (
    frozenset("itemscope itemtype itemprop itemid itemref typeof property vocab".split()) - policy.ATTRIBUTES["*"]
)


def _clean_attributes(part: Opening, removed: dict[str, None]) -> dict[str, str]:
    allowed = policy.ATTRIBUTES["*"] | policy.ATTRIBUTES.get(part.name, frozenset())
    kept: dict[str, str] = {}
    for name, raw in part.attributes.items():
        if name == "style":
            continue
        if name in _FOR_MACHINES:
            continue  # nobody misses it
        if name not in allowed:
            removed[f"{_printable(name)} on <{part.name}>"] = None
        elif refused := _refused_address(name, raw):
            removed[refused] = None
        else:
            kept[name] = raw.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    if "style" in part.attributes:
        _say_otherwise(part, kept, removed)
    if part.name == "a" and "name" in kept:
        anchor = kept.pop("name")  # obsolete: https://html.spec.whatwg.org/multipage/obsolete.html
        if anchor.strip():
            kept.setdefault("id", anchor)
    if kept.get("target") and "href" in kept:
        # A page opened in a new tab must not reach back to this one.
        words = dict.fromkeys([*entities.unescape(kept.get("rel", "")).split(), "noopener"])
        kept["rel"] = entities.escape(" ".join(words))
    return kept


def _say_otherwise(part: Opening, kept: dict[str, str], removed: dict[str, None]) -> None:
    """Give the attributes and classes that say what the style did; what they cannot say is told of."""
    said = style_equivalent(part.name, entities.unescape(part.attributes["style"]))
    kept.update(said.attributes)
    if said.classes:
        kept["class"] = " ".join(dict.fromkeys([*kept.get("class", "").split(), *said.classes]))
    if not said.whole:
        removed[f"style on <{part.name}>"] = None


def _refused_address(name: str, raw: str) -> str:
    """Return what to report when the attribute holds an address that may not stay, "" when all is well."""
    if name in policy.LINK_ATTRIBUTES and not address_allowed(raw, policy.LINK_SCHEMES):
        return f"{scheme_of(entities.unescape(raw)) or 'malformed'}: link"
    if name in policy.MEDIA_ATTRIBUTES and not address_allowed(raw, policy.MEDIA_SCHEMES):
        return f"{scheme_of(entities.unescape(raw)) or 'malformed'}: source"
    if name == "srcset" and not source_set_allowed(raw, policy.MEDIA_SCHEMES):
        return "srcset with an address that is not allowed"
    return ""


def _printable(name: str) -> str:
    match = _HEAD.match(name)
    return match[0][:40] if match else "?"
