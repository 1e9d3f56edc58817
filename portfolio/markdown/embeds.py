"""Embeds: which frames of other sites may be shown, and under which address."""

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
    """One allowed origin; the whole path of a frame must match the pattern ``path``."""

    host: str
    path: str
    provider: str


# Patterns as text: `re` compiles each when it is first needed, and keeps it.
EMBED_HOSTS = (
    EmbedHost("www.youtube-nocookie.com", r"/embed/[\w-]+", "YouTube"),
    EmbedHost("player.vimeo.com", r"/video/\d+", "Vimeo"),
    EmbedHost("www.linkedin.com", r"/embed/feed/update/[\w:%-]+", "LinkedIn"),
    EmbedHost("www.slideshare.net", r"/slideshow/embed_code/(?:key/)?\w+", "SlideShare"),
    EmbedHost("speakerdeck.com", r"/player/\w+", "Speaker Deck"),
    EmbedHost("codepen.io", r"/[\w-]+/embed/(?:preview/)?\w+/?", "CodePen"),
    EmbedHost("codesandbox.io", r"/embed/[\w-]+", "CodeSandbox"),
    EmbedHost("asciinema.org", r"/a/\w+/(?:iframe|embed)", "asciinema"),
    EmbedHost("open.spotify.com", r"/embed(?:-podcast)?/[\w/-]+", "Spotify"),
    EmbedHost("w.soundcloud.com", r"/player/?", "SoundCloud"),
    EmbedHost("embed.podcasts.apple.com", r"/[\w/%-]+", "Apple Podcasts"),
    EmbedHost("embed.ted.com", r"/talks/[\w/-]+", "TED"),
    EmbedHost("www.dailymotion.com", r"/embed/video/\w+", "Dailymotion"),
    EmbedHost("archive.org", r"/embed/[\w.-]+", "Internet Archive"),
    EmbedHost("www.openstreetmap.org", r"/export/embed\.html", "OpenStreetMap"),
    EmbedHost("www.google.com", r"/maps/(?:d/)?embed", "Google Maps"),
    EmbedHost("docs.google.com", r"/(?:presentation|spreadsheets|forms|document)/d/[\w/-]+", "Google Docs"),
    EmbedHost("drive.google.com", r"/file/d/[\w-]+/preview", "Google Drive"),
)

_BY_HOST = {allowed.host: allowed for allowed in EMBED_HOSTS}
_YOUTUBE_HOSTS = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be"})
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{6,20}")
# Dots, slashes, backslashes and percent signs hidden behind escapes.
_DISGUISED = re.compile(r"%(?:2e|2f|5c|25|0)", re.IGNORECASE)
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
    if ".." in parts.path or "//" in parts.path or _DISGUISED.search(parts.path):
        return None
    if host in _YOUTUBE_HOSTS:
        return _youtube(host, parts.path, parts.query)
    allowed = _BY_HOST.get(host)
    if allowed is None or not re.fullmatch(allowed.path, parts.path):
        return None
    return EmbedTarget(urlunsplit(("https", host, parts.path, parts.query, "")), host, allowed.provider)


# Addresses of pages, which people copy, and the addresses of the players of what they show.
_PAGES: tuple[tuple[str, str], ...] = (
    (r"https://(?:www\.)?vimeo\.com/(?:channels/[\w-]+/)?(\d+)/?", r"https://player.vimeo.com/video/\1"),
    (
        r"https://(?:\w+\.)?linkedin\.com/posts/[^/?#]*-(activity|share|ugcPost)-(\d+)(?:-[\w-]*)?/?",
        r"https://www.linkedin.com/embed/feed/update/urn:li:\1:\2",
    ),
    (
        r"https://(?:\w+\.)?linkedin\.com/feed/update/urn:li:(activity|share|ugcPost):(\d+)/?",
        r"https://www.linkedin.com/embed/feed/update/urn:li:\1:\2",
    ),
    (r"https://codepen\.io/([\w-]+)/(?:pen|full|details)/(\w+)/?", r"https://codepen.io/\1/embed/\2"),
    (r"https://codesandbox\.io/(?:s|p/sandbox)/([\w-]+)/?", r"https://codesandbox.io/embed/\1"),
    (r"https://asciinema\.org/a/(\w+)/?", r"https://asciinema.org/a/\1/iframe"),
    (
        r"https://open\.spotify\.com/((?:track|album|playlist|episode|show|artist)/\w+)/?",
        r"https://open.spotify.com/embed/\1",
    ),
    (r"https://podcasts\.apple\.com/([\w/%-]+)", r"https://embed.podcasts.apple.com/\1"),
    (r"https://(?:www\.)?ted\.com/talks/(\w+)/?", r"https://embed.ted.com/talks/\1"),
    (r"https://www\.dailymotion\.com/video/(\w+)/?", r"https://www.dailymotion.com/embed/video/\1"),
    (r"https://dai\.ly/(\w+)/?", r"https://www.dailymotion.com/embed/video/\1"),
    (r"https://archive\.org/details/([\w.-]+)/?", r"https://archive.org/embed/\1"),
    (
        r"https://drive\.google\.com/file/d/([\w-]+)/(?:view|edit)/?",
        r"https://drive.google.com/file/d/\1/preview",
    ),
)


def player_address(url: str) -> str:
    """Return the address of the player for ``url``, which is a player's own or that of a page; "" for any other.

    The result is one that `embed_target` allows.
    """
    url = url.strip()
    if embed_target(url) is not None:
        return url
    address = re.split(r"[?#]", url, maxsplit=1)[0]
    for page, player in _PAGES:
        if match := re.fullmatch(page, address):
            found = match.expand(player)
            return found if embed_target(found) is not None else ""
    return ""


def frame_sources() -> tuple[str, ...]:
    """Return the origins for a Content-Security-Policy's ``frame-src``."""
    return tuple(f"https://{allowed.host}" for allowed in EMBED_HOSTS)


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
