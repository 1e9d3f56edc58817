"""Layouts: find the layouts of a document and render them around a text."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from liquid import Node, RenderContext
from liquid.exceptions import LiquidError, LiquidInterrupt, OutputStreamLimitError
from liquid.template import BoundTemplate

from portfolio.documents.front_matter import FrontMatterError, split_front_matter
from portfolio.documents.limits import MAX_FILE
from portfolio.engines.jekyll.liquid.environment import JekyllEnvironment
from portfolio.engines.jekyll.liquid.render import liquid_of_another
from portfolio.engines.jekyll.liquid.state import LiquidContext
from portfolio.engines.jekyll.liquid.values import liquid_value
from portfolio.engines.jekyll.site import JekyllSite
from portfolio.engines.jekyll.theme.layouts import CHILD_PAGES, theme_layout
from portfolio.engines.walk import read_bytes, refusal

MAX_LAYOUTS = 8  # nested layouts
_EXTENSIONS = (".html", ".liquid", ".md", "")
# Parts of a page that never show the document: not rendered, since a menu may loop over the whole site.
_PAGE_CHROME = re.compile(
    r"(?:^|[/_.-])(?:nav\w*|menu|foot(?:er)?|head|sidebar|comments?\w*|disqus|analytics|shar\w+|scripts?|styles?|search|"
    r"related\w*|pagination|seo|meta|toc|tracking|cookies?|favicons?|breadcrumbs?)(?:$|[/_.-])"
)
_INCLUDE = re.compile(r"{%-?\s*include(?:_cached)?\s+([^\s{}%]+)(?:[^%]|%(?!}))*%}")
# Lists for which this site has pages of its own.
_OWN_LISTS: Mapping[str, Any] = {"posts": [], "related_posts": [], "categories": {}, "tags": {}}


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout; ``data`` is its front matter. ``in_source`` is False for one of a theme that is known here."""

    name: str
    text: str
    data: Mapping[str, Any]
    in_source: bool = True


class WholeEnvironment(JekyllEnvironment):
    """Environment with a limit for loops, since a layout is rendered for many documents."""

    loop_iteration_limit = 50_000


class LayoutEnvironment(WholeEnvironment):
    """Environment without what is the same on every page."""

    def partial(self, name: str, text: str) -> list[Node]:
        return super().partial(name, without_chrome(text))


def without_chrome(text: str) -> str:
    """Return a template without includes that show the same on every page: menus, comments, scripts.

    The list of the pages below one, which Just the Docs takes from its menu, is the same without that.
    """

    def without(tag: re.Match[str]) -> str:
        name = tag[1].lower().strip("\"'")
        if name.endswith("/children_nav.html"):
            return CHILD_PAGES
        return "" if _PAGE_CHROME.search(name) else tag[0]

    return _INCLUDE.sub(without, text)


def layout_chain(site: JekyllSite, name: object, *, whole: bool = False) -> tuple[Layout, ...]:
    """Return the layout of that name and its parent layouts, as far as they are known; the innermost first.

    They are ``whole`` or without what is the same on every page.
    """
    chain: list[Layout] = []
    while isinstance(name, str) and name and name not in ("none", "null", *(layout.name for layout in chain)):
        layout = _find(site, name, whole=whole) if len(chain) < MAX_LAYOUTS else None
        if layout is None:
            break
        chain.append(layout)
        name = layout.data.get("layout")
    return tuple(chain)


def _find(site: JekyllSite, name: str, *, whole: bool) -> Layout | None:
    folder = str(site.config.get("layouts_dir") or "_layouts")
    found = _read(site.root, folder, name, whole)
    if found is not None:
        return found
    text = theme_layout(site.config, name)
    return Layout(name, text, {}, in_source=False) if text else None


@lru_cache(maxsize=64)
def _read(root: Path, folder: str, name: str, whole: bool) -> Layout | None:
    if ".." in name.split("/") or name.startswith("/"):
        return None
    path = next((path for end in _EXTENSIONS if (path := root / folder / f"{name}{end}").is_file()), None)
    if path is None or refusal(path, root):
        return None
    try:
        data = read_bytes(path, MAX_FILE)
        front = split_front_matter(data)
        text = data[front.body_start :].decode("utf-8-sig")
    except (OSError, ValueError, FrontMatterError):
        return None
    return Layout(name, text if whole else without_chrome(text), front.values)


def render_layouts(
    chain: Sequence[Layout], content: str, page: Mapping[str, Any], context: LiquidContext, *, whole: bool = False
) -> str | None:
    """Return ``content`` inside the layouts, shown for ``page``; None if one of them cannot be parsed.

    A tag or an include that fails shows nothing; the rest of the page does.
    """
    variables = context.variables(liquid_of_another)
    variables |= {
        "site": ChainMap(dict(_OWN_LISTS), variables["site"]),
        "page": ChainMap({"next": None, "previous": None, "content": content}, page),  # type: ignore[arg-type]
    }
    values: dict[str, Any] = {}
    for layout in chain:
        values = {**liquid_value(layout.data, context.site.local), **values}
        env = WholeEnvironment(context) if whole else LayoutEnvironment(context)
        context.text, context.offset = layout.text, 0
        rendering = RenderContext(BoundTemplate(env, []), globals={**variables, "layout": values, "content": content})
        buffer = rendering.get_buffer()
        try:
            nodes = env.parse_nodes(layout.text)
        except LiquidError:
            return None
        for node in nodes:
            try:
                node.render(rendering, buffer)
            except OutputStreamLimitError:
                return None
            except (LiquidError, LiquidInterrupt):
                continue
        content = buffer.getvalue()
    return content
