"""Sanitiser: the last step before HTML of unknown origin is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

import nh3

from portfolio.markdown.addresses import address_allowed
from portfolio.markdown.html import policy
from portfolio.markdown.html.balance import balance

# kramdown writes these on <sup> and <li>, where ARIA does not allow them (https://www.w3.org/TR/dpub-aria-1.1/).
_MISPLACED_ROLES = frozenset({"doc-noteref", "doc-endnote"})
# HTML allows whole pixels there. Browsers also know a part of the text's width, which nothing else here can say, but
# "100%" only enlarges a picture that is small.
_SIZE = re.compile(r"\s*([0-9]{1,5}|[0-9]{1,2}(?:\.[0-9]{1,9})?%)(?:\.[0-9]{1,9})?(?:px)?\s*")
MAX_PASSES = 4
"""Markup that still changes after this many passes is shown as its bare text."""


@dataclass(frozen=True, slots=True)
class Sanitised:
    """Safe ``html``, and what was taken out: "<script>", "onclick on <p>", "javascript: link"."""

    html: str
    removed: tuple[str, ...]


def sanitise(html: str) -> str:
    """Return ``html`` reduced to what an article may hold.

    No scripts, styles, event handlers, frames, forms (but ticked or unticked task-list boxes) and no address other
    than relative ones and those of ``policy``. The result is a fixed point: sanitising it again changes nothing,
    so no later parser can find something in it that this one did not see.
    """
    return sanitise_reporting(html).html


def sanitise_reporting(html: str) -> Sanitised:
    """The same, with the names of what was taken out, each once, in order of appearance."""
    balanced, removed = balance(html.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n"), policy.TAGS)
    current = _CLEANER.clean(balanced)
    for _ in range(MAX_PASSES):
        again = _CLEANER.clean(balance(current, policy.TAGS)[0])
        if again == current:
            return Sanitised(current, removed)
        current = again
    return Sanitised(nh3.clean(current, tags=set(), strip_comments=True), (*removed, "markup that never settles"))


def _keep(tag: str, name: str, value: str) -> str | None:
    if name == "role" and value in _MISPLACED_ROLES and tag != "a":
        return None
    if name in ("width", "height") and tag in ("img", "video"):
        size = _SIZE.fullmatch(value)
        return size[1] if size else None
    if name in policy.MEDIA_ATTRIBUTES:
        return value if address_allowed(value, policy.MEDIA_SCHEMES) else None
    if name in policy.LINK_ATTRIBUTES:
        return value if address_allowed(value, policy.LINK_SCHEMES) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(policy.TAGS),
    clean_content_tags=set(policy.CONTENT_DROPPED - policy.TAGS),
    attributes={tag: set(names) for tag, names in policy.ATTRIBUTES.items() if tag == "*" or tag in policy.TAGS},
    attribute_filter=_keep,
    strip_comments=True,
    link_rel=None,
    url_schemes=set(policy.LINK_SCHEMES),
)
