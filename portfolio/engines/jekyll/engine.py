"""Jekyll engine: https://jekyllrb.com/docs/."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from portfolio.documents.dates import zone
from portfolio.documents.document import Document, Problem, Severity, SourceNode
from portfolio.documents.front_matter import FrontMatter, FrontMatterError, is_unclosed, split_front_matter
from portfolio.documents.links import host_name
from portfolio.documents.site_profile import SiteProfile
from portfolio.engines import front_matter_values as values_of
from portfolio.engines.expanded_text import ExpandedText
from portfolio.engines.jekyll import polyglot
from portfolio.engines.jekyll.bibliographies import bibliographies
from portfolio.engines.jekyll.config import CONFIG_NAMES, find_config, read_config
from portfolio.engines.jekyll.covers import cover, local_picture
from portfolio.engines.jekyll.detect import detect, evidence
from portfolio.engines.jekyll.generated_pages import generated_pages
from portfolio.engines.jekyll.liquid.data import load_data, positions, site_data
from portfolio.engines.jekyll.listing_pages import is_listing
from portfolio.engines.jekyll.new_config import new_config
from portfolio.engines.jekyll.plugins import active_plugins
from portfolio.engines.jekyll.privacy_keys import privacy_problems
from portfolio.engines.jekyll.resolve import moved_to, page_redirects, redirects, resolve
from portfolio.engines.jekyll.site import JekyllSite
from portfolio.engines.jekyll.tex_delimiters import tex_delimiters, tex_macros
from portfolio.engines.jekyll.text_plugins import plugin_problems
from portfolio.engines.jekyll.theme.known_themes import media_subpath
from portfolio.engines.jekyll.theme.owner_page import with_owner_page
from portfolio.engines.jekyll.tree import HTML_EXTENSIONS, TEMPLATE_EXTENSIONS, JekyllTree
from portfolio.engines.jekyll.unread_files import unread_files
from portfolio.engines.layout_parts import FrontPageParts, LayoutParts
from portfolio.engines.markdown_options import markdown_options
from portfolio.engines.protocol import Confidence, Engine
from portfolio.engines.published_posts import PublishedPosts
from portfolio.engines.resolved import ResolvedDocument, UnrenderedDocument
from portfolio.engines.site_profile import read_profile
from portfolio.engines.source import Bibliography, SourceError, SourceFile, SourceTree
from portfolio.engines.walk import refusal
from portfolio.markdown.addresses import split_address
from portfolio.markdown.html.media_base import media_address
from portfolio.markdown.options import Options

_LONGEST_CNAME = 2000  # characters
NOT_FOUND = ("/404.html", "/404/")  # what a web server shows for unknown addresses


class JekyllEngine(Engine[JekyllSite]):
    """Jekyll 4, including the differences of GitHub Pages."""

    name = "jekyll"
    label = "Jekyll"
    config_names = CONFIG_NAMES
    # The Gemfile names plugins that create pages.
    passthrough = ("Gemfile", "_includes", "_data", "_layouts", "_bibliography")
    site_data_path = "_data/portfolio.yml"

    def detect(self, root: Path) -> Confidence:
        return detect(root)

    def reason(self, root: Path) -> str:
        return evidence(root)[1]

    def open(self, root: Path, name: str, config: Path | None) -> SourceTree:
        config_path = find_config(root)
        if config is None and config_path is not None and (problem := refusal(config_path, root)):
            raise SourceError(f"{config_path}: {problem.message}")
        values = read_config(config or config_path)
        tree = JekyllTree(root, values, active_plugins(root, values))
        tree.read()
        url, problems = _url_and_zone(values)
        problems += unread_files(root, values, tree.paths)
        return SourceTree(
            root,
            self,
            site_key=_site_key(values, name),
            title=_text(values.get("title")),
            url=url,
            hosts=_domains(root),
            config=values,
            files=tuple(tree.files),
            copied=tuple(sorted(tree.copied)),
            problems=(*tree.problems, *problems),
        )

    def site_context(self, source: SourceTree, local: tzinfo, now: datetime) -> JekyllSite:
        delimiters = tex_delimiters(source.root, source.config)
        macros = tex_macros(source.root, source.config) if delimiters else ""
        return JekyllSite(self, source.root, source.config, local, now, source.files, delimiters, macros)

    def formula_macros(self, source: SourceTree) -> str:
        has_script = bool(tex_delimiters(source.root, source.config))
        return tex_macros(source.root, source.config) if has_script else ""

    def read_config(self, path: Path | None) -> Mapping[str, Any]:
        return read_config(path)

    def profile(self, source: SourceTree) -> SiteProfile:
        data = load_data(source.root, str(source.config.get("data_dir") or "_data"))
        profile = read_profile(source.config, data)
        portrait = local_picture(source.root, profile.portrait, source.config)
        profile = replace(profile, portrait=portrait, data=self.site_data(source.root, source.config))
        return with_owner_page(profile, source)

    def site_data(self, root: Path, config: Mapping[str, Any]) -> Mapping[str, Any]:
        return site_data(root, config)

    def bibliographies(self, source: SourceTree) -> tuple[Bibliography, ...]:
        return bibliographies(source)

    def positions(self, source: SourceTree) -> tuple[str, list[dict[str, Any]]]:
        return positions(source.root, source.config)

    def has_layouts(self, source: SourceTree) -> bool:
        return (source.root / str(source.config.get("layouts_dir") or "_layouts")).is_dir()

    def shown_on_front_page(self, site: JekyllSite) -> FrontPageParts:
        from portfolio.engines.jekyll.layout.front_page import shown_on_front_page

        return shown_on_front_page(site)

    def generated_pages(self, config: Mapping[str, Any], posts: PublishedPosts) -> tuple[Document, ...]:
        return generated_pages(config, posts)

    def load(self) -> None:
        # The process that writes pages does not load them.
        from portfolio.engines.jekyll import expansion  # noqa: F401
        from portfolio.engines.jekyll.layout import content  # noqa: F401

    def split_front_matter(self, data: bytes, site: JekyllSite) -> FrontMatter:
        """Refuse front matter that never closes: Jekyll shows it as text and obeys nothing in it."""
        if is_unclosed(data):
            message = "the front matter never closes: there is no second line ---; nothing is published"
            raise FrontMatterError(message, 1)
        return split_front_matter(data)

    def resolve(self, file: SourceFile, values: Mapping[str, Any], site: JekyllSite) -> ResolvedDocument:
        resolved = resolve(file, values, site.config, site.local, site.now)
        data, problems = resolved.data, list(resolved.problems)
        target = ""
        try:
            target = moved_to(data)
        except ValueError as error:
            problems.append(Problem(Severity.WARNING, "bad-address", str(error)))
        # A document of a collection without ``output: true`` has no page in Jekyll, although templates can use it. Here
        # it is a draft, unless the owner has mapped it to a kind. See https://jekyllrb.com/docs/collections/
        unlisted = not file.served and file.kind == file.engine_kind and file.kind.startswith("collection:")
        if unlisted:
            label = file.engine_kind.partition(":")[2]
            message = f"the collection {label} has no pages on the old site (output: false); this one is a draft here"
            problems.append(Problem(Severity.INFO, "not-output", message, 1))
        elif resolved.public:
            problems += privacy_problems(data, site.local, site.now)
        left_out = values_of.left_out(data)
        if left_out and resolved.public:
            message = f"answers at its address, but is not in: {', '.join(left_out)}"
            problems.append(Problem(Severity.INFO, "not-listed", message, 1))
        is_not_found = resolved.address in NOT_FOUND
        if is_not_found:
            message = "was shown for unknown addresses; it is a page that no list shows, and Site settings can name it"
            problems.append(Problem(Severity.INFO, "page-not-found", message, 1))
        return replace(
            resolved,
            authors=values_of.authors(data, lambda key: _author_name(key, site)),
            image=_cover(file, resolved, site),
            description=values_of.description(data),
            redirects=(
                *redirects(data),
                *page_redirects(file, resolved, site.config),
                *_fallbacks(file, resolved, site),
            ),
            moved_to=target,
            unlisted=unlisted,
            left_out=values_of.PLACES if is_not_found else left_out,
            problems=tuple(problems),
        )

    def markdown_options(self, site: JekyllSite, resolved: ResolvedDocument | None = None) -> Options:
        folder = media_subpath(resolved.data, site) if resolved else ""
        return replace(
            markdown_options(site.config),
            tex_delimiters=site.tex_delimiters,
            tex_macros=site.tex_macros,
            media_subpath=folder,
        )

    def is_html(self, path: str) -> bool:
        return posixpath.splitext(path)[1].lower() in HTML_EXTENSIONS | TEMPLATE_EXTENSIONS

    def is_listing(self, unrendered: UnrenderedDocument, site: JekyllSite) -> bool:
        resolved = unrendered.resolved
        return is_listing(unrendered.document.path, resolved.address, unrendered.text, resolved.data, site)

    def expand(self, unrendered: UnrenderedDocument, site: JekyllSite) -> ExpandedText:
        from portfolio.engines.jekyll.expansion import expand

        return expand(unrendered, site)

    def layout_parts(self, unrendered: UnrenderedDocument, body: str, site: JekyllSite) -> LayoutParts | None:
        from portfolio.engines.jekyll.layout.content import layout_content

        return layout_content(unrendered, body, site)

    def excerpt(self, unrendered: UnrenderedDocument, expanded: ExpandedText, separator: str, site: JekyllSite) -> str:
        from portfolio.engines.jekyll.expansion import excerpt

        return excerpt(unrendered, separator, site)

    def node_problems(self, nodes: Iterable[SourceNode], title: str, site: JekyllSite) -> Iterable[Problem]:
        return plugin_problems(nodes, title, site.config)

    def new_config(self, profile: SiteProfile) -> bytes:
        return new_config(profile)

    def new_path(self, path: str) -> str:
        return f"_{path}" if path.startswith(("posts/", "drafts/")) else path

    def published_path(self, path: str, date: datetime) -> str:
        """Return the path among the posts, with the date in the name."""
        folder, separator, name = path.rpartition("_drafts/")
        if not separator:
            return path
        dated = name if name[:4].isdigit() and name[4:5] == "-" else f"{date:%Y-%m-%d}-{name}"
        return f"{folder}_posts/{dated}"


def _fallbacks(file: SourceFile, resolved: ResolvedDocument, site: JekyllSite) -> tuple[str, ...]:
    """Return the addresses below the folders of other languages that have no translation of the document."""
    shared, config = resolved.translation_group, site.config
    if not shared or not polyglot.languages(config):
        return ()
    language = polyglot.language_of(file.path, resolved.data, config)
    translated = site.translations.get(shared, [])
    default = polyglot.languages(config)[0]
    if language != (default if default in translated else next(iter(translated), language)):
        return ()  # another translation is shown there
    return polyglot.fallback_addresses(file.path, language, shared, resolved.data, translated, config)


def _cover(file: SourceFile, resolved: ResolvedDocument, site: JekyllSite) -> str:
    folder = media_subpath(resolved.data, site)
    if folder:
        return media_address(values_of.image(resolved.data), folder)
    return cover(resolved.data, file.path, resolved.address, site)


def _url_and_zone(config: Mapping[str, Any]) -> tuple[str, list[Problem]]:
    """Return the URL of the site, "" if missing or invalid, and problems with it and with the time zone."""
    problems = []
    try:
        zone(config["timezone"])
    except ValueError as error:
        problems.append(Problem(Severity.WARNING, "unknown-timezone", f"_config.yml: {error}; dates are read as UTC"))
    url = _text(config.get("url")).rstrip("/")
    if url and (split_address(url).scheme not in ("http", "https") or not split_address(url).hostname):
        message = f"_config.yml: the url {url[:80]!r} is not a web address"
        problems.append(Problem(Severity.WARNING, "bad-address", message))
        url = ""
    return url, problems


def _domains(root: Path) -> tuple[str, ...]:
    """Return the domains that a ``CNAME`` file names: GitHub Pages serves the site there."""
    file = root / "CNAME"
    if refusal(file, root) or not file.is_file():
        return ()
    with file.open(encoding="utf-8", errors="replace") as lines:
        names = [host_name(line) for line in lines.read(_LONGEST_CNAME).splitlines()]
    return tuple(dict.fromkeys(filter(None, names)))


def _site_key(config: Mapping[str, Any], name: str) -> str:
    address = re.sub(r"^https?://", "", _text(config.get("url")) + _text(config.get("baseurl"))).strip("/")
    return (address or name).lower()[:200]


def _author_name(key: str, site: JekyllSite) -> str:
    """Return the name of the author with that key in the data files or the configuration, "" if there is none."""
    data = load_data(site.root, str(site.config.get("data_dir") or "_data"))
    for people in (data.get("authors"), site.config.get("authors")):
        about = people.get(key) if isinstance(people, Mapping) else None
        if isinstance(about, Mapping) and isinstance(about.get("name"), str):
            return str(about["name"]).strip()
    return ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
