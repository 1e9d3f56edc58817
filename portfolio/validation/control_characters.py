"""Form validation: reject control characters in plain text fields.

A name, headline or address with one would end up in feeds, structured data and mails. Running text (titles, tags, rich
text, blocks) may contain them, because the clipboard brings them unseen and an export must return the same bytes; there
they are removed whenever the text is shown.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page

from portfolio.markdown.characters import control_message, without_controls


def validate_no_controls(text: Any) -> None:
    """Raises ValidationError for a control character."""
    if isinstance(text, str) and (message := control_message(text)):
        raise ValidationError(message, code="control_character")


def reject_control_characters() -> None:
    """Make the form fields of all models reject control characters in plain text, and drop them in page titles."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.CharField | models.TextField) and not isinstance(field, RichTextField):
                is_title = model is Page and field.name == "title"
                field.formfield = (
                    dropping_controls(field.formfield) if is_title else rejecting_controls(field.formfield)
                )


def rejecting_controls(formfield: Any) -> Any:
    def build_field(*args: Any, **kwargs: Any) -> Any:
        field = formfield(*args, **kwargs)
        if isinstance(field, forms.CharField):
            field.validators.append(validate_no_controls)
        return field

    return build_field


def dropping_controls(formfield: Any) -> Any:
    def build_field(*args: Any, **kwargs: Any) -> Any:
        field = formfield(*args, **kwargs)
        if field is not None:
            to_python = field.to_python
            field.to_python = lambda value: without_controls(to_python(value)).strip()
        return field

    return build_field
