"""Field values of rows that were there before an import: recorded, and restored by undo."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import registry
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from portfolio.models import HomePage

Values = dict[str, Any]
RowKey = tuple[str, int]  # of a model's label and a primary key


def field_values(row: Model) -> Values:
    """Each column of ``row`` but its key, as JSON."""
    return {field.attname: json_value(field, row) for field in row._meta.concrete_fields if not field.primary_key}


def json_value(field: Field, row: Model) -> Any:
    if isinstance(field, StreamField):
        return json.loads(field.value_to_string(row) or "[]")
    return json.loads(json.dumps(field.get_prep_value(getattr(row, field.attname)), cls=DjangoJSONEncoder))


def settings_values() -> dict[RowKey, Values]:
    """The values of the default site, its settings and the sections of its front page: what an import fills in."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return {}
    models = [model for model in registry if issubclass(model, BaseSiteSetting)]
    for model in models:
        model.for_site(site)  # which makes the row
    rows = (site, *(model.objects.get(site=site) for model in models))
    home = HomePage.objects.order_by("path").first()
    sections = {(home._meta.label, home.pk): {"sections": field_values(home)["sections"]}} if home else {}
    return {**{(row._meta.label, row.pk): field_values(row) for row in rows}, **sections}


def changed_fields(before: Mapping[RowKey, Values]) -> list[dict[str, Any]]:
    """The fields of the rows in ``before`` that are not as they were, with both values."""
    records = []
    for (label, key), values in before.items():
        row = apps.get_model(label)._base_manager.filter(pk=key).first()
        now = field_values(row) if row is not None else {}
        changed = [name for name, value in values.items() if name in now and now[name] != value]
        if changed:
            old, new = ({name: side[name] for name in changed} for side in (values, now))
            records.append({"model": label, "pk": key, "before": old, "after": new})
    return records


def restore_fields(records: Iterable[Mapping[str, Any]]) -> None:
    """Give fields the values from before the import, but for those that have been changed since."""
    for record in records:
        row = apps.get_model(record["model"])._base_manager.filter(pk=record["pk"]).first()
        if row is None:
            continue
        fields = {field.attname: field for field in row._meta.concrete_fields}
        same = [
            name for name, value in record["after"].items() if name in fields and json_value(fields[name], row) == value
        ]
        for name in same:
            value = record["before"][name]
            field = fields[name]
            setattr(row, name, json.dumps(value) if isinstance(field, StreamField) else field.to_python(value))
        if same:
            row.save()
        if same and isinstance(row, Page) and row.latest_revision is not None and not row.has_unpublished_changes:
            row.save_revision(changed=False, clean=False)  # which the editor opens
