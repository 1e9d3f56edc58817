"""Safe URLs: check and escape URLs from people and files before they become links."""

from __future__ import annotations

import re
from html import unescape

from portfolio.markdown.addresses import scheme_of

SAFE_SCHEMES = ("", "http", "https", "mailto", "tel")
# Characters that are not allowed in a URL (RFC 3986) and that would end it, or an attribute, in the output.
UNSAFE = re.compile(r"""[\x00-\x20\x7f"'<>\\^`{|}]""")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
MOST_ENTITIES = 3


def safe_href(address: str | None) -> str:
    """Return a stored URL in a form that is safe in HTML, Markdown, XML and JSON; "" if it would run a script.

    Every URL from the database passes this function, since an import, a program or an older version may have stored it
    without a form. Relative URLs and ``#anchors`` are kept. Character references are resolved for the check, since
    readers of Markdown and feeds resolve them; control characters, which browsers ignore, are removed.
    """
    text = CONTROLS.sub("", address or "").strip()
    plain = text
    for _ in range(MOST_ENTITIES):
        if scheme_of(plain) not in SAFE_SCHEMES:
            return ""
        plain = unescape(plain)
    return UNSAFE.sub(percent_encoded, text)


def markdown_href(address: str | None) -> str:
    """Return ``safe_href`` for the target of a Markdown link, which a bracket would end."""
    return safe_href(address).replace("(", "%28").replace(")", "%29").replace("&", "&amp;")


def percent_encoded(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"
