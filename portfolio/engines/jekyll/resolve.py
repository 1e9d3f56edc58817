"""Resolve a document by Jekyll's rules: title, date, categories, tags, address."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from portfolio.documents.document import Problem, Severity
from portfolio.documents.title_text import title_of_slug
from portfolio.engines.dated_names import date_and_slug
from portfolio.engines.front_matter_values import all_terms, moment, scalar_text, terms, texts, updated
from portfolio.engines.jekyll import polyglot
from portfolio.engines.jekyll.config import markdown_extensions
from portfolio.engines.jekyll.defaults import deep_merge, defaults_for
from portfolio.engines.jekyll.permalinks import (
    PermalinkError,
    date_placeholders,
    document_address,
    page_address,
    slugify,
    with_suffix,
)
from portfolio.engines.jekyll.tree import HTML_EXTENSIONS
from portfolio.engines.resolved import ResolvedDocument
from portfolio.engines.source import SourceFile
from portfolio.markdown.addresses import split_address


def resolve(
    file: SourceFile, front_matter: Mapping[str, Any], config: Mapping[str, Any], local: tzinfo, now: datetime
) -> ResolvedDocument:
    """Apply Jekyll's rules to one file. ``local`` is the site's time zone, ``now`` the time of the build."""
    kind, file = file.kind, replace(file, kind=file.engine_kind or file.kind)
    label = "posts" if file.kind == "post" else file.kind.removeprefix("collection:")
    is_page = file.kind in ("page", "interview")
    defaults = defaults_for(file.label_path, "pages" if is_page else label, config)
    data = deep_merge(defaults, front_matter)
    problems: list[Problem] = []
    name_date, slug = date_and_slug(file.path, file.kind)
    date = moment(data.get("date"), local, "date", problems)
    if date is None:
        date = moment(name_date, local, "file name", problems)
    last_change = updated(data, local, problems)
    title = scalar_text(data.get("title"))
    if not is_page and data.get("title") in (None, False):
        title = title_of_slug(slug)
    data_slug = scalar_text(data.get("slug")) or slug
    if is_page:
        categories = terms(data, "category", "categories")
    else:
        categories = all_terms(
            _folders(file),
            defaults.get("categories"),
            front_matter.get("categories"),
            singular=front_matter.get("category", defaults.get("category")),
        )
    address = ""
    try:
        if is_page:
            address = file.address or _page_address(file, data, config)
        else:
            address = _address(file, label, data, data_slug, categories, date or now.astimezone(local), config)
    except PermalinkError as error:
        problems.append(Problem(Severity.ERROR, "bad-permalink", str(error)))
        address = f"/{slugify(data_slug)}/"
    group = folder = ""
    if polyglot.languages(config) and address:
        language = polyglot.language_of(file.path, data, config)
        data = {"lang": language, **data}
        group, folder = polyglot.shared_address(address, config), polyglot.language_folder(language, config)
        address = folder + group
    future = file.kind == "post" and date is not None and date > now and not config.get("future")
    published = data.get("published") is not False or bool(config.get("unpublished"))
    public = published and not future and not file.draft and data.get("draft") is not True
    return ResolvedDocument(
        kind=kind,
        data=data,
        title=title,
        slug=_name_in_permalink(data, address) or data_slug,
        address=address,
        public=public,
        date=date,
        updated=last_change,
        categories=categories,
        tags=terms(data, "tag", "tags"),
        translation_group=group,
        language_folder=folder,
        problems=tuple(problems),
    )


def _name_in_permalink(data: Mapping[str, Any], address: str) -> str:
    """Return the name at the end of the address that the front matter gives; "" without one, or for a number."""
    if not scalar_text(data.get("permalink")):
        return ""
    name = posixpath.splitext(address.rstrip("/").rpartition("/")[2])[0]
    return "" if name in ("", "index") or name.isdecimal() else name


def _folders(file: SourceFile) -> list[str]:
    special = "_drafts" if file.draft else "_posts"
    if file.kind != "post" or special not in file.label_path or file.label_path.startswith(special):
        return []
    return [part for part in file.label_path.partition(special)[0].split("/") if part]


def _output_ext(file: SourceFile, permalink: str, config: Mapping[str, Any]) -> str:
    if permalink and not permalink.endswith("/"):
        extension = posixpath.splitext(permalink)[1]
        if extension:
            return extension
    extension = posixpath.splitext(file.path)[1]
    return ".html" if extension.lower() in markdown_extensions(config) else extension


def _page_address(file: SourceFile, data: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    permalink = scalar_text(data.get("permalink"))
    extension = _output_ext(file, permalink, config)
    if permalink:
        return page_address(permalink, file.path, extension)
    if extension not in HTML_EXTENSIONS:
        template = "/:path/:basename:output_ext"
    elif posixpath.splitext(posixpath.basename(file.path))[0] == "index":
        template = "/:path/"
    else:
        template = with_suffix("/:path/:basename", str(config["permalink"]))
    return page_address(template, file.path, extension)


def _address(
    file: SourceFile,
    label: str,
    data: Mapping[str, Any],
    slug: str,
    categories: Iterable[str],
    date: datetime,
    config: Mapping[str, Any],
) -> str:
    permalink = scalar_text(data.get("permalink"))
    about = config["collections"].get(label) or {}
    template = permalink or scalar_text(about.get("permalink"))
    if not template:
        template = with_suffix("/:collection/:path", str(config["permalink"]))
    basename = posixpath.splitext(posixpath.basename(file.path))[0]
    below = posixpath.splitext(file.label_path)[0].replace(f"_{label}", "", 1).rstrip(".")
    lowered = dict.fromkeys(category.lower() for category in categories)
    values = {
        **date_placeholders(date),
        "collection": label,
        "name": slugify(basename),
        "title": slugify(slug, "pretty", cased=True),
        "slug": slugify(slug),
        "path": below,
        "categories": "/".join(lowered),
        "slugified_categories": "/".join(dict.fromkeys(map(slugify, categories))),
        "output_ext": _output_ext(file, permalink, config),
    }
    return document_address(template, values)


def page_redirects(file: SourceFile, resolved: ResolvedDocument, config: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the address of the page that Jekyll makes of a document of a collection, too, if it has another."""
    if not file.also_page:
        return ()
    try:
        address = _page_address(file, resolved.data, config)
    except PermalinkError:
        return ()
    return (address,) if address != resolved.address else ()


def moved_to(data: Mapping[str, Any]) -> str:
    """Return the target of ``redirect_to`` (https://github.com/jekyll/jekyll-redirect-from), a path or http(s) URL.

    "" if there is none. Raises ``ValueError`` for any other URL.
    """
    target = next(iter(texts(data.get("redirect_to"))), "").strip()
    parts = split_address(target)
    if parts.scheme in ("http", "https") and parts.netloc:
        return target
    if parts.scheme or parts.netloc or ":" in target.partition("/")[0]:
        raise ValueError(f"redirect_to is {target[:80]!r}, which readers cannot be sent to")
    return "/" + target.lstrip("/") if target else ""


def redirects(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return other addresses of the document, from ``redirect_from`` and ``alias``, with a leading slash.

    Spaces are encoded, since that is how browsers ask for them.
    """
    listed = [address for key in ("redirect_from", "alias", "aliases") for address in texts(data.get(key))]
    return tuple(re.sub(r"^/*", "/", address.replace(" ", "%20"), count=1) for address in listed if address)
