"""Front page as the layouts of a Jekyll site show it: the menu, and the profiles of the owner.

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
from portfolio.engines.profile_links import ProfileLink, host_label, is_profile
from portfolio.engines.site_menu import MenuEntry
from portfolio.markdown.addresses import split_address

MOST_ENTRIES = 15  # a longer list is a table of contents
_MENUS = "nav, [role=navigation], .navbar, .site-nav, #nav, #menu, .menu, .navigation"
_AROUND = re.compile(r"social|contact|author|profile|footer|sidebar|icons|follow", re.IGNORECASE)
_CREDIT = re.compile(r"\b(?:theme|powered|template|built|designed|made|generated|hosted)\b", re.IGNORECASE)
# Other lists of links that are marked as navigation.
_OTHER = re.compile(r"breadcrumb|pagina|pager|toc|foot|social|lang|switch|related|post-nav|share|skip", re.IGNORECASE)


def shown_on_front_page(site: JekyllSite) -> tuple[tuple[MenuEntry, ...], tuple[ProfileLink, ...]]:
    """Return label and address of each entry of the menu, and of each profile; none where no layout shows them."""
    others = (site.entry(file.path) for file in site.files if file.engine_kind != "post")  # no post is the front page
    front = next((entry for entry in others if entry is not None and entry.url == "/"), None)
    if front is None:
        return (), ()
    chain = layout_chain(site, front.data.get("layout") or "default", whole=True)
    options = site.engine.markdown_options(site)
    context = LiquidContext(site, dict(front.data), front.path, options)
    page = site_values(site, options, liquid_of_another).page(front)
    html = render_layouts(chain, "", page, context, whole=True) if chain else None
    soup = BeautifulSoup(html or "", "html.parser")
    profiles = tuple(_profiles(soup))
    menus = (tuple(_entries(element)) for element in soup.select(_MENUS) if not _is_other(element))
    return next((menu for menu in menus if menu), ()), profiles


def _profiles(soup: BeautifulSoup) -> Iterator[ProfileLink]:
    """Yield the profiles around the text; those of the people who made the theme or the generator are credits."""
    for link in soup.select("a[href]"):
        address = str(link["href"]).strip()
        if is_profile(address) and _is_around(link) and not _is_credit(link):
            yield host_label(address), address


def _is_around(link: Tag) -> bool:
    names = [" ".join(map(str, [*parent.get_attribute_list("class"), parent.get("id")])) for parent in link.parents]
    return link.find_parent(["footer", "header", "aside"]) is not None or any(map(_AROUND.search, names))


def _is_credit(link: Tag) -> bool:
    """Whether the sentence around the link is about how the site was made."""
    block = link.find_parent(["p", "li", "small", "div", "footer"])
    return block is not None and _CREDIT.search(block.get_text(" ")) is not None


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
