"""List items such as ``1)``, which kramdown reads as paragraphs: they get a full stop. Literal text stays as it is.

What cannot be told for sure stays as it is, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ITEM = re.compile(r"( *)(\d{1,3})\)( +|$)")
MARKER = re.compile(r" *(?:[*+-]|\d+\.) +")
MARKERS = r" *(?:(?:[*+-]|\d{1,9}[.)]) +)*"
FENCE = re.compile(rf"(?P<before>{MARKERS})(?P<run>`{{3,}}(?=[^`]*$)|~{{3,}})")
# A tag, a comment, a formula, an extension of kramdown, or a part that Liquid reads.
LITERAL = re.compile(
    rf"{MARKERS}(?:<(?P<tag>[a-z][a-z0-9-]*)(?=[\s/>]|$)|(?P<comment><!--)|(?P<formula>\$\$)"
    r"|\{::(?P<extension>comment|nomarkdown)(?![^}]*/\})|\{%-? *(?P<liquid>raw|highlight|comment)\b)",
    re.IGNORECASE,
)
TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)(?=[\s/>]|$)", re.IGNORECASE)
FRONT_MATTER = re.compile(r"(?:---|\+\+\+)\s*")
WITHOUT_CONTENT = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(slots=True)
class LiteralText:
    """A part of a text in which no list begins, up to ``closing`` or to the end of an element: ``tag``."""

    closing: re.Pattern[str] = TAG
    tag: str = ""
    depth: int = 1

    def ends_in(self, line: str) -> bool:
        if not self.tag:
            return self.closing.search(line) is not None
        self.depth += sum(-1 if end else 1 for end, name in TAG.findall(line) if name.lower() == self.tag)
        return self.depth <= 0


def literal_text(line: str, content: int, *, first: bool) -> tuple[LiteralText, str] | None:
    """The literal text that begins in ``line``, and the rest of the line.

    ``content`` is the column of the text of the list item above.
    """
    if first and (marks := FRONT_MATTER.fullmatch(line)):
        return LiteralText(re.compile(rf"^{re.escape(marks[0].strip())}\s*$")), ""
    if fence := FENCE.match(line):
        margin, column = len(line) - len(line.lstrip(" ")), fence.end("before")
        closing = re.compile(rf"^ {{0,{column + 3}}}{fence['run'][0]}{{{len(fence['run'])},}}\s*$")
        return (LiteralText(closing), "") if margin < content + 4 else None
    found = LITERAL.match(line)
    if found is None or (tag := (found["tag"] or "").lower()) in WITHOUT_CONTENT:
        return None
    rest = line[found.end() :]
    if tag:
        return LiteralText(tag=tag), rest
    if found["extension"]:
        return LiteralText(re.compile(rf"\{{:/(?:{found['extension']})?\}}")), rest
    if found["liquid"]:
        return LiteralText(re.compile(rf"\{{%-? *end{found['liquid']}\b")), rest
    return LiteralText(re.compile("-->" if found["comment"] else r"\$\$")), rest


def with_full_stops(text: str) -> str:
    """``text`` with ``1.`` for ``1)`` at the start of list items."""
    lines = text.split("\n")
    literal: LiteralText | None = None
    in_list, content, after_blank = False, 0, True
    for number, written in enumerate(lines):
        line = written.expandtabs(4)
        if literal is not None:
            literal, after_blank = None if literal.ends_in(line) else literal, False
            continue
        margin = len(line) - len(line.lstrip(" "))
        item = ITEM.match(line)
        if item and begins_item(item, content, in_list=in_list, after_blank=after_blank):
            lines[number] = re.sub(r"\)", ".", written, count=1)
            in_list, content = True, item.end()
        elif (marker := MARKER.match(line)) and margin < content + 4:
            content = marker.end()
        elif after_blank and line and margin < content:
            in_list, content = in_list and margin > 0, margin
        if begun := literal_text(line, content, first=number == 0):
            literal = None if begun[0].ends_in(begun[1]) else begun[0]
        after_blank = not line.strip()
    return "\n".join(lines)


def begins_item(item: re.Match[str], content: int, *, in_list: bool, after_blank: bool) -> bool:
    margin = len(item[1])
    if in_list and margin < content:
        return True  # the next item of the list, or of one around it
    return margin < content + 4 and (after_blank or (content > 0 and margin >= content and item[2] == "1"))
