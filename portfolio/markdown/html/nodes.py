"""Classification of a piece of HTML: an image, a listing, an embed, a divider, or other HTML."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Sequence
from typing import Any

from portfolio.markdown.html.scanner import Closing, Comment, Opening, Part, Text, scan
from portfolio.markdown.nodes import NodeKind

_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang)-(\S+)")
# A listing with line numbers: they stand in one cell of a table, the code in the next.
_NUMBERED = re.compile(r'<td class="(?:rouge-)?code"[^>]*><pre[^>]*>([^\x00]*?)</pre>')
_CAPTION_START = re.compile(r"<figcaption[^>]*>", re.IGNORECASE)
_IMAGE_ATTRIBUTES = frozenset({"src", "alt", "title"})


def html_kind(html: str) -> tuple[NodeKind, dict[str, Any]]:
    """Return the kind of a raw HTML construct and its data."""
    parts = [part for part in scan(html) if not (isinstance(part, Text) and not part.raw.strip())]
    if parts and all(isinstance(part, Comment) for part in parts):
        return NodeKind.HIDDEN, {}
    tags = [part for part in parts if isinstance(part, Opening)]
    if not tags or not isinstance(parts[0], Opening):
        return NodeKind.RAW_HTML, {}
    first = tags[0].name
    if first == "hr" and len(parts) == 1:
        return NodeKind.DIVIDER, {}
    if frame := _lone_frame(parts):
        return NodeKind.EMBED, {name: _value(frame, name) for name in ("src", "title", "width", "height")}
    if first in ("figure", "div", "pre") and _spans_all(parts, first):
        if listing := _listing(html, tags):
            return NodeKind.CODE, listing
        if image := _figure(html, tags) if first == "figure" else None:
            return NodeKind.IMAGE, image
    image = lone_image(html)
    return (NodeKind.IMAGE, image) if image else (NodeKind.RAW_HTML, {})


def lone_image(html: str) -> dict[str, Any] | None:
    """Return the data of an image when ``html`` is nothing but that image, perhaps linked, perhaps in boxes."""
    link, image = "", None
    around: dict[str, str] = {}
    for part in scan(html):
        match part:
            case Text(raw) if not raw.strip():
                continue
            case Closing("a") | Closing("p") | Closing("div") | Closing("center"):
                continue
            case Opening(name="p") | Opening(name="div") | Opening(name="center"):
                around |= {name: _value(part, name) for name in part.attributes}
                around |= {"align": "center"} if part.name == "center" else {}
            case Opening(name="a") if image is None and not link and not part.attributes.keys() - {"href"}:
                link = _value(part, "href")
            case Opening(name="img") if image is None:
                image = part
            case _:
                return None
    if image is None or not image.attributes.get("src"):
        return None
    data = _image(image, "", link)
    # What is said of the box around an image is said of the image.
    data["attributes"] = around | data["attributes"]
    return data


def _lone_frame(parts: Sequence[Part]) -> Opening | None:
    """Return the frame when there is nothing else but boxes around it."""
    frames = [part for part in parts if isinstance(part, Opening) and part.name == "iframe"]
    boxes = {part.name for part in parts if isinstance(part, Opening)} - {"iframe"}
    if len(frames) != 1 or boxes - {"div", "p", "figure", "center", "span"}:
        return None
    start = parts.index(frames[0])
    # Text between the tags of a frame is for browsers that show none; anywhere else it is the author's.
    inside = [part for part in parts[start + 1 : start + 2] if isinstance(part, Text)]
    if any(isinstance(part, Text) and part not in inside for part in parts):
        return None
    return frames[0]


def _figure(html: str, tags: Sequence[Opening]) -> dict[str, Any] | None:
    """A figure with one image and perhaps a caption."""
    images = [tag for tag in tags if tag.name == "img"]
    links = [tag for tag in tags if tag.name == "a"]
    inside, outside = _caption(html)
    if len(images) != 1 or _value(images[0], "src") == "":
        return None
    around = {part.name for part in scan(outside) if isinstance(part, Opening)} - {"figure", "img", "a", "p"}
    if around or any(isinstance(part, Text) and part.raw.strip() for part in scan(outside)):
        return None
    link = _value(links[0], "href") if links and links[0].raw in outside else ""
    return _image(images[0], inside, link)


def _caption(html: str) -> tuple[str, str]:
    """Return the content of the first ``<figcaption>``, and the HTML without it."""
    opening = _CAPTION_START.search(html)
    end = html.lower().find("</figcaption>", opening.end()) if opening else -1
    if opening is None or end < 0:
        return "", html
    return html[opening.end() : end].strip(), html[: opening.start()] + html[end + len("</figcaption>") :]


def _image(tag: Opening, caption: str, link: str) -> dict[str, Any]:
    return {
        "src": _value(tag, "src"),
        "alt": _value(tag, "alt"),
        "title": _value(tag, "title"),
        "caption": caption,
        "link": link,
        "attributes": {name: _value(tag, name) for name in tag.attributes if name not in _IMAGE_ATTRIBUTES},
    }


def _listing(html: str, tags: Sequence[Opening]) -> dict[str, Any] | None:
    """A listing that a highlighter wrote: one ``<pre><code>``, alone in its box."""
    if cell := _NUMBERED.search(html):
        return {"language": _language(tags), "code": _text(cell[1]).strip("\n")}
    blocks = [tag for tag in tags if tag.name in ("pre", "table", "p", "img")]
    codes = [tag for tag in tags if tag.name == "code"]
    if [tag.name for tag in blocks] != ["pre"] or len(codes) != 1:
        return None
    before, _, rest = html.partition(blocks[0].raw)
    body, _, after = rest.rpartition("</pre>")
    if _text(before).strip() or _text(after).strip():
        return None
    _, _, inside = body.partition(codes[0].raw)
    code, closed, _ = inside.rpartition("</code>")
    if not closed:
        return None
    return {"language": _language([codes[0], *tags]), "code": _text(code).strip("\n")}


def _language(tags: Sequence[Opening]) -> str:
    """Return the language that one of the tags names."""
    for tag in tags:
        if named := tag.attributes.get("data-lang"):
            return entities.unescape(named)
        if match := _LANGUAGE.search(tag.attributes.get("class", "")):
            return entities.unescape(match[1])
    return ""


def _text(html: str) -> str:
    return entities.unescape("".join(part.raw for part in scan(html) if isinstance(part, Text)))


def _spans_all(parts: Sequence[Part], name: str) -> bool:
    """Tell whether the element that begins ``parts`` ends with the last of them."""
    depth = 0
    for place, part in enumerate(parts):
        if isinstance(part, Opening) and part.name == name:
            depth += 1
        elif isinstance(part, Closing) and part.name == name:
            depth -= 1
            if depth == 0:
                return place == len(parts) - 1
    return False


def _value(tag: Opening, name: str) -> str:
    return entities.unescape(tag.attributes.get(name, ""))
