"""Addresses: which URLs an article may link to or show."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Set
from urllib.parse import SplitResult, unquote, urlsplit

_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PLAIN_SEGMENT = re.compile(r"[^:/?#]*:")


def scheme_of(address: str) -> str | None:
    """Return the scheme in lower case, "" for a relative address, None for one that cannot be judged.

    Characters that browsers skip inside addresses (tabs, line ends, controls, invisible marks) are skipped here too,
    so "java\\nscript:" is seen as what it is.
    """
    bare = _IGNORED.sub("", address)
    if match := _SCHEME.match(bare):
        return match[1].lower()
    # A colon before the first slash that makes no well-formed scheme: nobody writes that with good intent.
    return None if _PLAIN_SEGMENT.match(bare) else ""


def split_address(address: str) -> SplitResult:
    """``urlsplit``, with nothing in any part for what is no address (``http://[a``): browsers load nothing from it."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def decoded(path: str) -> str:
    """``path`` without its percent signs, and without zero bytes, which no column of a database holds."""
    return unquote(path).replace("\0", "\ufffd")


def address_allowed(raw: str, schemes: Set[str]) -> bool:
    """Tell whether ``raw`` (entities as written) is relative or of one of ``schemes``."""
    scheme = scheme_of(entities.unescape(raw))
    return scheme is not None and (scheme == "" or scheme in schemes)


def source_set_allowed(raw: str, schemes: Set[str]) -> bool:
    """The same for each candidate of a ``srcset``."""
    candidates = [part.split() for part in entities.unescape(raw).split(",")]
    return all(scheme_of(part[0]) in (schemes | {""}) for part in candidates if part)
