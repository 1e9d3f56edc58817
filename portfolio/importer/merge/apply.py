"""Apply a three-way merge: bring what changed in the source into a page that was edited here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page

from portfolio.documents.document import Severity
from portfolio.importer.body.built_body import BuiltBody
from portfolio.importer.ledger import block_hashes
from portfolio.importer.merge.three_way import MergedPage, merge_pages
from portfolio.importer.placement import Placement
from portfolio.importer.plan import PagePlan
from portfolio.importer.references.import_references import ImportReferences

# What an import may say of a page besides the fields of its own model.
PAGE_FIELDS = ("title", "seo_title", "search_description")
# In the members of a list: what belongs to the row and not to what it says.
ROW_KEYS = frozenset({"pk", "content_object", "sort_order"})


@dataclass(frozen=True, slots=True)
class AppliedMerge:
    """A merge to be saved: ``page`` has the merged content, which is ``changed`` when it is not the editor's.

    ``source_content`` is the page as this source alone would have it, ``fields`` and ``hashes`` are what its own fields
    say and the hashes of its blocks. ``places`` gives for the id of each of these blocks the one that it has on the
    page. ``conflicts`` counts the places that both sides changed differently.
    """

    page: Page
    changed: bool
    live: bool
    source_content: dict[str, Any]
    fields: dict[str, Any]
    hashes: Mapping[str, str]
    places: Mapping[str, str]
    conflicts: int


def apply_merge(plan: PagePlan, placement: Placement, body: BuiltBody, references: ImportReferences) -> AppliedMerge:
    """Merge the placed page, which is as its source has it now, into the edited one; conflicts are reported."""
    row, imported = placement.row, placement.page
    assert row is not None  # noqa: S101 - only a page of an earlier import is merged
    assert imported is not None  # noqa: S101
    edited = row.page.get_latest_revision_as_object()
    merged = merge(placement.base or {}, edited, imported)
    lines = {block.id: block.nodes[0].line for block in body.blocks if block.nodes}
    for block_id in merged.blocks.conflicts:
        message = "changed here and in the source; the page keeps the text that was edited here"
        references.report(Severity.WARNING, "conflict", message, lines.get(block_id))
    for name in merged.fields:
        message = f"the {name.replace('_', ' ')} was changed here and in the source; the page keeps its own"
        references.report(Severity.WARNING, "conflict", message)
    page = row.page.specific
    changed = merged.content != serialised(edited)
    return AppliedMerge(
        page=page.with_content_json(merged.content) if changed else page,
        changed=changed,
        live=may_publish(page),
        source_content=serialised(imported),
        fields=plan.describe(imported),
        hashes=block_hashes(imported),
        places=merged.blocks.places,
        conflicts=len(merged.blocks.conflicts) + len(merged.fields),
    )


def merge(base: Mapping[str, Any], edited: Page, imported: Page) -> MergedPage:
    """Merge what ``imported`` changed since ``base`` into the ``edited`` page.

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
