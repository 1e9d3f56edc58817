"""What bodies refer to, looked up before they are shown: one query for all the pictures, pages and old addresses.

A body that nobody has looked ahead for is shown all the same; its parts then ask for themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from portfolio.blocks.page_links import linked_ids
from portfolio.blocks.references import FORESEEN, Known, local_path
from portfolio.models.ledger import ImportedAsset

# Addresses in kept Markdown and HTML. More may be found than there are links, which costs nothing.
ADDRESS = re.compile(
    r"""\]\(\s*<?([^\s)>]+)|\b(?:href|src|poster)\s*=\s*["']?([^\s"'>]+)|^\s{0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)|<(https?:[^\s>]+)""",
    re.MULTILINE | re.IGNORECASE,
)
VERBATIM = ("markdown", "html")
# What is known of a picture; the rest would be loaded when somebody asked for it.
IMAGE = ("id", "file", "width", "height", "made", "title", "description", "credit")
Row = tuple[Any, ...]


@dataclass(slots=True)
class Wanted:
    """Keys of pictures and pages, and paths on the old site."""

    images: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)


def foresee(bodies: Iterable[StreamValue | None], *, with_pages: bool = False) -> None:
    """Look up what the bodies refer to, and make their blocks; ``with_pages`` also the pages that they link to."""
    shown = [body for body in bodies if body]
    wanted = Wanted()
    for body in shown:
        want(list(body.get_prep_value()), wanted)
        if with_pages:
            wanted.pages |= linked_ids(body)
    if not (wanted.images or wanted.pages or wanted.paths):
        return
    known = found(wanted)
    token = FORESEEN.set(known)
    try:
        for body in shown:
            list(body)
            body.foreseen = known
    finally:
        FORESEEN.reset(token)


def want(value: Any, wanted: Wanted) -> None:
    """Add what stored blocks (or a part of one) refer to."""
    if isinstance(value, list):
        for item in value:
            want(item, wanted)
    elif isinstance(value, dict):
        if isinstance(image := value.get("image"), int):
            wanted.images.add(image)
        elif value.get("type") in VERBATIM and isinstance(kept := value.get("value"), dict):
            wanted.paths |= set(paths_in(kept.get("source") or "", kept.get("base") or "/"))
        for item in value.values():
            if isinstance(item, list | dict):
                want(item, wanted)


def paths_in(source: str, base: str) -> Iterator[str]:
    for match in ADDRESS.finditer(source):
        if path := local_path(next(filter(None, match.groups())), base):
            yield path


def found(wanted: Wanted) -> Known:
    branches = list(branches_for(wanted))
    rows: list[Row] = sorted(branches[0].union(*branches[1:], all=True), key=lambda row: row[1])
    known = Known(asked=wanted.paths, asked_images=wanted.images)
    for kind, _, key, other, *rest in rows:
        add(known, kind, key, other, rest)
    return known


def branches_for(wanted: Wanted) -> Iterator[QuerySet[Any]]:
    """Rows (kind, order, key, other, id, file, width, height, made, title, description, credit) of several tables."""
    if wanted.images:
        images = get_image_model().objects.filter(pk__in=wanted.images)
        yield branch(images, "image", **{name: name for name in IMAGE})
    if wanted.paths:
        plain = [path.removeprefix("/") for path in wanted.paths]
        assets = ImportedAsset.objects.filter(Q(old_url__in=wanted.paths) | Q(path__in=plain))
        places = {"order": "pk", "key": "path", "other": "old_url"}
        pictures, files = assets.filter(image__isnull=False), assets.filter(image__isnull=True)
        yield branch(pictures, "picture", **places, **{name: f"image__{name}" for name in IMAGE})
        yield branch(files, "file", **places, id="document_id", file="file", title="document__file")
        redirects = Redirect.objects.filter(old_path__in={Redirect.normalise_path(path) for path in wanted.paths})
        target = {"other": "redirect_link", "id": "redirect_page_id", "file": "redirect_page__url_path"}
        yield branch(redirects, "redirect", key="old_path", **target)
    if wanted.pages:
        yield branch(Page.objects.filter(pk__in=wanted.pages), "page", id="pk", file="url_path")


def branch(rows: QuerySet[Any], kind: str, **columns: str) -> QuerySet[Any]:
    """``columns`` says where the rows have what, by the names above; the others are 0 or ""."""

    def cast(name: str) -> Cast:
        is_number = name in ("order", "id", "width", "height")
        value = F(columns[name]) if name in columns else Value(0 if is_number else "")
        return Cast(value, IntegerField() if is_number else TextField())

    names = ("order", "key", "other", *IMAGE)
    of = {"the_kind": Value(kind, output_field=CharField()), **{f"the_{name}": cast(name) for name in names}}
    return rows.order_by().annotate(**of).values_list(*of)


def add(known: Known, kind: str, key: str, other: str, rest: Row) -> None:
    """Enter one row where it is looked for."""
    pk, file, _, _, _, title, *_ = rest
    if kind == "image":
        known.images[pk] = image_of(rest)
    elif kind == "page":
        known.linked[pk] = Page(pk=pk, url_path=file)
    elif kind == "redirect":
        address = (Page(pk=pk, url_path=file).url or "") if pk else other
        known.pages |= {key: address} if address else {}
    else:
        asset = ImportedAsset(path=key, old_url=other, file=file if kind == "file" else "")
        asset.image = image_of(rest) if kind == "picture" else None
        asset.document = (
            get_document_model().from_db("default", ["id", "file"], [pk, title]) if kind == "file" and pk else None
        )
        known.add_asset(asset)


def image_of(row: Row) -> Any:
    model = get_image_model()
    known = dict(zip(IMAGE, row, strict=True))
    known["made"] = json.loads(known["made"])
    names = [column.attname for column in model._meta.concrete_fields if column.attname in known]
    return model.from_db("default", names, [known[name] for name in names])
