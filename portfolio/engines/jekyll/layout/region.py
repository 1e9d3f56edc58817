"""Region of a rendered page that may hold its main content."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

PLACEHOLDER = "portfolio-placeholder"
PLACEHOLDER_HTML = f'<div id="{PLACEHOLDER}"></div>'

_NEVER = "script, style, template, noscript, nav, form, button, input, select, textarea, svg, [hidden], head"
# Words of classes and ids of what is on every page.
_BOILERPLATE = re.compile(
    r"nav|navbar|navigation|menu|breadcrumbs?|pagination|pager|paginate|share|sharing|sharer|socials?|comments?|disqus|"
    r"giscus|utterances|related|toc|newsletter|subscribe|subscription|cookies?|search|skip|prev|previous|next|backlinks?|"
    r"copyright|masthead|taxonomy|tags|categories|readtime|scroll|edit|permalink|pageviews"
)
_SITE_BOILERPLATE = re.compile(r"footer|sidebar|header|masthead|topbar")


def content_region(html: str, *, landmarks: bool) -> Tag:
    """Return the part of the page that may hold main content, without what never does."""
    soup = BeautifulSoup(html, "html.parser")
    for comment in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        comment.extract()
    for element in soup.select(_NEVER):
        if not element.decomposed and element.find(id=PLACEHOLDER) is None:
            element.decompose()
    body = soup.body or soup
    place = body.find(id=PLACEHOLDER)
    ancestors = {id(parent) for parent in place.parents} if place else set()
    for element in body.find_all(True):
        if (
            not element.decomposed
            and id(element) not in ancestors
            and element is not place
            and _is_boilerplate(element)
        ):
            element.decompose()
    main = next(iter(body.select("main, [role=main]") or body.select("article")), None)
    if landmarks and main is not None and (place is None or id(main) in ancestors):
        return main
    for element in body.find_all(["footer", "header", "aside"]) + body.find_all(True, recursive=False):
        if element.decomposed or id(element) in ancestors or element.find_parent(["main", "article"]) is not None:
            continue
        is_page_header = element.name == "header" or _is_named(element, _SITE_BOILERPLATE)
        if element.name in ("footer", "aside") or (landmarks and is_page_header):
            element.decompose()
    return body


def _is_boilerplate(element: Tag) -> bool:
    return element.get("role") in ("navigation", "search", "banner", "contentinfo") or _is_named(element, _BOILERPLATE)


def _is_named(element: Tag, pattern: re.Pattern[str]) -> bool:
    """Whether a word of the element's class or id is one of the pattern."""
    names = " ".join(map(str, [*element.get_attribute_list("class"), element.get("id")])).lower()
    return any(pattern.fullmatch(word) for word in re.split(r"[\s_-]+", names.replace("None", "")) if word)
