"""Forges: which addresses are repositories of GitHub, GitLab and Codeberg, and what their APIs say of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from portfolio.markdown.addresses import split_address
from portfolio.markdown.characters import without_controls

# What the API at an address answers, None where it has nothing (404). Raises ``RepositoryError``.
Ask = Callable[[str], Any]

SEGMENT = re.compile(r"[\w.~-]{1,100}")
MOST_STARS = 2**31 - 1
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """What a forge says of a repository; "" or None for what it does not know."""

    stars: int | None = None
    language: str = ""
    licence: str = ""
    release: str = ""
    released_on: date | None = None


@dataclass(frozen=True, slots=True)
class Forge:
    """A host of repositories. ``read`` asks its API about the repository of a path such as "owner/name"."""

    host: str
    api: str
    read: Callable[[str, str, Ask], ReadFacts | None]
    is_nested: bool = False


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository; ``address`` is the one form in which it is stored, whatever a link to it looks like."""

    forge: Forge
    path: str

    @property
    def address(self) -> str:
        return f"https://{self.forge.host}/{self.path}".lower()

    def read(self, ask: Ask) -> ReadFacts | None:
        """The facts, None where the forge has no such public repository."""
        return self.forge.read(self.forge.api, self.path, ask)


def repository_of(address: str) -> Repository | None:
    """The repository that a link leads to, also to a file of it; None for any other address."""
    parts = split_address(address)
    forge = FORGES.get((parts.hostname or "").removeprefix("www.")) if parts.scheme in ("http", "https") else None
    if forge is None:
        return None
    path = parts.path.partition("/-/")[0].strip("/").removesuffix(".git")
    segments = path.split("/")
    segments = segments[:10] if forge.is_nested else segments[:2]
    segments[-1] = segments[-1].removesuffix(".git")
    if len(segments) < 2 or not all(SEGMENT.fullmatch(part) and part.strip(".") for part in segments):
        return None
    return Repository(forge, "/".join(segments))


def read_github(api: str, path: str, ask: Ask) -> ReadFacts | None:
    """https://docs.github.com/rest/repos/repos and /releases."""
    found = ask(f"{api}/repos/{path}")
    if not isinstance(found, Mapping):
        return None
    licence = mapping(found.get("license"))
    release = mapping(ask(f"{api}/repos/{path}/releases/latest"))
    return ReadFacts(
        stars=stars(found.get("stargazers_count")),
        language=words(found.get("language")),
        licence=licence_name(licence.get("spdx_id"), licence.get("name")),
        release=words(release.get("tag_name")),
        released_on=day(release.get("published_at")),
    )


def read_gitlab(api: str, path: str, ask: Ask) -> ReadFacts | None:
    """https://docs.gitlab.com/api/projects and /releases; the language is the one with the largest share."""
    project = f"{api}/projects/{quote(path, safe='')}"
    found = ask(f"{project}?license=true")
    if not isinstance(found, Mapping):
        return None
    licence = mapping(found.get("license"))
    shares = {
        name: part for name, part in mapping(ask(f"{project}/languages")).items() if isinstance(part, int | float)
    }
    releases = ask(f"{project}/releases?per_page=1")
    release = mapping(releases[0]) if isinstance(releases, list) and releases else {}
    return ReadFacts(
        stars=stars(found.get("star_count")),
        language=words(max(shares, key=lambda name: shares[name], default="")),
        licence=licence_name(licence.get("nickname"), licence.get("name")),
        release=words(release.get("tag_name")),
        released_on=day(release.get("released_at")),
    )


def read_forgejo(api: str, path: str, ask: Ask) -> ReadFacts | None:
    """https://codeberg.org/api/swagger."""
    found = ask(f"{api}/repos/{path}")
    if not isinstance(found, Mapping):
        return None
    licences = found.get("licenses")
    release = mapping(ask(f"{api}/repos/{path}/releases/latest"))
    return ReadFacts(
        stars=stars(found.get("stars_count")),
        language=words(found.get("language")),
        licence=words(licences[0]) if isinstance(licences, list) and licences else "",
        release=words(release.get("tag_name")),
        released_on=day(release.get("published_at")),
    )


FORGES = {
    forge.host: forge
    for forge in (
        Forge("github.com", "https://api.github.com", read_github),
        Forge("gitlab.com", "https://gitlab.com/api/v4", read_gitlab, is_nested=True),
        Forge("codeberg.org", "https://codeberg.org/api/v1", read_forgejo),
    )
}


# Values as a stranger may have sent them: whatever is of another kind is empty.


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def words(value: Any) -> str:
    return " ".join(without_controls(value).split())[:100] if isinstance(value, str) else ""


def licence_name(short: Any, name: Any) -> str:
    """ "MIT"; GitHub says NOASSERTION and "Other" where it could not tell."""
    shown = words(short) or words(name)
    return "" if shown in ("NOASSERTION", "NONE", "Other") else shown


def stars(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= MOST_STARS else None


def day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) and DAY.match(value) else None
    except ValueError:
        return None
