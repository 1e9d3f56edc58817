"""Removal of the demo: the undo of its import, told in advance with counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from portfolio.admin.set_up.demo_runs import demo_runs
from portfolio.importer.lock import import_lock
from portfolio.importer.undo.field_values import changed_fields, settings_values
from portfolio.importer.undo.undo import UndoResult, edited_pages, undo
from portfolio.models import ImportRun, SiteSettings


@dataclass(frozen=True, slots=True)
class DemoRemoval:
    """What a removal deletes or has deleted: numbers by kind, the settings it sets back, and the pages that stay."""

    counts: list[tuple[str, int]] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        return ", ".join(f"{number} {name}" for name, number in self.counts) or "nothing was left of it"


def edited_demo_pages() -> list[Page]:
    pages = {page.pk: page for run in demo_runs() for page in edited_pages(run)}
    return sorted(pages.values(), key=lambda page: page.title)


def remove_demo(edited: Collection[int] = (), *, dry_run: bool = False) -> DemoRemoval:
    """Undo every import of the demo; pages that somebody has edited stay, unless they are among ``edited``.

    The counts of a dry run come from the removal itself, which is then rolled back. Raises ``ImportRunning``.
    """
    with import_lock(), transaction.atomic():
        runs = list(demo_runs())
        kinds = counted_models(runs)
        before, settings_before = counts(kinds), settings_values()
        results = [undo(run, edited) for run in runs]
        after = counts(kinds)
        removal = DemoRemoval(
            [
                (name_of(model, before[model] - after[model]), before[model] - after[model])
                for model in kinds
                if before[model] > after[model]
            ],
            setting_names(changed_fields(settings_before)),
            titles(results, "reverted"),
            titles(results, "left"),
        )
        if dry_run:
            transaction.set_rollback(True)
    return removal


def titles(results: Collection[UndoResult], name: str) -> list[str]:
    return sorted({title for result in results for title in getattr(result, name)})


def counted_models(runs: Collection[ImportRun]) -> list[type[models.Model]]:
    """Pages, what the demo made beside them, and files."""
    labels = dict.fromkeys(label for run in runs for label in run.changes.get("names", {}))
    return [Page, *map(apps.get_model, labels), get_image_model(), get_document_model(), Redirect]


def counts(kinds: Collection[type[Any]]) -> dict[type[Any], int]:
    return {model: model._default_manager.count() for model in kinds}


def name_of(model: type[Any], number: int) -> str:
    return str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)


def setting_names(records: Collection[dict[str, Any]]) -> list[str]:
    """The fields of the site and its settings that a removal sets back."""
    labels = {Site._meta.label: Site, SiteSettings._meta.label: SiteSettings}
    names = (
        labels[record["model"]]._meta.get_field(name).verbose_name
        for record in records
        for name in record["after"]
        if record["model"] in labels
    )
    return [str(name) for name in names]
