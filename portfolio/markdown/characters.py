"""Control characters: which characters no page, feed or database can hold."""

from __future__ import annotations

import re
from typing import Any

# What XML 1.0 cannot hold, not even escaped (https://www.w3.org/TR/xml/#charsets). It is no text in HTML and JSON
# either: the C0 controls but for tab and line ends, halves of surrogate pairs, and the two non-characters.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# In a name also what turns the text around it: embeddings, overrides and isolates, which nothing may end.
NAME_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
# What a database refuses: PostgreSQL stores no zero, and half a surrogate pair has no UTF-8.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def without_controls(text: str, pattern: re.Pattern[str] = CONTROLS) -> str:
    return pattern.sub("", text)


def controls_removed(value: Any) -> Any:
    """``value`` (text, or lists and dictionaries of it) without control characters in any of its texts."""
    if isinstance(value, str):
        # Text of a kind of its own stays one, as long as nothing in it has to go.
        return without_controls(value) if CONTROLS.search(value) else value
    if isinstance(value, list):
        return [controls_removed(item) for item in value]
    if isinstance(value, dict):
        return {key: controls_removed(item) for key, item in value.items()}
    return value


def control_message(text: str, pattern: re.Pattern[str] = CONTROLS) -> str:
    """A sentence that says which control character stands where in ``text``; "" when there is none."""
    match = pattern.search(text)
    if match is None:
        return ""
    before = without_controls(text[: match.start()], NAME_CONTROLS)[-20:].strip()
    place = f"after “{before}”" if before else "at the beginning"
    reason = "no page can show it" if CONTROLS.match(match[0]) else "it turns the text behind it around"
    return f"Remove the invisible control character U+{ord(match[0]):04X} {place}: {reason}."
