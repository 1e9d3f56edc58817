"""Menu that the layouts of a Jekyll site show on the front page, where no configuration names it.

Loads python-liquid, so import it in worker processes only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag

from portfolio.engines.jekyll.liquid.drops import site_values
from portfolio.engines.jekyll.liquid.layouts import layout_chain, render_layouts
from portfolio.engines.jekyll.liquid.render import liquid_of_another
from portfolio.engines.jekyll.liquid.state import LiquidContext
from portfolio.engines.jekyll.site import JekyllSite
from portfolio.engines.site_menu import MenuEntry
from portfolio.markdown.addresses import split_address

MOST_ENTRIES = 15  # a longer list is a table of contents
_MENUS = "nav, [role=navigation], .navbar, .site-nav, #nav, #menu, .menu, .navigation"
# Other lists of links that are marked as navigation.
_OTHER = re.compile(r"breadcrumb|pagina|pager|toc|foot|social|lang|switch|related|post-nav|share|skip", re.IGNORECASE)


def shown_menu(site: JekyllSite) -> tuple[MenuEntry, ...]:
    """Return label and address of each entry; none if the layouts are not in the source or show no menu."""
    front = next((entry for entry in site.entries if entry.url == "/"), None)
    if front is None:
        return ()
    chain = layout_chain(site, front.data.get("layout") or "default", whole=True)
    options = site.engine.markdown_options(site)
    context = LiquidContext(site, dict(front.data), front.path, options)
    page = site_values(site, options, liquid_of_another).page(front)
    html = render_layouts(chain, "", page, context, whole=True) if chain else None
    soup = BeautifulSoup(html or "", "html.parser")
    menus = (tuple(_entries(element)) for element in soup.select(_MENUS) if not _is_other(element))
    return next((menu for menu in menus if menu), ())


def _entries(menu: Tag) -> Sequence[MenuEntry]:
    """Return the entries of a menu; those at its top if there are many, and none for a list that leads elsewhere."""
    links = list(menu.select("a[href]"))
    if len(links) > MOST_ENTRIES:
        links = [link for link in links if len(link.find_parents(["ul", "ol"])) == 1]
    found = list(dict.fromkeys(_named(links)))
    inside = [address for _, address in found if not split_address(address).netloc]
    return found if len(inside) > 1 and len(found) <= MOST_ENTRIES else []


def _named(links: Sequence[Tag]) -> Iterator[MenuEntry]:
    for link in links:
        hidden = link.select(".sr-only, .visually-hidden")
        for element in hidden:
            element.decompose()
        label, address = " ".join(link.get_text(" ").split()), str(link["href"]).strip()
        is_part = address.startswith("#") or split_address(address).scheme not in ("", "http", "https")
        if any(map(str.isalnum, label)) and address and not is_part:
            yield label, address


def _is_other(element: Tag) -> bool:
    names = [str(name) for name in (*element.get_attribute_list("class"), element.get("id"), element.get("aria-label"))]
    is_box = element.name != "nav" and element.find("nav") is not None  # the menu is in it, with other lists
    is_below = element.find_parent(["footer", "main", "article"]) is not None
    return is_box or is_below or _OTHER.search(" ".join(names)) is not None
