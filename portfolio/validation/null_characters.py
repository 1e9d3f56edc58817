"""Form validation: reject text that no database can store."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portfolio.markdown.characters import UNSTORABLE, control_message


def validate_storable(text: Any) -> None:
    """Raises ValidationError for a lone surrogate. Django's own validator rejects null characters."""
    if isinstance(text, str) and UNSTORABLE.search(text):
        raise ValidationError(control_message(text, UNSTORABLE), code="unstorable")


def reject_unstorable_text() -> None:
    """Add the validator to every text field of every form and block. Call it before any form class is created."""
    if validate_storable not in forms.CharField.default_validators:
        forms.CharField.default_validators = [*forms.CharField.default_validators, validate_storable]
