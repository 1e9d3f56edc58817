"""Texts that may take the place of a block's source, the nearest to it first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from html import unescape
from typing import Any

from portfolio.exporter.block_markdown import BlockWriter
from portfolio.exporter.words import patched, rewrapped
from portfolio.markdown.text import visible_text

# Values that stand in the source as they are.
LITERAL = {"code": "code", "math": "tex", "markdown": "source", "html": "source"}
# Parts of a value that readers do not see, in the order in which Markdown has them.
UNSEEN = frozenset({"id", "type", "image", "decorative", "size", "align", "level", "anchor", "kind", "flavour", "base"})

_PARTS = re.compile(r"\w+|\W")
MOST_PARTS = 20_000
AROUND = (0, 2, 4, 8, 16)  # words and signs


class Rewriter:
    """Candidates for the source of a changed block, by its value before and now."""

    def __init__(self, clean: BlockWriter, verbose: BlockWriter) -> None:
        self.clean = clean
        self.verbose = verbose

    def candidates(self, source: str, before: Any, kind: str, value: Any) -> list[str]:
        """Each candidate has the blank space around it that the source has."""
        inside = source.replace("\r\n", "\n").strip("\n")
        written = self.clean.write(kind, value)
        found = [rewrapped(written, inside)] if inside else []
        found += [written, self.verbose.write(kind, value)]
        return list(dict.fromkeys([*self.patches(source, before, kind, value), *framed(source, found)]))

    def patches(self, source: str, before: Any, kind: str, value: Any) -> list[str]:
        """Only the candidates that keep the source and replace what changed in it."""
        inside = source.replace("\r\n", "\n").strip("\n")
        return framed(source, self.nearest(inside, before, kind, value))

    def nearest(self, source: str, before: Any, kind: str, value: Any) -> Iterator[str]:
        """The source with nothing replaced but what changed."""
        if before is None or not source:
            return
        if kind in LITERAL:
            yield from literal(source, before[LITERAL[kind]], value[LITERAL[kind]])
            yield from transplanted(source, before[LITERAL[kind]], value[LITERAL[kind]])
        old, new = said(before), said(value)
        changed = [(one, other) for one, other in zip(old, new, strict=False) if one != other]
        if len(old) == len(new) and len(changed) == 1:
            one, other = changed[0]
            if one and source.count(one) == 1 and "\n" not in other and '"' not in other:
                yield source.replace(one, other)  # an address, a title, alternative text
        text = patched(source, " ".join(map(visible, old)), " ".join(map(visible, new)))
        if text is not None and text != source:
            yield text
            if kind == "heading" and value["anchor"]:
                line, newline, rest = text.partition("\n")
                yield f"{line.rstrip()} {{#{value['anchor']}}}{newline}{rest}"


def framed(source: str, texts: Iterable[str]) -> list[str]:
    """The texts with the blank lines around them, and the line ends, that ``source`` has."""
    bare = source.replace("\r\n", "\n")
    lead = bare[: len(bare) - len(bare.lstrip("\n"))]
    trail = bare[len(bare.rstrip("\n")) :] if bare.strip() else ""
    newline = "\r\n" if "\r\n" in source else "\n"
    return [(lead + text + trail).replace("\n", newline) for text in dict.fromkeys(texts)]


def literal(source: str, before: str, now: str) -> Iterator[str]:
    """Text that the source holds as it is, perhaps indented, with its changed lines replaced."""
    now = now.replace("\r\n", "\n").strip("\n")
    before = before.replace("\r\n", "\n").strip("\n")
    if before and source.count(before) == 1:
        yield source.replace(before, now)
    indented = r"\n".join(rf"(?P<i{number}>[ \t>]*){re.escape(line)}" for number, line in enumerate(before.split("\n")))
    match = re.search(indented, source) if len(before) < 20_000 and before else None
    if match:
        indent = match["i0"]
        lines = [indent + line if line else indent.rstrip() and indent.rstrip() for line in now.split("\n")]
        yield source[: match.start()] + "\n".join(lines) + source[match.end() :]


def transplanted(source: str, before: str, now: str) -> Iterator[str]:
    """What changed between two texts, found in a source that is not quite the first of them: Liquid made that of it.

    Each changed stretch is looked for together with as much of what stands around it as makes it the only one.
    """
    old, new = _PARTS.findall(before), _PARTS.findall(now.replace("\r\n", "\n"))
    if max(len(old), len(new)) > MOST_PARTS:
        return
    for action, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if action == "equal":
            continue
        found = next(
            (
                (lead, trail)
                for around in AROUND
                if source.count((lead := "".join(old[max(0, i1 - around) : i1])) + "".join(old[i1:i2])
                                + (trail := "".join(old[i2 : i2 + around]))) == 1
            ),
            None,
        )  # fmt: skip
        if found is None or not (i2 > i1 or any(found)):
            return
        lead, trail = found
        source = source.replace(lead + "".join(old[i1:i2]) + trail, lead + "".join(new[j1:j2]) + trail)
    yield source


def said(value: Any) -> list[str]:
    """Every text in a value, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        found = [text for name, part in value.items() if name not in UNSEEN for text in said(part)]
        picture = value.get("image")
        return [*found, *said(picture.get("alt_text"))] if isinstance(picture, Mapping) else found
    if isinstance(value, Sequence):
        return [text for part in value for text in said(part)]
    return []


def visible(text: str) -> str:
    return visible_text(text) if "<" in text or "&" in text else unescape(text)
