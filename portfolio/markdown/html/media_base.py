"""Chirpy's ``media_subpath``: the folder in which the pictures, films and sounds of one document lie.

The theme puts it in front of every address without a colon when the page is made, whether or not it begins with a
slash, and makes one slash of several (https://chirpy.cotes.page/posts/write-a-new-post/#url-prefix).
"""

from __future__ import annotations

import re

_MEDIA = re.compile(
    r"""(<(?:img|video|audio|source)\b(?:[^<>"']|"[^"]*"|'[^']*')*?\s(?:src|poster)=)("[^"]*"|'[^']*')""", re.IGNORECASE
)


def media_address(address: str, folder: str) -> str:
    """``address`` below ``folder``; itself where it names a host or there is no folder."""
    if not folder or not address or ":" in address or address.startswith(("//", "#")):
        return address
    return re.sub("/{2,}", "/", f"{folder}/{address}")


def move_media(html: str, folder: str) -> str:
    """``html`` with the addresses of its media below ``folder``."""
    if not folder or "<" not in html:
        return html
    return _MEDIA.sub(
        lambda match: f"{match[1]}{match[2][0]}{media_address(match[2][1:-1], folder)}{match[2][0]}", html
    )
