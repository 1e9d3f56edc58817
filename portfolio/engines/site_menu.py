"""Site menu: the entries of the main menu in the configuration, in data files, and in the front matter of pages.

``_data/navigation.yml`` (Minimal Mistakes, academicpages), ``navbar-links`` (Beautiful Jekyll), ``header_pages``
(Minima), ``nav`` and ``nav_order`` (al-folio, Just the Docs), ``sidebar_link`` (Hydeout), ``order`` of tabs (Chirpy),
``aux_links`` and ``nav_external_links`` beside the pages (Just the Docs).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.documents.title_text import plain_title

_CONFIGURED = ("navbar-links", "navigation", "nav", "menu", "main_menu", "navbar", "nav_links", "header_links", "navs")
_DATA = ("navigation", "nav", "menu", "menus", "main_menu", "navbar", "header", "sidebar_navigation")
_MAIN = ("main", "main-menu", "main_menu", "header", "primary", "top", "menu", "links", "items", "nav", "navbar")
_LABELS = ("title", "label", "name", "text", "page")
_ADDRESSES = ("url", "link", "href", "permalink", "path", "page")
_MAX_ENTRIES = 40

MenuEntry = tuple[str, str]  # label ("" for the title of the page) and address, or path of a file


def site_menu(config: Mapping[str, Any], data: Mapping[str, Any]) -> tuple[MenuEntry, ...]:
    """Return the entries of the menu, those of submenus after the one above them; none if pages say it themselves."""
    for name in _CONFIGURED:
        if entries := tuple(_entries(config.get(name), 0)):
            return entries[:_MAX_ENTRIES]
    for name in _DATA:
        if entries := tuple(_entries(_main(data.get(name)), 0)):
            return entries[:_MAX_ENTRIES]
    pages = config.get("header_pages")
    paths = pages[:_MAX_ENTRIES] if isinstance(pages, list) else []
    return tuple(("", path) for path in paths if isinstance(path, str))


def menu_links(config: Mapping[str, Any]) -> tuple[MenuEntry, ...]:
    """Return the links that a menu shows after the pages that claim a place in it."""
    links = list(_entries(config.get("nav_external_links"), 0))
    aux = config.get("aux_links")
    for label, address in aux.items() if isinstance(aux, Mapping) else ():
        first = next(iter(address), "") if isinstance(address, list) else address
        if isinstance(first, str) and first.strip():
            links.append((plain_title(str(label)), first.strip()))
    return tuple(links[:_MAX_ENTRIES])


def _main(value: object) -> object:
    """Return a data file without its other menus, as those of sidebars."""
    if not isinstance(value, Mapping) or any(name in value for name in _MAIN):
        return value
    return {label: address for label, address in value.items() if isinstance(address, str)}


def _entries(value: object, depth: int) -> Iterator[MenuEntry]:
    if depth > 3:
        return
    if isinstance(value, list):
        for item in value:
            if isinstance(item, Mapping):
                yield from _entry(item, depth)
    elif isinstance(value, Mapping):
        main = next((value[name] for name in _MAIN if isinstance(value.get(name), list | dict)), None)
        if main is not None:
            yield from _entries(main, depth + 1)
            return
        for label, address in value.items():  # Beautiful Jekyll: label and address, or label and a list of such
            if isinstance(address, str):
                yield plain_title(str(label)), address.strip()
            elif isinstance(address, list):
                yield from _entries(address, depth + 1)


def _entry(item: Mapping[str, Any], depth: int) -> Iterator[MenuEntry]:
    label = next((item[name] for name in _LABELS if isinstance(item.get(name), str)), "")
    address = next((item[name] for name in _ADDRESSES if isinstance(item.get(name), str)), "")
    if address:
        yield plain_title(label), address.strip()
    elif not label and len(item) == 1:
        yield from _entries(dict(item), depth + 1)
    for name in ("children", "sub", "sublinks", "dropdown", "subitems", "submenu", "items"):
        yield from _entries(item.get(name), depth + 1)


def menu_position(kind: str, front_matter: Mapping[str, Any]) -> float | None:
    """Return the place in the menu that a page claims for itself; None if it does not."""
    if front_matter.get("nav_exclude") is True or front_matter.get("nav") is False or front_matter.get("parent"):
        return None
    shown = any(front_matter.get(name) is True for name in ("nav", "sidebar_link", "menu", "navigation", "navbar"))
    orders = ("nav_order", "sidebar_sort_order", "menu_order", "nav_weight", *(("order",) if shown else ()))
    if kind == "collection:tabs":
        orders, shown = ("order",), True
    order = next((front_matter[name] for name in orders if isinstance(front_matter.get(name), int | float)), None)
    if order is None:
        return 1000.0 if shown else None
    return float(order)
