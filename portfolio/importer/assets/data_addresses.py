"""``data:`` addresses of pictures: the picture itself, in Base64 (RFC 2397)."""

from __future__ import annotations

import base64
import binascii
import re

# What an image library takes; a drawing is no part of it.
_PICTURE = re.compile(
    r"data:image/(?P<kind>png|jpe?g|gif|webp|avif)(?:;[\w.+-]+=[\w.+-]+)*;base64,(?P<digits>.+)", re.I
)
_SPACE = re.compile(r"[\s\x00]+|%0[ad]|%20", re.IGNORECASE)


def picture_in(address: str) -> tuple[str, bytes] | None:
    """Return ending and bytes of the picture that an address holds; None for any other address."""
    if not address[:11].lower().startswith("data:image/"):
        return None
    match = _PICTURE.fullmatch(_SPACE.sub("", address))
    if match is None:
        return None
    digits = match["digits"].replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")
    try:
        data = base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)
    except binascii.Error:
        return None
    return match["kind"].lower().replace("jpeg", "jpg"), data
