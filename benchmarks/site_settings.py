"""Settings of an imported site beside what the old site said of itself: its configuration and Jekyll's front page."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from bs4 import BeautifulSoup, Tag

# Keys of themes, and the column that has their value; what is not on this list is found on the front page.
KEYS = {
    "title": "site_name",
    "author": "owner_name", "author.name": "owner_name", "social.name": "owner_name",
    "email": "email", "author.email": "email", "social.email": "email",
    "location": "location", "author.location": "location",
    "bio": "bio", "author.bio": "bio",
    "tagline": "headline", "description": "headline",
    "timezone": "time_zone",
    "lang": "language_code", "locale": "language_code",
    "avatar": "portrait_id", "author.avatar": "portrait_id", "author.picture": "portrait_id",
}  # fmt: skip
PROFILES = (
    "github.com gitlab.com linkedin.com x.com twitter.com scholar.google.com orcid.org researchgate.net bsky.app "
    "mastodon.social instagram.com facebook.com youtube.com medium.com stackoverflow.com kaggle.com threads.net osf.io"
).split()
AROUND = re.compile(r"social|contact|author|profile|footer|sidebar|icons|follow", re.IGNORECASE)
MENUS = "nav a[href], .navbar a[href], #sidebar .nav a[href], .site-nav a[href]"
PAGINATION = re.compile("pagina|pager")
MOST_ENTRIES = 15
NO_PROFILE = re.compile(r"/(?:share|sharer|intent|sharing|search)\b|[?&](?:url|u|text)=")


@dataclass(slots=True)
class SettingFigures:
    present: int = 0
    missing: list[str] = field(default_factory=list)

    def check(self, name: str, *, found: bool) -> None:
        self.present += 1
        if not found:
            self.missing.append(name)

    @property
    def share(self) -> float | None:
        return 100 * (self.present - len(self.missing)) / self.present if self.present else None


def setting_figures(source: Path, build: Path, database: Path) -> SettingFigures:
    """Compare ``source`` and what Jekyll made of it with the settings in the SQLite ``database``."""
    result, stored = SettingFigures(), stored_settings(database)
    for key, value in configured(source):
        column = KEYS[key]
        kept = stored[column]
        if column == "portrait_id":
            result.check(key, found=kept is not None)
        elif column in ("headline", "bio"):  # a long description is the text about the owner
            result.check(key, found=words(value) in words(f"{stored['headline']} {stored['bio']}"))
        elif column == "language_code":
            result.check(key, found=str(kept)[:2] == value[:2].lower())
        else:
            result.check(key, found=words(value) in words(f"{kept} {stored['owner_name']}"))
    base = str(read_config(source).get("baseurl") or "").strip("/")
    front = build / base / "index.html"
    if front.is_file():
        soup = BeautifulSoup(front.read_text(encoding="utf-8", errors="replace"), "html.parser")
        for address in profiles(soup):
            result.check(address, found=plain(address) in stored["links"])
        for label in menu(soup, base):
            result.check(f"menu: {label}", found=words(label) in stored["menu"])
    return result


def configured(source: Path) -> Iterator[tuple[str, str]]:
    """The keys of `KEYS` that have a value in the configuration."""
    config = read_config(source)
    for key in KEYS:
        value: Any = config
        for part in key.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if not isinstance(value, str) or not value.strip() or value.startswith("http"):
            continue
        if KEYS[key] != "portrait_id" or has_file(source, value):
            yield key, value.strip()


def has_file(source: Path, address: str) -> bool:
    """Whether the source has a picture of this name, wherever the theme looks for it."""
    return any(source.rglob(Path(address.strip()).name))


def read_config(source: Path) -> Mapping[str, Any]:
    file = source / "_config.yml"
    return (yaml.safe_load(file.read_text(encoding="utf-8")) or {}) if file.is_file() else {}


def stored_settings(database: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        stored = dict(connection.execute("SELECT * FROM portfolio_sitesettings").fetchone() or {})
        stored["site_name"] = connection.execute("SELECT site_name FROM wagtailcore_site").fetchone()[0]
        titles = dict(map(tuple, connection.execute("SELECT id, title FROM wagtailcore_page")))
    links = [item["value"] for item in json.loads(stored.get("links") or "[]")]
    entries = [item["value"] for item in json.loads(stored.get("navigation") or "[]")]
    stored["links"] = {plain(link["url"]) for link in links}
    stored["menu"] = {words(entry["label"] or titles.get(entry["page"], "")) for entry in entries}
    return stored


def profiles(soup: BeautifulSoup) -> Iterator[str]:
    """The owner's profiles on the front page, each once."""
    seen: set[str] = set()
    for link in soup.select("a[href]"):
        address = str(link["href"]).strip()
        parts = urlsplit(address)
        host = parts.netloc.removeprefix("www.")
        is_code = host == "github.com" and parts.path.strip("/").count("/") > 0
        is_profile = host in PROFILES and parts.path.strip("/") and not is_code and not NO_PROFILE.search(address)
        if is_profile and plain(address) not in seen and is_around(link):
            seen.add(plain(address))
            yield address


def is_around(link: Tag) -> bool:
    names = [" ".join(map(str, [*parent.get_attribute_list("class"), parent.get("id")])) for parent in link.parents]
    return any(AROUND.search(name) for name in names) or link.find_parent(["footer", "header", "aside"]) is not None


def menu(soup: BeautifulSoup, base: str) -> Iterator[str]:
    """The labels of the main menu, without the front page."""
    seen: set[str] = set()
    links = [link for link in soup.select(MENUS) if link.find_parent(class_=PAGINATION) is None]
    if len(links) > MOST_ENTRIES:  # with all that is below the entries
        links = [link for link in links if len(link.find_parents(["ul", "ol"])) == 1]
    for link in links:
        label, address = " ".join(link.get_text(" ").split()), str(link["href"])
        is_front = urlsplit(address).path.strip("/") in ("", base) or address.startswith("#")
        is_language = any("lang" in str(parent.get("class")) for parent in link.parents)
        if label and words(label) not in seen and not (is_front or is_language) and link.find_parent("main") is None:
            seen.add(words(label))
            yield label


def plain(address: str) -> str:
    text = re.sub(r"^https?://(?:www\.)?", "", re.sub(r"[?&]hl=[\w-]*", "", address.strip().lower())).rstrip("/")
    return text.replace("twitter.com/", "x.com/")


def words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"<[^>]*>", " ", text).lower()))
