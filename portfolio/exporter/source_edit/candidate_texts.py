"""Candidate texts: replacements for the source of a changed block, the closest to the source first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from html import unescape
from itertools import chain, islice
from typing import Any

from portfolio.blocks.markdown_writer import MarkdownWriter
from portfolio.blocks.registry import block_type
from portfolio.exporter.source_edit.html_patch import patch_html
from portfolio.exporter.source_edit.word_patch import patch_words, rewrap
from portfolio.markdown.text import visible_text

# Parts of a value that readers do not see.
HIDDEN_KEYS = frozenset(
    {"id", "type", "image", "decorative", "size", "align", "level", "anchor", "kind", "flavour", "base"}
)

_PARTS = re.compile(r"\w+|\W")
MOST_PARTS = 20_000
MAX_PATCHES = 4
CONTEXT_SIZES = (0, 2, 4, 8, 16)  # words and signs on either side


class CandidateTexts:
    """Make candidates for the source of a changed block from its value before and now."""

    def __init__(self, clean: MarkdownWriter, verbose: MarkdownWriter) -> None:
        self.clean = clean
        self.verbose = verbose

    def candidates(self, source: str, before: Any, kind: str, value: Any) -> list[str]:
        """Return all candidates; each has the same surrounding blank lines as the source."""
        inside = source.replace("\r\n", "\n").strip("\n")
        written = self.clean.write(kind, value)
        texts = [rewrap(written, inside)] if inside else []
        texts += [written, self.verbose.write(kind, value)]
        return list(dict.fromkeys([*self.patches(source, before, kind, value), *with_outer_blanks(source, texts)]))

    def patches(self, source: str, before: Any, kind: str, value: Any) -> list[str]:
        """Return only the candidates that keep the source and replace the changed parts."""
        inside = source.replace("\r\n", "\n").strip("\n")
        return with_outer_blanks(source, self.nearest(inside, before, kind, value))

    def nearest(self, source: str, before: Any, kind: str, value: Any) -> Iterator[str]:
        """Yield the source with only the changed parts replaced."""
        if before is None or not source:
            return
        if field := block_type(kind).literal_field:
            yield from patch_literal(source, before[field], value[field])
            yield from patch_surroundings(source, before[field], value[field])
        old, new = value_texts(before), value_texts(value)
        changed = [(old_text, new_text) for old_text, new_text in zip(old, new, strict=False) if old_text != new_text]
        if len(old) == len(new):
            yield from self.patch_html_texts(source, changed)
        if len(old) == len(new) and len(changed) == 1:
            old_text, new_text = changed[0]
            if old_text and source.count(old_text) == 1 and "\n" not in new_text and '"' not in new_text:
                yield source.replace(old_text, new_text)  # an address, a title, alternative text
        text = patch_words(source, " ".join(map(plain_words, old)), " ".join(map(plain_words, new)))
        if text is not None and text != source:
            yield text
            if kind == "heading" and value["anchor"]:
                yield from name_anchor(text, value["anchor"])
        if len(old) == len(new) and len(old) > 1:
            yield from patch_each(source, changed)

    def patch_html_texts(self, source: str, changed: Sequence[tuple[str, str]]) -> Iterator[str]:
        """Yield the source, which has HTML, with the changed texts of the value replaced."""
        texts = [source]
        for old, new in changed:
            patched = (patch_html(text, old, new, self.clean.resolve_links) for text in texts)
            texts = list(islice(chain.from_iterable(patched), MAX_PATCHES))
        yield from (text for text in texts if text != source)


def with_outer_blanks(source: str, texts: Iterable[str]) -> list[str]:
    """Return ``texts`` with the surrounding blank lines and the line endings of ``source``."""
    bare = source.replace("\r\n", "\n")
    lead = bare[: len(bare) - len(bare.lstrip("\n"))]
    trail = bare[len(bare.rstrip("\n")) :] if bare.strip() else ""
    newline = "\r\n" if "\r\n" in source else "\n"
    return [(lead + text + trail).replace("\n", newline) for text in dict.fromkeys(texts)]


def name_anchor(heading: str, anchor: str) -> Iterator[str]:
    """Yield the source of a heading with its anchor named, behind the text or below it; white space stays."""
    line, newline, rest = heading.partition("\n")
    text = line.rstrip()
    yield f"{text} {{#{anchor}}}{line[len(text) :]}{newline}{rest}"
    yield f'{heading}\n{{: id="{anchor}"}}'  # kramdown accepts any anchor only there


def patch_literal(source: str, before: str, now: str) -> Iterator[str]:
    """Yield the source with changed lines of a literal text replaced; the text may be indented in the source."""
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


def patch_surroundings(source: str, before: str, now: str) -> Iterator[str]:
    """Yield the source with changed passages replaced, where the source differs from ``before`` because of Liquid.

    Each changed passage is searched for with as much context as makes it unique.
    """
    old, new = _PARTS.findall(before), _PARTS.findall(now.replace("\r\n", "\n"))
    if max(len(old), len(new)) > MOST_PARTS:
        return
    for action, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if action == "equal":
            continue
        context = next(
            (
                (lead, trail)
                for size in CONTEXT_SIZES
                if source.count((lead := "".join(old[max(0, i1 - size) : i1])) + "".join(old[i1:i2])
                                + (trail := "".join(old[i2 : i2 + size]))) == 1
            ),
            None,
        )  # fmt: skip
        if context is None or not (i2 > i1 or any(context)):
            return
        lead, trail = context
        source = source.replace(lead + "".join(old[i1:i2]) + trail, lead + "".join(new[j1:j2]) + trail)
    yield source


def patch_each(source: str, changed: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the source with each changed text patched by itself: a source may have them in another order."""
    for old, new in changed:
        patched = patch_words(source, plain_words(old), plain_words(new))
        if patched is None:
            return
        source = patched
    yield source


def value_texts(value: Any) -> list[str]:
    """Return all texts in a value, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        texts = [text for name, part in value.items() if name not in HIDDEN_KEYS for text in value_texts(part)]
        picture = value.get("image")
        return [*texts, *value_texts(picture.get("alt_text"))] if isinstance(picture, Mapping) else texts
    if isinstance(value, Sequence):
        return [text for part in value for text in value_texts(part)]
    return []


def plain_words(text: str) -> str:
    return visible_text(text) if "<" in text or "&" in text else unescape(text)
