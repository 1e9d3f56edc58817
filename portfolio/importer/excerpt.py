"""The part of a text that stands for it in lists (Jekyll's ``Excerpt``)."""

from __future__ import annotations

import re

_TAG = re.compile(r"{%-?\s*(\w+)\s*[^%]*?-?%}")
_DEFINITION = re.compile(r"^ {0,3}(\[[^\]\n]+\])(:.+)$", re.MULTILINE)
PARAGRAPH = "\n\n"


def cut_excerpt(body: str, separator: str, blocks: frozenset[str]) -> str:
    """The Markdown before ``separator``, "" when the separator is not in the text.

    Liquid blocks (``blocks`` are the names) left open are closed, and link definitions from the rest that the
    excerpt uses come with it. Where the separator is a blank line a text of one paragraph is its own excerpt.
    """
    body = body.replace("\r\n", "\n")
    head, found, tail = body.partition(separator)
    if not found or not tail:
        return head if separator == PARAGRAPH or found else ""
    for name in reversed(_TAG.findall(head)):
        if name in blocks and not re.search(r"{%-?\s*end" + re.escape(name), head):
            head += f"\n{{% end{name} %}}"
    defined = _DEFINITION.findall(tail) if "]:" in tail else ()
    wanted = [label + rest for label, rest in defined if label in head]
    return head + "\n\n" + "\n".join(wanted) if wanted else head
