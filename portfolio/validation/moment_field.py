"""Moment field: date and time as typed on the clock of a zone, also in the hours at which the clock is changed.

Django's field refuses an hour that the clock shows twice, so a page that was imported with such a date could not be
saved at all.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput

from portfolio.validation.date_range import validate_date


class MomentInput(AdminDateTimeInput):
    """Wagtail's picker of day and hour, which leaves what is typed: it made 2 March of 30 February without a word."""

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "validateOnBlur": False}

    @classmethod
    def like(cls, widget: AdminDateTimeInput) -> MomentInput:
        return cls(widget.attrs, widget.format, js_overlay_parent_selector=widget.js_overlay_parent_selector)


class MomentField(forms.DateTimeField):
    """Takes an hour that comes twice as its first occurrence, and says why an hour that is left out is none."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            typed: datetime = error.params["datetime"]
        validate_date(typed)
        # In UTC: Python says that a moment of a repeated hour equals none of another zone.
        moment = typed.replace(tzinfo=timezone.get_current_timezone(), fold=0).astimezone(UTC)
        if timezone.make_naive(moment) != typed:
            zone = timezone.get_current_timezone_name()
            raise ValidationError(
                f"There was no {typed:%H:%M} on that day in the time zone {zone}: the clock is put forward past it. "
                "Choose an earlier or a later time.",
                code="skipped_hour",
            )
        return moment


def keep_unchanged_moments(form: forms.BaseForm) -> None:
    """Keep the stored moment of each field that still shows it: what is shown lacks seconds and the offset from UTC."""
    for name, field in form.fields.items():
        before = form.initial.get(name)
        if isinstance(field, forms.DateTimeField) and isinstance(before, datetime) and name in form.cleaned_data:
            shown = field.widget.format_value(field.prepare_value(before))
            if form[name].data == shown:
                form.cleaned_data[name] = before


register_form_field_override(models.DateTimeField, override={"widget": MomentInput, "form_class": MomentField})
