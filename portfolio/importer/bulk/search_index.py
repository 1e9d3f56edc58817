"""Search and reference rows of many new pages at once, as saving each of them would have written them."""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index
from wagtail.search.backends import get_search_backends_with_name

from portfolio.blocks import stored_values
from portfolio.blocks.rich_text.stored_rich_text import text_for_indexing
from portfolio.importer.bulk.private_api import content_path_hash, extract_references

# Content type and key of what is referred to, path in the model, path in the content.
Reference = tuple[int, str, str, str]

logger = logging.getLogger(__name__)


def freeze_search_text(page: Page) -> None:
    """Let the page's search fields return their present values: its body is dropped, and read once and not thrice."""
    fields = []
    for field in page.get_search_fields():
        if isinstance(field, index.SearchField | index.AutocompleteField):
            value = search_value(page, field)
            field = copy.copy(field)
            field.get_value = lambda _, value=value: value
        fields.append(field)
    page.get_search_fields = lambda: fields


def search_value(page: Page, field: index.BaseField) -> Any:
    """The value of ``field.get_value``, without making the values of blocks where their stored form will do."""
    value = getattr(page, field.field_name, None)
    if isinstance(value, StreamValue):
        return stored_values.searched_in(value)
    if isinstance(value, str) and field.field_name in rich_text_fields(type(page)):
        return [text_for_indexing(value)]
    return field.get_value(page)


@cache
def rich_text_fields(model: type[Page]) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.concrete_fields if isinstance(field, RichTextField))


def index_for_search(pages: Iterable[Page]) -> None:
    """Add new pages to every search index that follows changes by itself."""
    by_model = sorted(pages, key=lambda page: page._meta.label)
    for model, group in groupby(by_model, key=type):
        same_model = list(group)
        for name, backend in get_search_backends_with_name(with_auto_update=True):
            try:
                backend.add_bulk(model, same_model)
            except Exception:
                # As modelsearch does it for one object: an index elsewhere may be down, one in this database may not.
                if not backend.catch_indexing_errors:
                    raise
                logger.exception("%d pages could not be added to the search index %r", len(same_model), name)


def body_references(page: Page) -> list[Reference]:
    """The references in the page's bodies."""
    return [
        (base_type(model).pk, str(key), f"{field.name}.{model_path}", f"{field.name}.{content_path}")
        for field in stream_fields(page)
        for model, key, model_path, content_path in stored_values.references(field.value_from_object(page))
    ]


def reference_rows(page: Page, of_bodies: Iterable[Reference]) -> list[ReferenceIndex]:
    """The reference index rows of a new page whose children have their keys; ``of_bodies`` are those of its bodies."""
    bodies = {field.name: getattr(page, field.name) for field in stream_fields(page)}
    page.__dict__.update(dict.fromkeys(bodies))
    references = {*of_bodies, *extract_references(page)}
    page.__dict__.update(bodies)
    own = ContentType.objects.get_for_model(page, for_concrete_model=False)
    return [
        ReferenceIndex(
            content_type=own,
            base_content_type=base_type(page),
            object_id=str(page.pk),
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=content_path_hash(content_path),
        )
        for to_type, to_id, model_path, content_path in sorted(references)
    ]


def base_type(model: Any) -> ContentType:
    """The content type of the model that holds the key: of ``Page`` for any page."""
    parents = model._meta.get_parent_list()
    return ContentType.objects.get_for_model(parents[-1] if parents else model, for_concrete_model=False)


def stream_fields(page: Page) -> list[StreamField]:
    return [field for field in page._meta.concrete_fields if isinstance(field, StreamField)]


def store_references(rows: Sequence[ReferenceIndex]) -> None:
    ReferenceIndex.objects.bulk_create(rows, ignore_conflicts=True)
