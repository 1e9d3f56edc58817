"""View cache: what a page's view works out from what is stored, kept in the process until the site version grows.

The page cache answers readers; whoever it does not serve (editors who are signed in, addresses with parameters) would
have the same body rendered again and again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.utils.translation import get_language
from wagtail.models import Site

from portfolio.models.site_state import cached_for_version, keeps_values

Value = TypeVar("Value")

MAX_CHARACTERS = 8_000_000  # of the HTML that is kept
OVERHEAD = 200  # of an entry, in characters


class ViewCache:
    """LRU cache by (page, name, language), limited by characters. Threads share it, so nobody may change a value."""

    def __init__(self, most: int = MAX_CHARACTERS) -> None:
        self.most = most
        self.size = 0
        self.values: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self.lock = threading.Lock()

    def __contains__(self, key: tuple[Any, ...]) -> bool:
        return key in self.values

    def get(self, key: tuple[Any, ...], make: Callable[[], Value]) -> Value:
        with self.lock:
            if key in self.values:
                self.values.move_to_end(key)
                return cast(Value, self.values[key])
        value = make()
        with self.lock:
            if key not in self.values and size_of(value) <= self.most:
                self.values[key] = value
                self.size += size_of(value)
                while self.size > self.most:
                    self.size -= size_of(self.values.popitem(last=False)[1])
        return value


def size_of(value: object) -> int:
    texts = value if isinstance(value, tuple) else (value,)
    return OVERHEAD + sum(len(text) for text in texts if isinstance(text, str))


def view_value(page: Any, name: str, make: Callable[[], Value]) -> Value:
    """The value called ``name`` that ``make`` works out for ``page``: its body as HTML, entries like it.

    It may depend on the stored page, the site, the language of the reader and whatever has the site version, and on
    nothing else. Kept of pages that readers asked for; a preview and a page in a form have it made each time.
    """
    return _views().get(_key(page, name), make) if _is_kept(page) else make()


def address_value(address: str, name: str, make: Callable[[], Value]) -> Value:
    """The value called ``name`` that ``make`` works out for everybody who asks for the whole ``address``: its feed.

    Of the request it may depend on nothing else, but for the language.
    """
    return _views().get((address, name, get_language()), make) if keeps_values() else make()


def knows_body(page: Any, *, listed: bool = False) -> bool:
    """Whether the body of ``page`` has been rendered in this language since the site changed, also on a list's page."""
    return _is_kept(page) and _key(page, html_name(listed=listed)) in _views()


def html_name(*, listed: bool) -> str:
    """The name of the HTML: on the page of a list the first image is not what the reader sees first."""
    return "listed html" if listed else "html"


def _is_kept(page: Any) -> bool:
    # With several sites an address may be a path on one of them and whole on another.
    return keeps_values() and getattr(page, "is_as_stored", False) and len(site_roots()) == 1


def _key(page: Any, name: str) -> tuple[Any, ...]:
    return page.pk, name, get_language()


def _views() -> ViewCache:
    return cached_for_version("views", ViewCache)


def site_roots() -> Any:
    """The root pages of the sites, as Wagtail describes them."""
    return cached_for_version("site roots", Site.get_site_root_paths)
