"""Values of a JSON Resume as a stranger may have written them: whatever is of another kind is empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from experience.models.work_links import validate_address


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def rows(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = document.get(name)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def text_of(item: Mapping[str, Any], name: str, limit: int = 300) -> str:
    value = item.get(name)
    return " ".join(str(value).split())[:limit] if isinstance(value, str | int | float) else ""


def points_of(item: Mapping[str, Any], name: str) -> list[str]:
    value = item.get(name)
    return [str(point) for point in value if isinstance(point, str | int | float)] if isinstance(value, list) else []


def address_of(item: Mapping[str, Any], name: str = "url") -> str:
    """A web address; "" for anything else."""
    value = text_of(item, name, 500)
    try:
        validate_address(value)
    except ValidationError:
        return ""
    return value if value.startswith("http") else ""


def mail_address_of(basics: Mapping[str, Any]) -> str:
    """An address that mail can be sent to; "" for anything else."""
    value = text_of(basics, "email", 254)
    try:
        validate_email(value)
    except ValidationError:
        return ""
    return value


def period_of(item: Mapping[str, Any]) -> str:
    """ "2019-05 - 2021", "2022 - now"; "" without a date."""
    start, end = text_of(item, "startDate", 40), text_of(item, "endDate", 40)
    if not start:
        return end
    if end.casefold() in ("present", "now", "current"):
        end = ""
    return start if start == end else f"{start} - {end or 'now'}"
