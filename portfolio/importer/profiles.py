"""The owner's profiles elsewhere, from the many ways in which themes let ``_config.yml`` name them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

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


def profiles(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and address of each: ``github_username: mara``, ``github: mara`` alone or in a group, or the address."""
    groups = [group for name in GROUPS if isinstance(group := config.get(name), Mapping)]
    for site, (label, start) in SITES.items():
        said = [config.get(f"{site}_username"), *(group.get(site) for group in groups), config.get(site)]
        for name in (value.strip() for value in said if isinstance(value, str)):
            if name.startswith(("https://", "http://")):
                yield label, name
                break
            if start and name and not any(character.isspace() for character in name):
                yield label, start + name.removeprefix("@")
                break
