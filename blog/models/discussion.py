"""Discussion of an entry elsewhere: a link with the name of the place, and nothing that is loaded from there."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.blocks.links import safe_href
from portfolio.markdown.addresses import split_address

# What readers call places whose address says it differently; any other is called by its host.
PLACES = {
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "news.ycombinator.com": "Hacker News",
    "reddit.com": "Reddit",
    "lobste.rs": "Lobsters",
    "bsky.app": "Bluesky",
    "linkedin.com": "LinkedIn",
}


@dataclass(frozen=True, slots=True)
class Discussion:
    address: str
    place: str


def discussion_at(stored: str) -> Discussion | None:
    """None for no address, or for one that must not be followed."""
    address = safe_href(stored)
    host = (split_address(address).hostname or "").removeprefix("www.") if address else ""
    return Discussion(address, PLACES.get(host, host)) if host else None
