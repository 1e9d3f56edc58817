"""Excerpt of a text for lists, as in Jekyll's ``Excerpt``."""

from __future__ import annotations

import re

_TAG = re.compile(r"{%-?\s*(\w+)\s*[^%]*?-?%}")
_DEFINITION = re.compile(r"^ {0,3}(\[[^\]\n]+\])(:.+)$", re.MULTILINE)
PARAGRAPH = "\n\n"


def cut_excerpt(body: str, separator: str, blocks: frozenset[str]) -> str:
    """Return the Markdown before ``separator``, "" if the separator is not in the text.

    Open Liquid blocks (``blocks`` are their names) are closed, and link definitions from the rest of the text that the
    excerpt uses are added. If the separator is a blank line, a text of one paragraph is its own excerpt.
    """
    body = body.replace("\r\n", "\n")
    head, matched, tail = body.partition(separator)
    if not matched or not tail:
        return head if separator == PARAGRAPH or matched else ""
    for name in reversed(_left_open(head, blocks)):
        head += f"\n{{% end{name} %}}"
    defined = _DEFINITION.findall(tail) if "]:" in tail else ()
    definitions = [label + rest for label, rest in defined if label in head]
    return head + "\n\n" + "\n".join(definitions) if definitions else head


def _left_open(text: str, blocks: frozenset[str]) -> list[str]:
    """Return the blocks that are opened but not closed in ``text``, outermost first.

    Each end tag closes one block. In Jekyll an end tag closes all blocks of that name, which makes the last one fail.
    """
    opened: list[str] = []
    for name in _TAG.findall(text):
        ended = name.removeprefix("end")
        if name in blocks:
            opened.append(name)
        elif ended != name and ended in opened:
            del opened[len(opened) - 1 - opened[::-1].index(ended) :]
    return opened
