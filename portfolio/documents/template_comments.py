"""Template comments: keep template tags that cannot be run as HTML comments, for editors only."""

from __future__ import annotations

import re

_KEPT = re.compile(r"<!-- (\{%.*?%\}) -->", re.DOTALL)


def tag_comment(tag: str) -> str:
    """Return ``tag`` as an HTML comment, which Markdown keeps and the sanitiser removes."""
    return f"<!-- {tag.replace('--', '-&#45;')} -->"


def holds_tag_comment(text: str) -> bool:
    return _KEPT.search(text) is not None


def restore_tags(text: str) -> str:
    """Return ``text`` with each such comment turned back into its tag."""
    return _KEPT.sub(lambda match: match[1].replace("-&#45;", "--"), text)
