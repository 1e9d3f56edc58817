"""An edited page and its changed source, brought together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page

from portfolio.importer.merge import MergedPage, merge_pages

# What an import may say of a page besides the fields of its own model.
PAGE_FIELDS = ("title", "seo_title", "search_description")
# In the members of a list: what belongs to the row and not to what it says.
ROW_KEYS = frozenset({"pk", "content_object", "sort_order"})


def merge(base: Mapping[str, Any], edited: Page, imported: Page) -> MergedPage:
    """Merge what ``imported`` (the page as its source has it now) changed since ``base`` into the ``edited`` page.

    ``base`` is the serialised page as the last import had it from the source.
    """
    model = type(edited)
    own = {field.name for field in model._meta.concrete_fields} - {field.name for field in Page._meta.get_fields()}
    parents = {link.name for link in model._meta.parents.values() if link is not None}
    lists = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    lists += [field.name for field in get_all_child_m2m_relations(model)]
    return merge_pages(
        base,
        serialised(edited),
        serialised(imported),
        values=[*PAGE_FIELDS, *sorted(own - parents - {"body"})],
        sets={name: identity for name in lists if name in base},
        body="body" if hasattr(edited, "body") else "",
    )


def serialised(page: Page) -> dict[str, Any]:
    """The page as its revisions keep it."""
    return json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))


def identity(member: Any) -> str:
    """What a member of a list says, whichever row says it."""
    if isinstance(member, Mapping):
        return json.dumps({name: value for name, value in member.items() if name not in ROW_KEYS}, sort_keys=True)
    return json.dumps(member)


def may_publish(page: Page) -> bool:
    """Whether the merged text may go live at once: not over somebody's unpublished changes."""
    return page.live and not page.has_unpublished_changes
