"""Tags that cannot be run stay in the text as comments: an editor sees them, a reader has no use for them."""

from __future__ import annotations

import re

_KEPT = re.compile(r"<!-- (\{%.*?%\}) -->", re.DOTALL)


def as_comment(tag: str) -> str:
    """``tag`` as an HTML comment, which Markdown passes on and the sanitiser takes out."""
    return f"<!-- {tag.replace('--', '-&#45;')} -->"


def holds_kept_tag(text: str) -> bool:
    return _KEPT.search(text) is not None


def tags_restored(text: str) -> str:
    """``text`` with each such comment turned back into the tag it holds."""
    return _KEPT.sub(lambda match: match[1].replace("-&#45;", "--"), text)
