"""Frames and images of other sites inside kept text: shown without asking anything of those sites.

Before the sanitiser a frame becomes an empty ``<data>`` that names it; after it, that becomes the same click-to-load
frame as the embed block's, or a frame with a link where the site is not on the list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape

from django.template.loader import render_to_string
from django.templatetags.static import static

from portfolio.blocks.references import local_path, tag
from portfolio.markdown.addresses import split_address
from portfolio.markdown.embeds import embed_target
from portfolio.markdown.htmlscan import Closing, Comment, Opening, Text, scan

_MARK = re.compile(r'<data class="frame" value="([^"]*)"></data>')
_SHOWN_ATTRIBUTES = ("src", "title", "width", "height")
_LARGEST = 4000  # pixels
PICTURE = "portfolio/img/elsewhere.svg"


def mark_elsewhere(html: str, base: str) -> str:
    """``html``, which is not safe yet, with its frames marked and the images of other sites replaced by links.

    ``base`` is the address the text had on its old site.
    """
    lowered = html.lower()
    if "<iframe" not in lowered and "<im" not in lowered:
        return html
    pieces: list[str] = []
    in_link = in_frame = False
    for part in scan(html):
        match part:
            case Text(raw) | Comment(raw):
                # Browsers show what a frame holds only where they know no frames.
                pieces.append("" if in_frame else raw)
            case Opening(name="iframe"):
                in_frame = not part.closed
                pieces.append(_mark(part, base))
            case Opening(name="img"):
                pieces.append(_picture(part, base, in_link=in_link))
            case Opening(name, _, _, raw):
                in_link = in_link or name == "a"
                pieces.append(raw)
            case Closing(name):
                in_link = in_link and name != "a"
                pieces.append("" if name == "iframe" else f"</{name}>")
                in_frame = in_frame and name != "iframe"
    return "".join(pieces)


def show_frames(html: str) -> str:
    """Sanitised ``html`` with each marked frame as it is shown."""
    return _MARK.sub(lambda match: _frame(match[1]), html) if 'class="frame"' in html else html


def frame_addresses(html: str) -> Iterator[str]:
    """The address of each frame in ``html``, as written."""
    if "<iframe" not in html.lower():
        return
    for part in scan(html):
        if isinstance(part, Opening) and part.name == "iframe" and (address := _value(part, "src")):
            yield address


def _value(part: Opening, name: str) -> str:
    return unescape(part.attributes.get(name, "")).strip()


def _mark(frame: Opening, base: str) -> str:
    said = {name: value for name in _SHOWN_ATTRIBUTES if (value := _value(frame, name))}
    if "src" not in said:
        return ""
    said["src"] = local_path(said["src"], base) or said["src"]
    return tag("data", {"class": "frame", "value": json.dumps(said)}) + "</data>"


def _frame(value: str) -> str:
    """Anybody may write such a mark, so what it says is looked at as if for the first time."""
    try:
        said = json.loads(unescape(value))
    except (ValueError, RecursionError):
        return ""
    if not isinstance(said, dict) or not isinstance(said.get("src"), str):
        return ""
    address = said["src"]
    target = embed_target(address)
    address = "https:" + address if address.startswith("//") else address
    host = _host(address)
    if target is None and not host and local_path(address, "/") is None:
        return ""
    values = {
        "target": target,
        "url": address,
        "host": host,
        "title": str(said.get("title") or ""),
        "width": _pixels(said.get("width")),
        "height": _pixels(said.get("height")),
    }
    return render_to_string("includes/kept_frame.html", values).strip()


def _pixels(value: object) -> int | None:
    digits = str(value or "").strip().removesuffix("px")
    return int(digits) if digits.isdecimal() and 0 < int(digits[:6]) <= _LARGEST else None


def _picture(image: Opening, base: str, *, in_link: bool) -> str:
    """A small picture of ours in the place of one that only its own site could show, linked to it where links may be.

    Images of the old site stay as they are.
    """
    address, words = _value(image, "src"), _value(image, "alt")
    if not address or local_path(address, base) is not None:
        return image.raw
    address = "https:" + address if address.startswith("//") else address
    host = _host(address)
    if not host:
        return ""
    words = f"{words} (image at {host})" if words else f"Image at {host}"
    shown = tag("img", {"class": "elsewhere", "src": static(PICTURE), "width": "24", "height": "24", "alt": words})
    return shown if in_link else f'<a href="{escape(address)}">{shown}</a>'


def _host(address: str) -> str:
    """The host of a web address, "" for any other. A name in front of it may look like one and is none."""
    parts = split_address(address)
    return parts.netloc.rpartition("@")[2] if parts.scheme in ("http", "https") else ""
