"""Bulk insert of new pages, with all rows that publishing them one by one would have made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Model
from django.utils import timezone
from wagtail.blocks.stream_block import StreamValue
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published, published

from portfolio.importer.bulk.private_api import (
    child_m2m_relations,
    child_relations,
    related_objects,
    set_missing_relations,
    skip_slug_check,
)
from portfolio.importer.bulk.rows import insert, store
from portfolio.importer.bulk.search_index import (
    Reference,
    body_references,
    freeze_search_text,
    index_for_search,
    reference_rows,
    store_references,
    stream_fields,
)
from portfolio.importer.bulk.treebeard import TreePositions
from portfolio.models.tag_manager import store_new_tags

SIZE = 250


@dataclass(slots=True)
class QueuedPage:
    """A page to be stored; ``references`` are those of its body, which it keeps in its stored form only."""

    page: Page
    live: bool
    references: list[Reference]


@dataclass(slots=True)
class PageBatch:
    """Takes the place of ``add_child``, ``save_revision`` and ``publish`` for pages that did not exist before.

    ``place`` gives a page its key and its address, ``check`` validates it, ``prepare`` brings it with its body into the
    form that ``add`` queues, and ``flush`` stores the queue: rows of every table, tags and the like, one revision each,
    log entries, search and reference rows. ``add`` cannot fail. The caller owns the transaction.
    """

    positions: TreePositions = field(default_factory=TreePositions)
    queue: list[QueuedPage] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.queue) >= SIZE

    def place(self, page: Page, parent: Page) -> None:
        self.positions.assign(page, parent)
        set_missing_relations(page)

    def check(self, page: Page, *, live: bool) -> None:
        """Raise ``ValidationError`` where publishing the page, or saving it as a draft, would have.

        What would ask the database is left out: the place in the tree is free, related rows were found or made in
        this run.
        """
        if not live:
            page.title = page._meta.get_field("title").clean(page.title, page)
            check_lengths(page)
            return
        errors: dict[str, list[ValidationError]] = {}
        skip_slug_check(page)
        related = {item.name for item in page._meta.concrete_fields if item.is_relation}
        for validate in (partial(page.clean_fields, exclude=related), page.clean):
            try:
                validate()
            except ValidationError as error:
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    @staticmethod
    def prepare(page: Page, *, live: bool) -> QueuedPage:
        store_new_tags(page)
        round_times(page)
        freeze_search_text(page)
        references = body_references(page)
        for stream in stream_fields(page):
            value = getattr(page, stream.name)
            setattr(page, stream.name, StreamValue(stream.stream_block, value.get_prep_value(), is_lazy=True))
        return QueuedPage(page, live, references)

    def add(self, item: QueuedPage) -> None:
        self.positions.confirm(item.page)
        self.queue.append(item)

    def flush(self) -> None:
        """Store what was added. Foreign keys are checked at the end of the transaction, so rows may come first that
        others are needed for."""
        queue, self.queue = sorted(self.queue, key=lambda item: item.page.pk), []
        if not queue:
            return
        pages = [item.page for item in queue]
        self.positions.count_children()
        store_children(pages)
        revisions = [revision_of(page) for page in pages]
        store(Revision, revisions)
        for item, revision in zip(queue, revisions, strict=True):
            set_published_state(item.page, revision, live=item.live)
        for model, rows in by_table(pages).items():
            insert(model, rows)
        store_members(pages)
        PageLogEntry.objects.bulk_create(log_entries(queue))
        store_references([row for item in queue for row in reference_rows(item.page, item.references)])
        index_for_search(pages)
        for item, revision in zip(queue, revisions, strict=True):
            item.page._state.adding = False
            self.positions.forget(item.page)
            if item.live:
                send_published(item.page, revision)


def check_lengths(page: Page) -> None:
    """Raise ``ValidationError`` for text that its column does not hold: SQLite would store it, PostgreSQL stops all."""
    for column in page._meta.concrete_fields:
        value = getattr(page, column.attname)
        if isinstance(value, str) and column.max_length is not None and len(value) > column.max_length:
            message = f"has {len(value)} characters, more than {column.max_length}"
            raise ValidationError({column.name: message})


def round_times(page: Page) -> None:
    """To milliseconds, as revisions keep them: what is published must equal its revision."""
    for moment in page._meta.concrete_fields:
        value = getattr(page, moment.attname) if isinstance(moment, DateTimeField) else None
        if value is not None:
            setattr(page, moment.attname, value.replace(microsecond=value.microsecond // 1000 * 1000))


def store_children(pages: Iterable[Page]) -> None:
    """Rows that belong to one page, such as its tags; revisions name their keys, so these come first."""
    rows: dict[type[Model], list[Model]] = {}
    for page in pages:
        for relation in child_relations(type(page)):
            children = related_objects(page, relation.get_accessor_name())
            rows.setdefault(relation.related_model, []).extend(children)
    for model, children in rows.items():
        model._base_manager.bulk_create(children)


def store_members(pages: Iterable[Page]) -> None:
    """Rows that join a page to what it shares with others, such as its categories."""
    rows: dict[type[Model], list[Model]] = {}
    for page in pages:
        for relation in child_m2m_relations(type(page)):
            through = relation.remote_field.through
            own, other = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
            members = dict.fromkeys(member.pk for member in related_objects(page, relation.name))
            rows.setdefault(through, []).extend(through(**{own: page.pk, other: member}) for member in members)
    for through, members in rows.items():
        through._base_manager.bulk_create(members)


def revision_of(page: Page) -> Revision:
    """The first revision, as ``save_revision`` makes it: of the page before it is published."""
    return Revision(
        content_type=ContentType.objects.get_for_model(page, for_concrete_model=False),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        created_at=timezone.now(),
        content=page.serializable_data(),
        object_str=str(page),
    )


def set_published_state(page: Page, revision: Revision, *, live: bool) -> None:
    """Set what saving the revision and publishing it would have set."""
    page.latest_revision_id = revision.pk
    page.latest_revision_created_at = revision.created_at
    page.has_unpublished_changes = not live
    page.live = live
    if live:
        page.compute_fields()
        page.live_revision_id = revision.pk
        page.last_published_at = timezone.now()
        page.first_published_at = page.first_published_at or page.last_published_at


def by_table(pages: Iterable[Page]) -> dict[type[Model], list[Page]]:
    """Each model with a table of its own and the pages that have a row in it, parents first."""
    tables: dict[type[Model], list[Page]] = {Page: []}
    for page in pages:
        for model in (*reversed(page._meta.get_parent_list()), type(page)):
            tables.setdefault(model, []).append(page)
    return tables


def log_entries(queue: Iterable[QueuedPage]) -> Iterator[PageLogEntry]:
    """The page's history: made and, unless it is a draft, published."""
    context = get_active_log_context()
    for item in queue:
        for action in ("wagtail.create", "wagtail.publish")[: 2 if item.live else 1]:
            yield PageLogEntry(
                content_type=ContentType.objects.get_for_model(item.page, for_concrete_model=False),
                label=item.page.get_admin_display_title(),
                action=action,
                timestamp=timezone.now(),
                page_id=item.page.pk,
                revision_id=item.page.latest_revision_id if action == "wagtail.publish" else None,
                content_changed=True,
                user=context.user,
                uuid=context.uuid,
            )


def send_published(page: Page, revision: Revision) -> None:
    """Send the signals of publishing, which caches receive for instance.

    ``indexed`` says that the search index has the page already. ``post_save`` is not sent: its receivers are the two
    indexes, which are written above, and a new page changes neither the sites' root paths, which Wagtail keeps in the
    cache, nor an address that others have.
    """
    page_published.send(sender=type(page), instance=page, revision=revision, indexed=True)
    published.send(sender=type(page), instance=page, revision=revision)
