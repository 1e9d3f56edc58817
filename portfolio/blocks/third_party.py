"""Frames and images of other sites in kept HTML: shown without a request to other sites.

A frame is an ``<iframe>``, an ``<object>`` or an ``<embed>``, in which a page shows a PDF for instance. Before
sanitising, it becomes an empty ``<data>`` element with its attributes. After sanitising, that becomes the
same click-to-load frame as in the embed block, or a frame with a link if the site is not on the list of embeds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape

from django.template.loader import render_to_string
from django.templatetags.static import static

from portfolio.blocks.body.references import local_path, tag
from portfolio.markdown.addresses import split_address
from portfolio.markdown.embeds import embed_target
from portfolio.markdown.html.scanner import Closing, Comment, Opening, Text, scan

_FRAME_MARK = re.compile(r'<data class="frame" value="([^"]*)"></data>')
FRAMES = {"iframe": "src", "object": "data", "embed": "src"}
"""The elements that show another page or file, and the attribute with its address."""
_SHOWN_ATTRIBUTES = ("src", "title", "width", "height")
_LARGEST = 4000  # pixels
PICTURE = "portfolio/img/third-party.svg"


def mark_third_party(html: str, base: str) -> str:
    """Return unsafe ``html`` with its frames marked and images of other sites replaced by links.

    ``base`` is the URL of the text on its old site.
    """
    lowered = html.lower()
    if not any(f"<{name}" in lowered for name in ("im", *FRAMES)):
        return html
    pieces: list[str] = []
    in_link = in_frame = in_object = False
    objects = lowered.count("</object")  # one that never ends has no content
    for part in scan(html):
        if in_object:
            in_object = not (isinstance(part, Closing) and part.name == "object")
            continue
        match part:
            case Text(raw) | Comment(raw):
                # The content of a frame is a fallback for browsers without frames.
                pieces.append("" if in_frame else raw)
            case Opening(name="iframe"):
                in_frame = not part.closed
                pieces.append(_frame_mark(part, base))
            case Opening(name="object" | "embed"):
                mark = _frame_mark(part, base)
                in_object = part.name == "object" and objects > 0 and bool(mark) and not part.closed
                objects -= part.name == "object"
                pieces.append(mark)
            case Opening(name="img"):
                pieces.append(_picture(part, base, in_link=in_link))
            case Opening(name, _, _, raw):
                in_link = in_link or name == "a"
                pieces.append(raw)
            case Closing(name):
                in_link = in_link and name != "a"
                pieces.append("" if name in FRAMES else f"</{name}>")
                in_frame = in_frame and name != "iframe"
    return "".join(pieces)


def show_frames(html: str) -> str:
    """Return sanitised ``html`` with each marked frame rendered."""
    return _FRAME_MARK.sub(lambda match: _frame(match[1]), html) if 'class="frame"' in html else html


def frame_addresses(html: str) -> Iterator[str]:
    """Yield the URL of each frame in ``html``, as written."""
    lowered = html.lower()
    if not any(f"<{name}" in lowered for name in FRAMES):
        return
    for part in scan(html):
        if isinstance(part, Opening) and (address := _value(part, FRAMES.get(part.name, ""))):
            yield address


def _value(part: Opening, name: str) -> str:
    return unescape(part.attributes.get(name, "")).strip()


def _frame_mark(frame: Opening, base: str) -> str:
    values = {name: value for name in _SHOWN_ATTRIBUTES if (value := _value(frame, name))}
    address = _value(frame, FRAMES[frame.name])
    if not address:
        return ""
    local = local_path(address, base)
    is_image = _value(frame, "type").startswith("image/") or address.lower().endswith(".svg")
    if local is not None and is_image and frame.name != "iframe":
        return tag("img", {"src": address, "alt": _value(frame, "title")})
    values["src"] = local or address
    return tag("data", {"class": "frame", "value": json.dumps(values)}) + "</data>"


def _frame(value: str) -> str:
    """Render a marked frame. The mark may have been in the text already, so its values are validated."""
    try:
        values = json.loads(unescape(value))
    except (ValueError, RecursionError):
        return ""
    if not isinstance(values, dict) or not isinstance(values.get("src"), str):
        return ""
    address = values["src"]
    target = embed_target(address)
    address = "https:" + address if address.startswith("//") else address
    host = _host(address)
    if target is None and not host and local_path(address, "/") is None:
        return ""
    values = {
        "target": target,
        "url": address,
        "host": host,
        "title": str(values.get("title") or ""),
        "width": _pixels(values.get("width")),
        "height": _pixels(values.get("height")),
    }
    return render_to_string("includes/third_party_frame.html", values).strip()


def _pixels(value: object) -> int | None:
    digits = str(value or "").strip().removesuffix("px")
    return int(digits) if digits.isdecimal() and 0 < int(digits[:6]) <= _LARGEST else None


def _picture(image: Opening, base: str, *, in_link: bool) -> str:
    """Return an icon in place of an image of another site, linked to the image unless it is in a link already.

    Images of the old site stay as they are.
    """
    address, alt = _value(image, "src"), _value(image, "alt")
    if not address or local_path(address, base) is not None:
        return image.raw
    address = "https:" + address if address.startswith("//") else address
    host = _host(address)
    if not host:
        return ""
    alt = f"{alt} (image at {host})" if alt else f"Image at {host}"
    shown = tag(
        "img", {"class": "third-party-image", "src": static(PICTURE), "width": "24", "height": "24", "alt": alt}
    )
    return shown if in_link else f'<a href="{escape(address)}">{shown}</a>'


def _host(address: str) -> str:
    """Return the host of an http(s) URL, "" for any other; a user name before it is removed."""
    parts = split_address(address)
    return parts.netloc.rpartition("@")[2] if parts.scheme in ("http", "https") else ""
