"""Read the profile of a site and its owner from the configuration and data files of generators and themes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from portfolio.documents.language_codes import language_code
from portfolio.documents.site_profile import SiteProfile
from portfolio.documents.title_text import without_markdown
from portfolio.engines.profile_links import profile_links
from portfolio.engines.site_menu import menu_links, site_menu
from portfolio.markdown.text import visible_text

LONGEST_HEADLINE = 300  # characters
# Words of credits, which say how a site was made.
ABOUT_THEME = re.compile(r"\b(?:theme|powered|template|built|designed|made|generated|hosted)\b", re.IGNORECASE)
_SENTENCE = re.compile(r".{20,}?[.!?](?=\s)", re.DOTALL)


def read_profile(config: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> SiteProfile:
    """Return the profile in ``config`` and the data files; without an owner's name, the title of the site is used."""
    data = data or {}
    author, social = _author(config, data), _mapping(config.get("social"))
    title = plain(config.get("title")) or plain(config.get("name"))
    parts = [plain(config.get(f"{part}_name")) for part in ("first", "middle", "last")]
    if title.lower() in ("", "blank") and parts[0]:
        title = " ".join(filter(None, parts))  # al-folio shows the name then
    tagline = plain(config.get("tagline")) or plain(config.get("subtitle")) or plain(config.get("slogan"))
    description = _text(config.get("description"))
    bio = _text(author.get("bio")) or _text(author.get("about")) or _text(config.get("bio"))
    if not bio and (tagline or len(plain(description)) > LONGEST_HEADLINE) and plain(description) != tagline:
        bio = description
    return SiteProfile(
        title=title,
        owner_name=plain(author.get("name")) or plain(social.get("name")) or " ".join(filter(None, parts)) or title,
        headline=_headline(tagline or plain(description)),
        email=_email(author, social, config, data),
        links=tuple(profile_links({**config, "author": author}, data)),
        language=_language(config),
        time_zone=plain(config.get("timezone")),
        bio=bio,
        portrait=_portrait(author, config),
        location=plain(author.get("location")) or plain(config.get("location")),
        menu=site_menu(config, data),
        menu_links=menu_links(config),
        licence=_foot(config),
    )


def plain(value: object) -> str:
    """Return text in Markdown or HTML as its words, on one line."""
    if not isinstance(value, str):
        return ""
    text = without_markdown(value)
    text = visible_text(text) if "<" in text or "&" in text else text
    return " ".join(text.split())


def _author(config: Mapping[str, Any], data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is said of the owner; ``author`` may be a mapping, a name, or the key of one of several people."""
    author = config.get("author")
    if isinstance(author, Mapping):
        return author
    for people in (data.get("authors"), config.get("authors")):
        if isinstance(author, str) and isinstance(about := _mapping(people).get(author), Mapping):
            return about
    return {"name": author} if isinstance(author, str) else {}


def _headline(text: str) -> str:
    sentence = _SENTENCE.match(text) if len(text) > LONGEST_HEADLINE else None
    return sentence[0] if sentence and len(sentence[0]) <= LONGEST_HEADLINE else text


def _email(*places: Mapping[str, Any]) -> str:
    groups = [_mapping(place.get(name)) for place in places for name in ("social-network-links", "socials", "social")]
    links = [place.get("links") for place in (*places, *groups)]
    entries = [_mapping(entry) for listed in links if isinstance(listed, list) for entry in listed]
    addresses = [text for entry in entries if (text := _text(entry.get("url"))).startswith("mailto:")]
    found = (plain(value) for value in (*(place.get("email") for place in (*places, *groups)), *addresses))
    return next(filter(None, found), "").removeprefix("mailto:").strip()


def _language(config: Mapping[str, Any]) -> str:
    names = ("lang", "locale", "language", "default_lang")
    defaults = config.get("defaults")
    everywhere = [
        _mapping(entry.get("values"))
        for entry in (defaults if isinstance(defaults, list) else ())
        if isinstance(entry, Mapping) and not any(_mapping(entry.get("scope")).values())
    ]
    codes = (language_code(place.get(name)) for place in (config, *everywhere) for name in names)
    return next(filter(None, codes), "")


def _foot(config: Mapping[str, Any]) -> str:
    """Return what the owner wrote for the foot of pages; a theme's words about itself are none."""
    texts = (_text(config.get(name)) for name in ("footer_content", "footer_text", "footer-text"))
    return next((text for text in texts if text and not ABOUT_THEME.search(text)), "")


def _portrait(author: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    names = ("avatar", "picture", "photo", "image", "portrait")
    candidates = [author.get(name) for name in names]
    candidates += [config.get(name) for name in ("avatar", "author_image", "author_photo", "author_avatar", "portrait")]
    candidates += [config.get(name) for name in ("profile_picture", "profile_image", "profile-picture", "bio-photo")]
    return next((text.strip() for text in candidates if isinstance(text, str) and text.strip()), "")


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
