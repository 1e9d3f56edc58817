"""Read the profile of a site and its owner from the configuration keys of generators and themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.documents.site_profile import SiteProfile

SITES = {
    "github": ("GitHub", "https://github.com/"),
    "gitlab": ("GitLab", "https://gitlab.com/"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/"),
    "mastodon": ("Mastodon", ""),
    "scholar": ("Google Scholar", "https://scholar.google.com/citations?user="),
    "stackoverflow": ("Stack Overflow", "https://stackoverflow.com/users/"),
    "twitter": ("X", "https://x.com/"),
}
GROUPS = ("author", "social", "social_sites", "social_links", "social-network-links", "footer-links", "footer_links")


def read_profile(config: Mapping[str, Any]) -> SiteProfile:
    """Return the profile in ``config``; without an owner's name, the title of the site is used."""
    author = config.get("author")
    details = author if isinstance(author, Mapping) else {"name": author}
    title = _words(config.get("title")) or _words(config.get("name"))
    return SiteProfile(
        title=title,
        owner_name=_words(details.get("name")) or title,
        headline=_words(config.get("tagline")) or _words(config.get("description")),
        email=_words(details.get("email")) or _words(config.get("email")),
        links=tuple(profile_links(config)),
        time_zone=_words(config.get("timezone")),
    )


def profile_links(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield label and URL of each profile, given as ``github_username: mara``, as ``github: mara`` or as a URL."""
    groups = [group for name in GROUPS if isinstance(group := config.get(name), Mapping)]
    for site, (label, start) in SITES.items():
        candidates = [config.get(f"{site}_username"), *(group.get(site) for group in groups), config.get(site)]
        for name in (value.strip() for value in candidates if isinstance(value, str)):
            if name.startswith(("https://", "http://")):
                yield label, name
                break
            if start and name and not any(character.isspace() for character in name):
                yield label, start + name.removeprefix("@")
                break


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
