"""Links of the old site: resolve URLs to paths inside the site, and paths to pages here."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from urllib.parse import unquote, urljoin, urlsplit

from portfolio.markdown.addresses import decoded, split_address

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?")


def normalise(path: str) -> str:
    """Normalise a URL path that a static host answers alike: no ``index.html``, no trailing slash."""
    path = unquote(path)
    if path.endswith("/index.html"):
        path = path[: -len("index.html")]
    return path.rstrip("/") or "/"


@cache
def plain_host(address: str) -> str:
    """Return the host of ``address`` in lower case, without ``www``; "" if it has none."""
    return split_address(address).netloc.lower().removeprefix("www.")


def host_name(text: str) -> str:
    """Return the host that ``text`` names, alone or as part of a web address, like `plain_host`; "" if it is none."""
    host = text.strip().lower().removeprefix("https://").removeprefix("http://").partition("/")[0].removeprefix("www.")
    return host if _HOST.fullmatch(host) else ""


@cache
def known_hosts(url: str, others: frozenset[str]) -> frozenset[str]:
    """Return the hosts of a site at ``url`` that has ``others`` too, and the one that relative links are given here."""
    return frozenset({"old-site.invalid", plain_host(url), *others} - {""})


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a link inside the old site: path and fragment."""

    path: str
    fragment: str


@dataclass(frozen=True, slots=True)
class OldSite:
    """URL and base path of the old site, which tell its absolute links from external ones; ``hosts`` are its others."""

    url: str = ""
    baseurl: str = ""
    hosts: frozenset[str] = frozenset()

    def target(self, address: str, page_url: str) -> Target | None:
        """Resolve ``address`` on the page at ``page_url`` to a target inside the site; None if it leads elsewhere.

        A fragment alone is not a target.
        """
        address = address.strip()
        if not address or address.startswith("#"):
            return None
        hosts = known_hosts(self.url, self.hosts)
        absolute = address.startswith(("https://", "http://"))
        if absolute and address.isprintable():  # ``urlsplit`` leaves out what is not
            host = address.split("/", 3)[2].partition("?")[0].partition("#")[0]
            if host.lower().removeprefix("www.") not in hosts:
                return None  # as most links
        try:
            parts = urlsplit(address if absolute else urljoin("https://old-site.invalid" + (page_url or "/"), address))
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or parts.netloc.lower().removeprefix("www.") not in hosts:
            return None
        return Target(self.without_base(plain_path(parts.path)), parts.fragment)

    @property
    def base_path(self) -> str:
        """Return the base path of the old site: "" or "/notes"."""
        base = self.baseurl.strip("/")
        return f"/{base}" if base else ""

    def without_base(self, path: str) -> str:
        base = self.base_path
        return path[len(base) :] or "/" if base and (path == base or path.startswith(base + "/")) else path


def plain_path(path: str) -> str:
    """Decode a path and resolve ".." and "%2e%2e" as browsers do, never above the root.

    Several slashes are one, as for web servers: ``{{ site.url }}/{{ site.baseurl }}`` gives two.
    """
    plain = re.sub("//+", "/", decoded(path)) or "/"
    if "/." not in plain:
        return plain
    ending = "/" if plain.endswith(("/", "/.", "/..")) else ""
    return posixpath.normpath("/" + plain.lstrip("/")).rstrip("/") + ending or "/"


class PageNotPlaced(Exception):
    """No page has the address so far, but not all pages are placed yet."""


@dataclass(slots=True)
class AddressBook:
    """Old addresses and the pages that have replaced them; ``lists`` are addresses of listing pages.

    While the book is ``growing``, looking up an address that a later page may get raises ``PageNotPlaced``.
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
        page_id = self.pages.get(plain)
        if page_id is None and self.growing:
            raise PageNotPlaced(path)
        return page_id if page_id is not None else self.pages.get(plain + ".html")


def opening_tag(attributes: Mapping[str, str]) -> str:
    """Return ``<a ...>`` for stored rich text; Wagtail's ``extract_attrs`` resolves only these entities."""
    escaped = {name: escape(value, quote=False).replace('"', "&quot;") for name, value in attributes.items()}
    return "<a " + " ".join(f'{name}="{value}"' for name, value in escaped.items()) + ">"
