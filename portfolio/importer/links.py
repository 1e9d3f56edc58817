"""Addresses as the old site used them: which are its own, and which page or file each one meant."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from urllib.parse import unquote, urljoin, urlsplit

from portfolio.markdown.addresses import decoded, split_address


def normalise(path: str) -> str:
    """One spelling for the addresses that a static host answers alike: no ``index.html``, no trailing slash."""
    path = unquote(path)
    if path.endswith("/index.html"):
        path = path[: -len("index.html")]
    return path.rstrip("/") or "/"


@cache
def plain_host(address: str) -> str:
    """The host of ``address`` in small letters, without ``www``; "" when it has none."""
    return split_address(address).netloc.lower().removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link inside the old site led: its path as written there, and the fragment."""

    path: str
    fragment: str


@dataclass(frozen=True, slots=True)
class OldSite:
    """The old site's own address, by which its absolute links are told from foreign ones."""

    url: str = ""
    baseurl: str = ""

    def target(self, address: str, page_url: str) -> Target | None:
        """What ``address``, written on the page at ``page_url``, meant inside the site; None when it led elsewhere.

        A bare fragment stays on its page and is not a target.
        """
        address = address.strip()
        if not address or address.startswith("#"):
            return None
        absolute = address.startswith(("https://", "http://"))
        try:
            parts = urlsplit(address if absolute else urljoin("https://old-site.invalid" + (page_url or "/"), address))
        except ValueError:
            return None
        hosts = {"old-site.invalid", plain_host(self.url)} - {""}
        if parts.scheme not in ("http", "https") or parts.netloc.lower().removeprefix("www.") not in hosts:
            return None
        return Target(self.without_base(plain_path(parts.path)), parts.fragment)

    @property
    def base_path(self) -> str:
        """The path that the old site lay under: "" or "/notes"."""
        base = self.baseurl.strip("/")
        return f"/{base}" if base else ""

    def without_base(self, path: str) -> str:
        base = self.base_path
        return path[len(base) :] or "/" if base and (path == base or path.startswith(base + "/")) else path


def plain_path(path: str) -> str:
    """The path decoded as browsers understand it: "%2e%2e" goes up as ".." does, and never above the top."""
    plain = decoded(path) or "/"
    if "/." not in plain:
        return plain
    ending = "/" if plain.endswith(("/", "/.", "/..")) else ""
    return posixpath.normpath("/" + plain.lstrip("/")).rstrip("/") + ending or "/"


class NotYetKnown(Exception):
    """Whether a page answers at an address can be said only when all pages have their place."""


@dataclass(slots=True)
class AddressBook:
    """Old addresses and the pages that answer for them now; ``lists`` are those of listings, which are no pages.

    While the book is ``growing`` it says nothing of an address that a later page may have.
    """

    pages: dict[str, int] = field(default_factory=dict)
    urls: dict[int, str] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    growing: bool = False

    def add(self, page_id: int, page_url: str, old_urls: Iterable[str]) -> None:
        self.urls[page_id] = page_url
        for old in old_urls:
            self.pages.setdefault(normalise(old), page_id)

    def page(self, path: str) -> int | None:
        plain = normalise(path)
        found = self.pages.get(plain)
        if found is None and self.growing:
            raise NotYetKnown(path)
        return found if found is not None else self.pages.get(plain + ".html")


def opening_tag(attributes: Mapping[str, str]) -> str:
    """``<a ...>`` as Wagtail's rich text reads it, which knows no other entities than these (``extract_attrs``)."""
    said = {name: escape(value, quote=False).replace('"', "&quot;") for name, value in attributes.items()}
    return "<a " + " ".join(f'{name}="{value}"' for name, value in said.items()) + ">"
