"""New configuration: write ``_config.yml`` for a site that has none."""

from __future__ import annotations

from portfolio.documents.front_matter_edit import new_front_matter
from portfolio.documents.site_profile import SiteProfile
from portfolio.engines.profile_links import SITES

_USERNAMES = ("github", "gitlab", "linkedin", "stackoverflow", "twitter")  # themes read ``github_username`` and so on


def new_config(profile: SiteProfile) -> bytes:
    """Return ``profile`` as YAML with the keys that Jekyll and themes use."""
    usernames = {
        f"{site}_username": address.removeprefix(SITES[site][1]).strip("/")
        for site in _USERNAMES
        for _, address in profile.links
        if address.startswith(SITES[site][1])
    }
    author = {name: text for name, text in (("name", profile.owner_name), ("email", profile.email)) if text}
    values = {
        "title": profile.title,
        "description": profile.headline,
        "url": profile.url,
        "author": author,
        **usernames,
        "lang": profile.language,
        "timezone": profile.time_zone,
        "permalink": f"{profile.posts_path}:title/" if profile.posts_path else "",
        "markdown": "kramdown",
    }
    return new_front_matter(values).removeprefix("---\n").removesuffix("---\n").encode()
