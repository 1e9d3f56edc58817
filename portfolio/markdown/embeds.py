"""Which frames of other sites may be shown, and under which address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class EmbedTarget:
    """A frame that may be shown: the ``url`` to load, its exact ``host`` and the ``provider``'s name for people."""

    url: str
    host: str
    provider: str


@dataclass(frozen=True, slots=True)
class EmbedHost:
    """One allowed origin; a frame's path must begin with one of ``paths``."""

    host: str
    paths: tuple[str, ...]
    provider: str


EMBED_HOSTS = (
    EmbedHost("www.youtube-nocookie.com", ("/embed/",), "YouTube"),
    EmbedHost("player.vimeo.com", ("/video/",), "Vimeo"),
    EmbedHost("www.linkedin.com", ("/embed/feed/update/",), "LinkedIn"),
    EmbedHost("www.slideshare.net", ("/slideshow/embed_code/",), "SlideShare"),
    EmbedHost("speakerdeck.com", ("/player/",), "Speaker Deck"),
    EmbedHost("codepen.io", (), "CodePen"),
    EmbedHost("open.spotify.com", ("/embed/",), "Spotify"),
    EmbedHost("w.soundcloud.com", ("/player/",), "SoundCloud"),
    EmbedHost("www.openstreetmap.org", ("/export/embed.html",), "OpenStreetMap"),
    EmbedHost("archive.org", ("/embed/",), "Internet Archive"),
    EmbedHost("docs.google.com", ("/presentation/d/",), "Google Slides"),
    EmbedHost("asciinema.org", ("/a/",), "asciinema"),
)

_BY_HOST = {allowed.host: allowed for allowed in EMBED_HOSTS}
_YOUTUBE_HOSTS = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be"})
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{6,20}")
_CODEPEN_PATH = re.compile(r"/[A-Za-z0-9_-]+/embed(?:/preview)?/[A-Za-z0-9]+/?")
_SAFE_URL = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")


def embed_target(url: str) -> EmbedTarget | None:
    """Return what may be loaded for ``url``, or None when the frame is refused.

    Only https, an exact host without user, password or port, and a path the host is known for. Addresses without
    a scheme ("//host/…") are read as https. YouTube's pages and short links become its cookie-free player.
    """
    url = url.strip()
    if url.startswith("//"):
        url = "https:" + url
    if not _SAFE_URL.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    # The raw authority must be the bare host: no user information, no port, no brackets, no trailing dot.
    if parts.scheme.lower() != "https" or port is not None or parts.netloc.lower() != host:
        return None
    if ".." in parts.path or "//" in parts.path or "%" in parts.path:
        return None
    if host in _YOUTUBE_HOSTS:
        return _youtube(host, parts.path, parts.query)
    allowed = _BY_HOST.get(host)
    if allowed is None or not _path_allowed(allowed, parts.path):
        return None
    return EmbedTarget(urlunsplit(("https", host, parts.path, parts.query, "")), host, allowed.provider)


def frame_sources() -> tuple[str, ...]:
    """Return the origins for a Content-Security-Policy's ``frame-src``."""
    return tuple(f"https://{allowed.host}" for allowed in EMBED_HOSTS)


def _path_allowed(allowed: EmbedHost, path: str) -> bool:
    if allowed.provider == "CodePen":
        return _CODEPEN_PATH.fullmatch(path) is not None
    return any(path.startswith(prefix) and (len(path) > len(prefix) or prefix[-1] != "/") for prefix in allowed.paths)


def _youtube(host: str, path: str, query: str) -> EmbedTarget | None:
    values = parse_qs(query)
    video = ""
    if host == "youtu.be":
        video = path.lstrip("/")
    elif path == "/watch":
        video = values.get("v", [""])[0]
    elif match := re.fullmatch(r"/(?:embed|shorts|live|v)/([^/]+)/?", path):
        video = match[1]
    if not _YOUTUBE_ID.fullmatch(video):
        return None
    start = values.get("start", values.get("t", [""]))[0].removesuffix("s")
    suffix = f"start={start}" if start.isdecimal() and start.isascii() else ""
    if "list" in values and re.fullmatch(r"[A-Za-z0-9_-]{2,64}", values["list"][0]):
        suffix = "&".join(filter(None, (suffix, f"list={values['list'][0]}")))
    player = "www.youtube-nocookie.com"
    return EmbedTarget(urlunsplit(("https", player, f"/embed/{video}", suffix, "")), player, "YouTube")
