"""What Jekyll knows of a document before it is rendered: title, date, categories, tags, address."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any

from portfolio.importer.dates import ruby_date
from portfolio.importer.document import Problem, Severity
from portfolio.importer.sources.jekyll import DATED_NAME, HTML_EXTENSIONS, UNDATED_NAME
from portfolio.importer.sources.jekyll_address import (
    PermalinkError,
    date_placeholders,
    document_address,
    page_address,
    slugify,
    titleise,
    with_suffix,
)
from portfolio.importer.sources.jekyll_config import markdown_extensions
from portfolio.importer.sources.jekyll_defaults import deep_merge, defaults_for
from portfolio.importer.sources.model import SourceFile
from portfolio.markdown.addresses import split_address

_UPDATED_KEYS = ("last_modified_at", "modified_date", "updated", "lastmod")


@dataclass(frozen=True, slots=True)
class Resolved:
    """``data`` is the front matter with the defaults under it; ``address`` has no base path and is never empty.

    ``public`` says whether the engine publishes the document now. ``title`` is "" for a page that names none.
    """

    data: Mapping[str, Any]
    title: str
    slug: str
    address: str
    public: bool
    date: datetime | None = None
    updated: datetime | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def resolve(
    file: SourceFile, front_matter: Mapping[str, Any], config: Mapping[str, Any], local: tzinfo, now: datetime
) -> Resolved:
    """Apply Jekyll's rules to one file. ``local`` is the site's zone, ``now`` the moment of the build."""
    file = replace(file, kind=file.engine_kind or file.kind)
    label = "posts" if file.kind == "post" else file.kind.removeprefix("collection:")
    is_page = file.kind in ("page", "interview")
    defaults = defaults_for(file.label_path, "pages" if is_page else label, config)
    data = deep_merge(defaults, front_matter)
    problems: list[Problem] = []
    name_date, slug = _from_name(file)
    date = _date(data.get("date"), local, "date", problems)
    if date is None and name_date:
        date = _date(name_date, local, "file name", problems)
    updated_key = next((key for key in _UPDATED_KEYS if data.get(key)), "")
    updated = _date(data.get(updated_key), local, updated_key, problems, Severity.WARNING)
    title = _scalar(data.get("title"))
    if not is_page and data.get("title") in (None, False):
        title = titleise(slug)
    data_slug = _scalar(data.get("slug")) or slug
    categories = _categories(file, defaults, front_matter) if not is_page else _plural(data, "category", "categories")
    address = ""
    try:
        if is_page:
            address = _page_address(file, data, config)
        else:
            address = _address(file, label, data, data_slug, categories, date or now.astimezone(local), config)
    except PermalinkError as error:
        problems.append(Problem(Severity.ERROR, "bad-permalink", str(error)))
        address = f"/{slugify(data_slug)}/"
    future = file.kind == "post" and date is not None and date > now and not config.get("future")
    published = data.get("published") is not False or bool(config.get("unpublished"))
    public = published and not future and not file.draft and data.get("draft") is not True
    tags = _plural(data, "tag", "tags")
    return Resolved(data, title, data_slug, address, public, date, updated, categories, tags, tuple(problems))


def _from_name(file: SourceFile) -> tuple[str, str]:
    """The date and the slug in the file's name; either may be ""."""
    name = posixpath.basename(file.path)
    match = DATED_NAME.search(name)
    if match and file.kind not in ("page", "interview"):
        return match[1], match[2].rstrip(".")
    match = UNDATED_NAME.search(name)
    slug = (match[1] if match else name).rstrip(".")
    if slug == "index" and file.kind == "page":
        slug = posixpath.basename(posixpath.dirname(file.path)) or slug
    return "", slug


def _date(
    value: object, local: tzinfo, key: str, problems: list[Problem], severity: Severity = Severity.ERROR
) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        return ruby_date(value, local)
    except ValueError as error:
        problems.append(Problem(severity, "bad-date", f"{key}: {error}"))
        return None


def _scalar(value: object) -> str:
    """Front matter as text: a number or a date used as a title is what was written, a list or mapping is nothing."""
    if value is None or isinstance(value, bool | list | dict):
        return "" if not isinstance(value, bool) else str(value).lower()
    return str(value).strip()


def _categories(file: SourceFile, defaults: Mapping[str, Any], front_matter: Mapping[str, Any]) -> tuple[str, ...]:
    """Folders above ``_posts``, then the defaults', then the document's own, each once."""
    found = _folders(file)
    singular = front_matter.get("category", defaults.get("category"))
    for values in (defaults, front_matter):
        found += _words(values.get("categories"))
    if singular is not None and singular is not False:
        found += _flat(singular)
    return tuple(dict.fromkeys(filter(None, found)))


def _folders(file: SourceFile) -> list[str]:
    special = "_drafts" if file.draft else "_posts"
    if file.kind != "post" or special not in file.label_path or file.label_path.startswith(special):
        return []
    return [part for part in file.label_path.partition(special)[0].split("/") if part]


def _plural(data: Mapping[str, Any], singular: str, plural: str) -> tuple[str, ...]:
    """The singular key wins and is not cut at spaces; text under the plural key is cut at spaces."""
    value = data.get(singular)
    words = _flat(value) if value is not None and value is not False else _words(data.get(plural))
    return tuple(dict.fromkeys(filter(None, words)))


def _words(value: object) -> list[str]:
    return value.split() if isinstance(value, str) else _flat(value)


def _flat(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for item in value for text in _flat(item)]
    if isinstance(value, dict):
        return []
    return [_scalar(value)] if value is not None else []


def _output_ext(file: SourceFile, permalink: str, config: Mapping[str, Any]) -> str:
    if permalink and not permalink.endswith("/"):
        extension = posixpath.splitext(permalink)[1]
        if extension:
            return extension
    extension = posixpath.splitext(file.path)[1]
    return ".html" if extension.lower() in markdown_extensions(config) else extension


def _page_address(file: SourceFile, data: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    permalink = _scalar(data.get("permalink"))
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
    permalink = _scalar(data.get("permalink"))
    about = config["collections"].get(label) or {}
    template = permalink or _scalar(about.get("permalink"))
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


def moved_to(data: Mapping[str, Any]) -> str:
    """Where ``redirect_to`` sends readers (https://github.com/jekyll/jekyll-redirect-from): a path, or an http address.

    "" when it says nothing. Raises ``ValueError`` for any other kind of address.
    """
    said = next(iter(_flat(data.get("redirect_to"))), "").strip()
    parts = split_address(said)
    if parts.scheme in ("http", "https") and parts.netloc:
        return said
    if parts.scheme or parts.netloc or ":" in said.partition("/")[0]:
        raise ValueError(f"redirect_to is {said[:80]!r}, which is no address that readers can be sent to")
    return "/" + said.lstrip("/") if said else ""


def redirects(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Other addresses the document answered at: ``redirect_from`` and ``alias``, each with a leading slash."""
    listed = [address for key in ("redirect_from", "alias", "aliases") for address in _flat(data.get(key))]
    return tuple(re.sub(r"^/*", "/", address, count=1) for address in listed if address)
