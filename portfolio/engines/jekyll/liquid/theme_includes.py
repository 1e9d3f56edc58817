"""Theme includes: includes in the gem of a well-known theme, rendered as in that theme.

Minimal Mistakes (https://mmistakes.github.io/minimal-mistakes/docs/helpers/): figure, video, gallery, feature_row.
Chirpy (https://chirpy.cotes.page/posts/write-a-new-post/): embed/….
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from liquid import RenderContext

from portfolio.engines.jekyll.liquid.filters import relative_url
from portfolio.engines.jekyll.liquid.tag_arguments import lookup
from portfolio.engines.jekyll.theme.known_themes import CHIRPY, MINIMAL_MISTAKES, theme
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html

_PARAGRAPH = re.compile(r"</?p>")
_ID = re.compile(r"[\w.-]{1,64}")
_PLAYERS = {
    "youtube": "https://www.youtube-nocookie.com/embed/{}",
    "vimeo": "https://player.vimeo.com/video/{}",
    "google-drive": "https://drive.google.com/file/d/{}/preview",
    "bilibili": "https://player.bilibili.com/player.html?bvid={}",
    "twitch": "https://player.twitch.tv/?video={}",
    "spotify": "https://open.spotify.com/embed/track/{}",
}
Include = Callable[[Mapping[str, Any], RenderContext], str]


def theme_include(name: str, values: Mapping[str, Any], context: RenderContext) -> str | None:
    """Return the HTML of the include ``name`` of the site's theme with ``values``; None if it is not supported."""
    site = context.env.context.site  # type: ignore[attr-defined]
    include = _INCLUDES.get(theme(site.config), {}).get(name.removesuffix(".html"))
    return include(values, context) or None if include else None


def _figure(values: Mapping[str, Any], context: RenderContext) -> str:
    address = _text(values, "image_path")
    if not address:
        return ""
    src = address if "://" in address else relative_url(address, context=context)
    style = f' class="{escape(_text(values, "class"))}"' if _text(values, "class") else ""
    caption = _PARAGRAPH.sub("", _markdown(_text(values, "caption"), context)).strip()
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure{style}><img src="{escape(src)}" alt="{escape(_text(values, "alt"))}">{below}</figure>'


def _gallery(values: Mapping[str, Any], context: RenderContext) -> str:
    pictures = [
        _picture(item, _text(item, "image_path") or _text(item, "url"), context, link=_text(item, "url"))
        for item in _listed(values, "gallery", context)
    ]
    caption = _inline(_text(values, "caption"), context)
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{''.join(pictures)}{below}</figure>" if any(pictures) else ""


def _feature_row(values: Mapping[str, Any], context: RenderContext) -> str:
    """Boxes with a picture, a title, a text and a button."""
    pieces = []
    for item in _listed(values, "feature_row", context):
        title, text, address = _text(item, "title"), _text(item, "excerpt"), _text(item, "url")
        pieces.append(_picture(item, _text(item, "image_path"), context))
        pieces.append(f"<h2>{escape(title, quote=False)}</h2>" if title else "")
        pieces.append(_markdown(text, context).strip() if text else "")
        if address:
            label = escape(_text(item, "btn_label") or "Learn more", quote=False)
            pieces.append(f'<p><a href="{escape(_local(address, context))}">{label}</a></p>')
    return "\n\n".join(filter(None, pieces))


def _listed(values: Mapping[str, Any], name: str, context: RenderContext) -> list[Mapping[str, Any]]:
    """Return the list in the front matter that an include shows: of its own name, or of the name in ``id``."""
    key = _text(values, "id") or name
    found = lookup(f"page.{key}", context) if _ID.fullmatch(key) else None
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def _picture(item: Mapping[str, Any], address: str, context: RenderContext, link: str = "") -> str:
    if not address:
        return ""
    title = f' title="{escape(_text(item, "title"))}"' if _text(item, "title") and link else ""
    alt = _text(item, "alt") or _text(item, "title")
    html = f'<img src="{escape(_local(address, context))}" alt="{escape(alt)}"{title}>'
    return f'<a href="{escape(_local(link, context))}">{html}</a>' if link and link != address else html


def _local(address: str, context: RenderContext) -> str:
    return address if "://" in address else str(relative_url(address, context=context))


def _inline(text: str, context: RenderContext) -> str:
    return _PARAGRAPH.sub("", _markdown(text, context)).strip() if text else ""


def _video(values: Mapping[str, Any], context: RenderContext) -> str:
    return _player(_text(values, "provider"), _text(values, "id"))


def _embed(provider: str) -> Include:
    return lambda values, context: _player(provider, _text(values, "id"))


def _film(values: Mapping[str, Any], context: RenderContext) -> str:
    poster = f' poster="{escape(_text(values, "poster"))}"' if _text(values, "poster") else ""
    return _media("video", values, poster)


def _sound(values: Mapping[str, Any], context: RenderContext) -> str:
    return _media("audio", values)


def _media(element: str, values: Mapping[str, Any], rest: str = "") -> str:
    """Return a media element for a file in several formats; ``types`` are other extensions: ``mp4|webm``."""
    src = _text(values, "src")
    if not src:
        return ""
    stem = src.rpartition(".")[0] or src
    others = "".join(f'<source src="{escape(f"{stem}.{kind}")}">' for kind in _text(values, "types").split("|") if kind)
    title = _text(values, "title")
    shown = f'<{element} controls{rest}><source src="{escape(src)}">{others}</{element}>'
    return f"<figure>{shown}<figcaption>{escape(title)}</figcaption></figure>" if title else shown


def _player(provider: str, name: str) -> str:
    address = _PLAYERS.get(provider.lower())
    if address is None or not _ID.fullmatch(name):
        return ""
    title = f"{provider.title().replace('tube', 'Tube')} player"
    return f'<iframe src="{escape(address.format(name))}" title="{escape(title)}" allowfullscreen></iframe>'


def _markdown(text: str, context: RenderContext) -> str:
    options: Options = context.env.context.options  # type: ignore[attr-defined]
    return to_html(text, options)


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return str(value).strip() if isinstance(value, str | int) else ""


_INCLUDES: Mapping[str, Mapping[str, Include]] = {
    MINIMAL_MISTAKES: {
        "figure": _figure,
        "video": _video,
        "gallery": _gallery,
        "feature_row": _feature_row,
    },
    CHIRPY: {
        **{f"embed/{name}": _embed(name) for name in ("youtube", "twitch", "bilibili", "spotify")},
        "embed/video": _film,
        "embed/audio": _sound,
    },
}
