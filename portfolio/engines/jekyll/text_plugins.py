"""Text plugins: report words that Jekyll plugins replace, emoji and mentions, and that stay as written here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portfolio.documents.document import Problem, Severity, SourceNode

# https://github.com/jekyll/jemoji and https://github.com/jekyll/jekyll-mentions
_RULES = {
    "jemoji": (
        "emoji",
        re.compile(r"(?<![\w:]):(?:[a-z][a-z0-9_+-]*|[+-]1|100|1234):(?![\w:])"),
        "showed emoji as pictures, here they stay as written",
    ),
    "jekyll-mentions": (
        "mentions",
        re.compile(r"(?<![\w@./`-])@[a-zA-Z0-9](?:-?[a-zA-Z0-9])*(?![\w@])"),
        "made links of the names of people, here they stay as written",
    ),
}
_NO_TEXT = re.compile(r"<(pre|code|tt|script|style|a)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
MAX_NAMED = 5  # words of one construct that are named


def plugin_problems(nodes: Iterable[SourceNode], title: str, config: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each construct, and the title, in which a plugin of the site changes words."""
    loaded = {str(name) for key in ("plugins", "gems") for name in _listed(config.get(key))}
    active = {plugin: rule for plugin, rule in _RULES.items() if plugin in loaded}
    if not active:
        return
    for text, line in ((title, 1), *((_NO_TEXT.sub(" ", node.html), node.line) for node in nodes)):
        for plugin, (code, pattern, message) in active.items():
            words = list(dict.fromkeys(pattern.findall(text)))
            if plugin == "jekyll-mentions" and text is title:
                continue  # it processes only the text of documents
            if words:
                named = ", ".join(words[:MAX_NAMED]) + (" …" if len(words) > MAX_NAMED else "")
                yield Problem(Severity.WARNING, f"plugin-{code}", f"{plugin} {message}: {named}", line)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
