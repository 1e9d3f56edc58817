"""Inline Markdown: runs of rich text as a line of kramdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from portfolio.markdown.writing.escaping import (
    entities,
    escape_attribute,
    escape_line_start,
    escape_liquid,
    escape_text,
)
from portfolio.markdown.writing.rich_text_parser import TextRun

SIGNS = {"b": "**", "i": "*", "s": "~~"}
TAGS = {"b": "strong", "i": "em", "s": "del", "sup": "sup", "sub": "sub"}
ORDER = ("b", "i", "s", "sup", "sub")
CODE = frozenset({"code"})
# Where a sign may stand without being taken for something else.
MAY_OPEN = re.compile(r"[\s(\[“‘„«—–/]?")
MAY_CLOSE = re.compile(r"[\s.,;:!?)\]”’“»—–/…]?")
PLAIN_ADDRESS = re.compile(r"[\w\-.~:/?#@!&+,;=%]+")
BREAK = "  \n"

Runs = tuple[TextRun, ...]
Write = Callable[[Runs, str, str], str]  # runs, and the characters that readers see before and after them


def line_markdown(runs: Sequence[TextRun], *, indent: str = "", verbose: bool = False) -> str:
    """The runs as one line, or several where there are line breaks; ``indent`` stands before those that follow.

    ``verbose`` writes marks as HTML and signs as entities, for text in which the short forms would be misread.
    """
    lines: list[list[TextRun]] = [[]]
    for run in runs:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    written = [LineWriter(verbose).write(tuple(part), "", "") for part in lines]
    return f"{BREAK}{indent}".join(part if verbose else escape_line_start(part) for part in written)


class LineWriter:
    """Writes runs without line breaks; links, then marks, from the outside in."""

    def __init__(self, verbose: bool) -> None:
        self.verbose = verbose

    def write(self, runs: Runs, before: str, after: str) -> str:
        """``before`` and ``after`` are the characters that readers see around the runs."""
        parts: list[str] = []
        place = 0
        while place < len(runs):
            end, write = self.group(runs, place)
            around = runs[place - 1].text[-1] if place else before, runs[end].text[0] if end < len(runs) else after
            part = write(runs[place:end], *around)
            if parts and parts[-1].endswith("!") and part.startswith("["):
                parts[-1] = parts[-1][:-1] + "\\!"
            parts.append(part)
            place = end
        return "".join(parts)

    def group(self, runs: Runs, place: int) -> tuple[int, Write]:
        """How far one link, one mark or plain words go from ``place``, and what writes them."""
        first = runs[place]
        if first.address is not None:
            return group_end(runs, place, lambda run: run.address == first.address), self.link
        if not first.marks:
            return place + 1, self.words
        if first.marks == CODE:  # nothing is read inside code, so it is the innermost mark
            return group_end(runs, place, lambda run: run.marks == CODE and run.address is None), self.code
        ends = {mark: self.mark_end(runs, place, mark) for mark in first.marks - CODE}
        mark = max(ends, key=lambda name: (ends[name], -ORDER.index(name)))
        return ends[mark], lambda part, before, after: self.marked(mark, part, before, after)

    @staticmethod
    def mark_end(runs: Runs, place: int, mark: str) -> int:
        return group_end(runs, place, lambda run: mark in run.marks and run.address is None)

    def words(self, runs: Runs, before: str, after: str) -> str:
        text = runs[0].text
        return entities(text) if self.verbose else escape_text(text, after)

    def link(self, runs: Runs, before: str, after: str) -> str:
        address = runs[0].address or ""
        inside = self.write(tuple(replace(run, address=None) for run in runs), "[", "]")
        if self.verbose or not PLAIN_ADDRESS.fullmatch(address):
            return f'<a href="{escape_attribute(address)}">{inside}</a>'
        return f"[{inside}]({address})"

    def marked(self, mark: str, runs: Runs, before: str, after: str) -> str:
        text = "".join(run.text for run in runs)
        lead, trail = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
        inner = [replace(run, marks=run.marks - {mark}) for run in runs]
        if not text.strip(" "):
            return self.write(tuple(inner), before, after)
        inner[0] = replace(inner[0], text=inner[0].text.lstrip(" "))
        inner[-1] = replace(inner[-1], text=inner[-1].text.rstrip(" "))
        inner = [run for run in inner if run.text]
        inside = self.write(tuple(inner), "", "")
        sign = self.sign(mark, inside, lead or before, trail or after)
        return f"{lead}{sign}{inside}{sign}{trail}" if sign else f"{lead}<{TAGS[mark]}>{inside}</{TAGS[mark]}>{trail}"

    def sign(self, mark: str, inside: str, before: str, after: str) -> str:
        """The sign for a mark, "" where only HTML is safe."""
        if self.verbose or mark not in SIGNS:
            return ""
        if not MAY_OPEN.fullmatch(before[-1:]) or not MAY_CLOSE.fullmatch(after[:1]):
            return ""
        touches = inside[0] in "*_~" or inside[-1] in "*_~"
        if not touches:
            return SIGNS[mark]
        return "_" if mark == "i" and "_" not in (inside[0], inside[-1]) and "*" not in inside else ""

    def code(self, runs: Runs, before: str, after: str) -> str:
        text = "".join(run.text for run in runs)
        if text != text.strip(" "):
            return text if not text.strip(" ") else f"<code>{code_entities(text)}</code>"
        if self.verbose or "`" in text or "|" in text or "  " in text or "`" in (before[-1:], after[:1]):
            return f"<code>{entities(text) if self.verbose else code_entities(text)}</code>"
        return escape_liquid(f"`{text}`")


def group_end(runs: Runs, start: int, belongs: Callable[[TextRun], bool]) -> int:
    end = start
    while end < len(runs) and belongs(runs[end]):
        end += 1
    return end


def code_entities(text: str) -> str:
    for sign in "{|`*_[]\\$~\"'":
        text = text.replace(sign, f"\0{ord(sign)};")
    return escape(text, quote=False).replace("\0", "&#").replace("--", "&#45;&#45;").replace("...", "&#46;&#46;&#46;")
