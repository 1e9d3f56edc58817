"""Prefetch of what bodies refer to: one query for all their pictures, pages and old addresses.

A body without it is shown all the same; its parts then ask for themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from portfolio.blocks.body.references import PREFETCHED, ResolvedReferences, local_path, redirect_path
from portfolio.blocks.registry import block_types
from portfolio.blocks.rich_text.page_links import linked_ids
from portfolio.blocks.rich_text.stored_rich_text import key_in
from portfolio.blocks.verbatim import rules_of
from portfolio.markdown.html.media_base import media_address
from portfolio.models.ledger import ImportedAsset

# Addresses in kept Markdown and HTML. More may be found than there are links, which costs nothing.
ADDRESS = re.compile(
    r"""\]\(\s*<?([^\s)>]+)|\b(?:href|src|srcset|poster)\s*=\s*["']?([^\s"'>]+)|^\s{0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)|<(https?:[^\s>]+)""",
    re.MULTILINE | re.IGNORECASE,
)
# The columns of an image that are loaded.
IMAGE = ("id", "file", "width", "height", "rendition_index", "title", "description", "credit")
Row = tuple[Any, ...]


@dataclass(slots=True)
class Requested:
    """Keys of pictures and pages, and paths on the old site."""

    images: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)


def prefetch_references(bodies: Iterable[StreamValue | None], *, with_pages: bool = False) -> None:
    """Look up what the bodies refer to, and make their blocks; ``with_pages`` also the pages that they link to."""
    shown = [body for body in bodies if body]
    requested = Requested()
    for body in shown:
        collect(list(body.get_prep_value()), requested)
        if with_pages:
            requested.pages |= linked_ids(body)
    if not (requested.images or requested.pages or requested.paths):
        return
    targets = fetch(requested)
    token = PREFETCHED.set(targets)
    try:
        for body in shown:
            list(body)
            body.prefetched = targets
    finally:
        PREFETCHED.reset(token)


def collect(value: Any, requested: Requested) -> None:
    """Add what stored blocks (or a part of one) refer to."""
    if isinstance(value, list):
        for item in value:
            collect(item, requested)
    elif isinstance(value, dict):
        if isinstance(image := value.get("image"), int) and key_in(image):
            requested.images.add(image)
        elif isinstance(kept := value.get("value"), dict) and is_verbatim(value):
            folder = rules_of(kept).media_subpath if "media_subpath" in (kept.get("settings") or "") else ""
            requested.paths |= set(paths_in(kept.get("source") or "", kept.get("base") or "/", folder))
        for item in value.values():
            if isinstance(item, list | dict):
                collect(item, requested)


def is_verbatim(block: dict[str, Any]) -> bool:
    known = block_types().get(str(block.get("type")))
    return known is not None and known.is_verbatim


def paths_in(source: str, base: str, folder: str = "") -> Iterator[str]:
    """Paths that a text names, read from ``base``; media may lie in a ``folder`` of their own."""
    for match in ADDRESS.finditer(source):
        address = next(filter(None, match.groups())).rstrip(",")
        for shown in {address, media_address(address, folder)}:
            if path := local_path(shown, base):
                yield path


def fetch(requested: Requested) -> ResolvedReferences:
    branches = list(branches_for(requested))
    rows: list[Row] = sorted(branches[0].union(*branches[1:], all=True), key=lambda row: row[1])
    targets = ResolvedReferences(requested_paths=requested.paths, requested_images=requested.images)
    for kind, _, key, other, *rest in rows:
        add(targets, kind, key, other, rest)
    return targets


def branches_for(requested: Requested) -> Iterator[QuerySet[Any]]:
    """Rows (kind, order, key, other, id, file, width, height, made, title, description, credit) of several tables."""
    if requested.images:
        images = get_image_model().objects.filter(pk__in=requested.images)
        yield branch(images, "image", **{name: name for name in IMAGE})
    if requested.paths:
        assets = ImportedAsset.objects.at(requested.paths)
        places = {"order": "pk", "key": "path", "other": "old_url"}
        pictures, files = assets.filter(image__isnull=False), assets.filter(image__isnull=True)
        yield branch(pictures, "picture", **places, **{name: f"image__{name}" for name in IMAGE})
        yield branch(files, "file", **places, id="document_id", file="file", title="document__file")
        redirects = Redirect.objects.filter(old_path__in={redirect_path(path) for path in requested.paths})
        target = {"other": "redirect_link", "id": "redirect_page_id", "file": "redirect_page__url_path"}
        yield branch(redirects, "redirect", key="old_path", **target)
    if requested.pages:
        yield branch(Page.objects.filter(pk__in=requested.pages), "page", id="pk", file="url_path")


def branch(rows: QuerySet[Any], kind: str, **columns: str) -> QuerySet[Any]:
    """``columns`` says where the rows have what, by the names above; the others are 0 or ""."""

    def cast(name: str) -> Cast:
        is_number = name in ("order", "id", "width", "height")
        value = F(columns[name]) if name in columns else Value(0 if is_number else "")
        return Cast(value, IntegerField() if is_number else TextField())

    names = ("order", "key", "other", *IMAGE)
    of = {"the_kind": Value(kind, output_field=CharField()), **{f"the_{name}": cast(name) for name in names}}
    return rows.order_by().annotate(**of).values_list(*of)


def add(targets: ResolvedReferences, kind: str, key: str, other: str, rest: Row) -> None:
    """Enter one row where it is looked for."""
    pk, file, _, _, _, title, *_ = rest
    if kind == "image":
        targets.images[pk] = image_of(rest)
    elif kind == "page":
        targets.pages[pk] = Page(pk=pk, url_path=file)
    elif kind == "redirect":
        address = (Page(pk=pk, url_path=file).url or "") if pk else other
        targets.addresses |= {key: address} if address else {}
    else:
        asset = ImportedAsset(path=key, old_url=other, file=file if kind == "file" else "")
        asset.image = image_of(rest) if kind == "picture" else None
        asset.document = (
            get_document_model().from_db("default", ["id", "file"], [pk, title]) if kind == "file" and pk else None
        )
        targets.add_file(asset)


def image_of(row: Row) -> Any:
    model = get_image_model()
    known = dict(zip(IMAGE, row, strict=True))
    known["rendition_index"] = json.loads(known["rendition_index"])
    names = [column.attname for column in model._meta.concrete_fields if column.attname in known]
    return model.from_db("default", names, [known[name] for name in names])
