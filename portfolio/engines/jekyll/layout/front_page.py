"""Front page as the layouts of a Jekyll site show it: the menu, the profiles of the owner, and the licence.

Loads python-liquid, so import it in worker processes only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from portfolio.engines.jekyll.liquid.drops import site_values
from portfolio.engines.jekyll.liquid.layouts import layout_chain, render_layouts
from portfolio.engines.jekyll.liquid.render import liquid_of_another
from portfolio.engines.jekyll.liquid.state import LiquidContext
from portfolio.engines.jekyll.site import JekyllSite
from portfolio.engines.layout_parts import FrontPageParts
from portfolio.engines.profile_links import ProfileLink, host_label, is_profile
from portfolio.engines.site_menu import MenuEntry
from portfolio.engines.site_profile import ABOUT_THEME
from portfolio.markdown.addresses import split_address

LONGEST_LICENCE = 300  # characters
MOST_ENTRIES = 15  # a longer list is a table of contents
_MENUS = "nav, [role=navigation], .navbar, .site-nav, #nav, #menu, .menu, .navigation"
_AROUND = re.compile(r"social|contact|author|profile|footer|sidebar|icons|follow", re.IGNORECASE)
_LICENCE = re.compile(r"\bcreativecommons\.org/(?:licenses|publicdomain)/", re.IGNORECASE)
# Other lists of links that are marked as navigation.
_OTHER = re.compile(r"breadcrumb|pagina|pager|toc|foot|social|lang|switch|related|post-nav|share|skip", re.IGNORECASE)


def shown_on_front_page(site: JekyllSite) -> FrontPageParts:
    """Return the menu, the profiles and the licence; none where no layout shows them."""
    others = (site.entry(file.path) for file in site.files if file.engine_kind != "post")  # no post is the front page
    front = next((entry for entry in others if entry is not None and entry.url == "/"), None)
    if front is None:
        return FrontPageParts()
    chain = layout_chain(site, front.data.get("layout") or "default", whole=True)
    options = site.engine.markdown_options(site)
    context = LiquidContext(site, dict(front.data), front.path, options)
    page = site_values(site, options, liquid_of_another).page(front)
    html = render_layouts(chain, "", page, context, whole=True) if chain else None
    soup = BeautifulSoup(html or "", "html.parser")
    profiles = tuple(_profiles(soup))
    own_host = split_address(str(site.config.get("url") or "")).netloc.lower()
    menus = (tuple(_entries(element, own_host)) for element in soup.select(_MENUS) if not _is_other(element))
    return FrontPageParts(next((tuple(menu) for menu in menus if menu), ()), profiles, _licence(soup))


def _licence(soup: BeautifulSoup) -> str:
    """Return the paragraph that names the licence of the site; the link alone beside words about the generator."""
    link = next((link for link in soup.select("a[href]") if _LICENCE.search(str(link["href"]))), None)
    if link is None:
        return ""
    block = link.find_parent(["p", "li", "small", "div", "span", "footer"])
    is_short = block is not None and len(block.get_text(" ")) <= LONGEST_LICENCE and not _is_credit(link)
    return f"<p>{' '.join(_inline(block if block is not None and is_short else link).split())}</p>"


def _inline(element: Tag) -> str:
    """Return the text of an element as HTML with its links; a picture is its description."""
    if element.name == "img":
        return escape(str(element.get("alt") or ""))
    text = "".join(
        _inline(child) if isinstance(child, Tag) else escape(child) if type(child) is NavigableString else ""
        for child in element.children
    )
    if element.name == "a" and element.has_attr("href"):
        return f'<a href="{escape(str(element["href"]))}">{text.strip() or "Licence"}</a>'
    return text


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
    return block is not None and ABOUT_THEME.search(block.get_text(" ")) is not None


def _entries(menu: Tag, own_host: str) -> Sequence[MenuEntry]:
    """Return the entries of a menu; those at its top if there are many, and none for a list that leads elsewhere."""
    links = list(menu.select("a[href]"))
    if len(links) > MOST_ENTRIES:
        links = [link for link in links if len(link.find_parents(["ul", "ol"])) == 1]
    found = list(dict.fromkeys(_named(links)))
    inside = [address for _, address in found if split_address(address).netloc.lower() in ("", own_host)]
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
