"""Profile links: the owner's profiles on other sites, in the spellings of generators and themes.

``github_username: mara``, ``github: mara``, ``github: {username: mara}``, a URL, or a list of labels and URLs: Minima,
Minimal Mistakes, Chirpy, al-folio, Beautiful Jekyll, academicpages and Hydeout use one of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portfolio.markdown.addresses import split_address

# Label and beginning of the address; an empty one means that only a whole URL can be used.
SITES: Mapping[str, tuple[str, str]] = {
    "github": ("GitHub", "https://github.com/"),
    "gitlab": ("GitLab", "https://gitlab.com/"),
    "bitbucket": ("Bitbucket", "https://bitbucket.org/"),
    "codepen": ("CodePen", "https://codepen.io/"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/"),
    "mastodon": ("Mastodon", ""),
    "bluesky": ("Bluesky", "https://bsky.app/profile/"),
    "scholar": ("Google Scholar", "https://scholar.google.com/citations?user="),
    "orcid": ("ORCID", "https://orcid.org/"),
    "researchgate": ("ResearchGate", "https://www.researchgate.net/profile/"),
    "academia": ("Academia.edu", ""),
    "arxiv": ("arXiv", "https://arxiv.org/a/"),
    "pubmed": ("PubMed", "https://www.ncbi.nlm.nih.gov/pubmed/?term="),
    "semanticscholar": ("Semantic Scholar", "https://www.semanticscholar.org/author/"),
    "dblp": ("DBLP", "https://dblp.org/"),
    "publons": ("Publons", "https://publons.com/a/"),
    "impactstory": ("Impactstory", ""),
    "inspirehep": ("INSPIRE", "https://inspirehep.net/authors/"),
    "osf": ("OSF", "https://osf.io/"),
    "zotero": ("Zotero", "https://www.zotero.org/"),
    "kaggle": ("Kaggle", "https://www.kaggle.com/"),
    "huggingface": ("Hugging Face", "https://huggingface.co/"),
    "leetcode": ("LeetCode", "https://leetcode.com/"),
    "stackoverflow": ("Stack Overflow", "https://stackoverflow.com/users/"),
    "stackexchange": ("Stack Exchange", "https://stackexchange.com/users/"),
    "quora": ("Quora", "https://www.quora.com/profile/"),
    "medium": ("Medium", "https://medium.com/@"),
    "devto": ("DEV", "https://dev.to/"),
    "twitter": ("X", "https://x.com/"),
    "threads": ("Threads", "https://www.threads.net/@"),
    "instagram": ("Instagram", "https://www.instagram.com/"),
    "facebook": ("Facebook", "https://www.facebook.com/"),
    "youtube": ("YouTube", "https://www.youtube.com/"),
    "vimeo": ("Vimeo", "https://vimeo.com/"),
    "twitch": ("Twitch", "https://www.twitch.tv/"),
    "flickr": ("Flickr", "https://www.flickr.com/people/"),
    "unsplash": ("Unsplash", "https://unsplash.com/@"),
    "pinterest": ("Pinterest", "https://www.pinterest.com/"),
    "tumblr": ("Tumblr", ""),
    "soundcloud": ("SoundCloud", "https://soundcloud.com/"),
    "spotify": ("Spotify", "https://open.spotify.com/user/"),
    "lastfm": ("Last.fm", "https://www.last.fm/user/"),
    "goodreads": ("Goodreads", ""),
    "telegram": ("Telegram", "https://t.me/"),
    "keybase": ("Keybase", "https://keybase.io/"),
    "xing": ("XING", "https://www.xing.com/profile/"),
    "patreon": ("Patreon", "https://www.patreon.com/"),
    "strava": ("Strava", "https://www.strava.com/athletes/"),
    "steam": ("Steam", "https://steamcommunity.com/id/"),
    "reddit": ("Reddit", "https://www.reddit.com/user/"),
    "hackernews": ("Hacker News", "https://news.ycombinator.com/user?id="),
    "uri": ("Website", ""),
    "website": ("Website", ""),
    "homepage": ("Website", ""),
}
_ALIASES = {
    "googlescholar": "scholar", "scholargoogle": "scholar", "x": "twitter", "xtwitter": "twitter", "bsky": "bluesky",
    "dev": "devto", "fediverse": "mastodon", "stack": "stackoverflow", "inspire": "inspirehep", "hn": "hackernews",
    "research_gate": "researchgate", "ycombinator": "hackernews", "home": "homepage",
}  # fmt: skip
GROUPS = (
    "author", "social", "socials", "social_sites", "social_links", "social-links", "social-network-links",
    "social_networks", "footer-links", "footer_links", "contact", "contacts", "links", "profiles",
)  # fmt: skip
_SUFFIX = re.compile(r"[_-](?:username|userid|user|user_id|id|url|profile|handle|link)$")
_NOT_PROFILES = frozenset("email rss feed atom phone work_url cv cv_pdf wechat_qr whatsapp search".split())
_HOSTS = {split_address(start).netloc.removeprefix("www."): label for label, start in SITES.values() if start}
_HOSTS["twitter.com"] = SITES["twitter"][0]
_PROFILE_HOSTS = frozenset({*_HOSTS, "mastodon.social"})
_MAX_LINKS = 60
_NO_PROFILE = re.compile(r"/(?:share|sharer|intent|sharing|search|hashtag)\b|[?&](?:url|u|text|status)=")
_CODE_HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org"})
ProfileLink = tuple[str, str]  # label and address
_SPELLINGS = re.compile(r"[\s_.-]+")


def profile_links(config: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[ProfileLink]:
    """Yield label and URL of each profile once, in the order of the source."""
    return each_once(_candidates(config, data))


def each_once(links: Iterable[ProfileLink]) -> Iterator[ProfileLink]:
    """Yield each profile once, however its address is written."""
    seen: set[str] = set()
    for label, address in links:
        plain = profile_key(address)
        if plain not in seen and len(seen) < _MAX_LINKS and len(address) <= 500:
            seen.add(plain)
            yield label[:60], address


def profile_key(address: str) -> str:
    """The address without what differs between the ways of writing it."""
    plain = re.sub(r"[?&](?:hl|oi|lang)=[\w-]*", "", address.rstrip("/").lower().replace("://www.", "://"))
    return plain.replace("://twitter.com/", "://x.com/").replace("http://", "https://").replace("/@", "/")


def is_profile(address: str) -> bool:
    """Whether the address is that of a profile on a site that is known here, not of a repository or to share a page."""
    parts = split_address(address)
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.strip("/")
    is_code = host in _CODE_HOSTS and "/" in path
    return host in _PROFILE_HOSTS and bool(path) and not is_code and not _NO_PROFILE.search(address)


def _candidates(config: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    theme, footer = config.get("minima"), config.get("footer")
    for name, value in config.items():
        if name in GROUPS:
            yield from _group(value)
        elif _site(str(name)) and (isinstance(value, Mapping) or str(name) != _site(str(name)) or _is_name(value)):
            yield from _one(str(name), value)
    yield from _group(theme.get("social_links") if isinstance(theme, Mapping) else None)
    yield from _group(footer.get("links") if isinstance(footer, Mapping) else None)
    for name in (*GROUPS, "social-media", "social_media"):
        if name != "author":
            yield from _group(data.get(name))


def _group(value: object, depth: int = 0) -> Iterator[tuple[str, str]]:
    if depth > 2:
        return
    if isinstance(value, Mapping):
        if (address := _url(value)) and (label := _label(value)):
            yield label, address
            return
        for name, item in value.items():
            if str(name).lower() in GROUPS:
                yield from _group(item, depth + 1)
            else:
                yield from _one(str(name), item)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, str) and _is_web(item):
                yield host_label(item), item
            else:
                yield from _group(item, depth + 1)


def _one(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the profile under one key, if the key names a site or the value is labelled."""
    site = _site(name)
    if isinstance(value, Mapping):
        address = _url(value)
        named = next((value[key] for key in ("username", "user", "id", "userid") if _is_name(value.get(key))), "")
        if address and (site or _label(value)):
            yield (_label(value) or SITES[site][0]), address
        elif site and named:
            yield from _one(site, named)
    elif site and _is_name(value):
        label, start = SITES[site]
        text = str(value).strip()
        if _is_web(text):
            yield label, text
        elif text.startswith("//") or re.match(r"(?:www\.)?[\w-]+\.(?:com|org|net|io|social)/", text):
            yield label, "https://" + text.lstrip("/")
        elif site == "mastodon" and (match := re.fullmatch(r"@?([\w.]+)@([\w.-]+)", text)):
            yield label, f"https://{match[2]}/@{match[1]}"
        elif start:
            yield label, start + text.removeprefix("@").strip("/")


def _site(name: str) -> str:
    """Return the site that a key names, "" for none."""
    key = name.lower()
    if key in _NOT_PROFILES:
        return ""
    key = _SPELLINGS.sub("", _SUFFIX.sub("", key))
    key = _ALIASES.get(key, key)
    return key if key in SITES else ""


def _is_name(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    text = str(value).strip()
    return bool(text) and not any(character.isspace() for character in text)


def _is_web(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def _url(value: Mapping[str, Any]) -> str:
    found = next((value[key] for key in ("url", "link", "href") if isinstance(value.get(key), str)), "").strip()
    return found if _is_web(found) else ""


def _label(value: Mapping[str, Any]) -> str:
    found = next(
        (value[key] for key in ("label", "title", "name", "type", "icon") if isinstance(value.get(key), str)), ""
    )
    words = re.sub(r"\b(?:fa[bsr]?|icon|fa-brands|fa-solid|fas|fw|fa-fw)\b[\s-]*", "", found).strip(" -")
    site = _site(words)
    return SITES[site][0] if site else words


def host_label(address: str) -> str:
    host = split_address(address).netloc.removeprefix("www.")
    return _HOSTS.get(host, host)
